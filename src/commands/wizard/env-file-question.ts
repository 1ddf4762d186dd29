import { resolve } from 'node:path';
import { seeEnvFile } from '../../handoff/env-file.ts';
import { namesIn } from '../../handoff/env-values.ts';
import { variablesOf } from '../../steps/env-wanted.ts';
import { shownPath } from '../../steps/env-words.ts';
import type { Goal } from '../../steps/goal.ts';
import { keyStep } from '../../steps/key.ts';
import type { Option } from '../../wizard/question.ts';
import { noEnvFile, wrongEnvFile } from '../env-file-answer.ts';
import type { Talk } from './talk.ts';

/** The env file among what can be chosen otherwise; nothing where the profile names no variables for one. */
export function envFileOption({ profile, answers }: Goal): Option[] {
  const names = namesIn(profile.env);
  if (names.length === 0 || answers.access.kind !== 'key') return [];
  const { envFile } = answers;
  return [
    {
      id: 'envFile',
      label: 'env file',
      columns: envFile === undefined ? [noEnvFile] : [shownPath(envFile.path), envFile.source],
      detail: `Gets ${names.join(', ')} besides the key file.`,
    },
  ];
}

/** Asks for the path of the env file, or `none`; undefined where the person went back. @throws LeftError where they leave */
export async function askForEnvFile(talk: Talk, goal: Goal): Promise<string | undefined> {
  const { envFile, keyFile } = goal.answers;
  const answer = await talk.ask({
    kind: 'text',
    id: 'env-file',
    at: 'key',
    title: 'Which env file gets the key, too?',
    why: `Variables of others in it stay as they are. Write ${noEnvFile} to do without.`,
    flag: '--env',
    canGoBack: true,
    noun: 'path',
    value: envFile === undefined ? './.env' : shownPath(envFile.path),
    check(text) {
      if (text === noEnvFile) return undefined;
      const wrong = wrongEnvFile(text, keyFile.value);
      return wrong && `${wrong.what}; ${wrong.next}`;
    },
    confirm: (text) => (text === noEnvFile ? Promise.resolve(undefined) : refusal(goal, text)),
  });
  return answer.kind === 'typed' ? answer.text : undefined;
}

/** Why this file would not be written, seen as it is typed; the values are no matter for that. */
async function refusal(goal: Goal, text: string): Promise<string | undefined> {
  const { profile, answers } = goal;
  const values = variablesOf({ names: profile.env, key: keyStep.want(goal) }, { kind: 'none' });
  const seen = await seeEnvFile(resolve(text), values, { format: answers.envFile?.format });
  if (seen.kind === 'done') return undefined;
  const { what, why, next } = seen.trouble;
  return `${what}${why === undefined ? '' : ` (${why})`}; ${next}`;
}
