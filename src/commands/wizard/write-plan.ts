import { resolve } from 'node:path';
import { readPlan, writePlan } from '../../handoff/plan-file.ts';
import type { Profile } from '../../profile/profile.ts';
import type { Goal, Tools } from '../../steps/goal.ts';
import { ProblemError } from '../../wizard/problem.ts';
import type { Note } from '../../wizard/question.ts';
import type { Session } from '../../wizard/session.ts';
import { lackingIn } from '../lacking.ts';
import { planOf } from '../plan-of.ts';
import { planPlace } from '../plan-place.ts';
import { whatStandsAt } from '../what-stands-at.ts';
import type { Talk } from './talk.ts';

/** What a plan is written from. */
export interface Written {
  session: Session;
  goal: Goal;
  /** With all of its permissions. */
  profile: Profile;
  tools: Tools;
  endpoint: string | undefined;
  command: 'setup' | 'repair';
}

/** What came of it: the file, where it was written. */
export interface PlanWritten {
  file?: string;
  note: Note;
}

/**
 * Asks for a file, and writes the plan there. Gives what to tell of it; undefined where the person went back.
 * @throws LeftError where they leave
 */
export async function writePlanTo(
  talk: Talk,
  written: Written,
  at: string,
): Promise<PlanWritten | undefined> {
  const { project } = written.goal.answers;
  const { endpoint } = written;
  const answer = await talk.ask({
    kind: 'text',
    id: 'plan-file',
    at,
    title: 'Into which file does the plan go?',
    why: 'It holds what was seen, what would change, and for what; no key, and nothing else is written. Whoever may carries it out with iamready apply.',
    flag: '--plan-out',
    canGoBack: true,
    noun: 'path',
    value: `./${planPlace(undefined, { project, endpoint, file: undefined }).file}`,
    check: wrongPlace,
    confirm: taken,
  });
  if (answer.kind !== 'typed') return undefined;
  const { lacks } = await lackingIn(written.session, written);
  const { apply } = planPlace(undefined, { project, endpoint, file: answer.text });
  try {
    await writePlan(answer.text, await planOf({ ...written, lacks }));
    const text = `The plan is in ${answer.text}. Whoever may carries it out: ${apply}`;
    return { file: answer.text, note: { tone: 'note', text } };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { note: { tone: 'attention', text: `${error.problem.what}; ${error.problem.next}` } };
  }
}

/** Why no plan can go there, as far as that shows at once. */
function wrongPlace(text: string): string | undefined {
  const found = whatStandsAt(resolve(text));
  if (text.trim() === '' || /[/\\]$/u.test(text) || found === 'a folder')
    return 'name a file, such as ./plan.json';
  return found === 'something else' ? 'name a regular file, such as ./plan.json' : undefined;
}

/** Whether something else is there, which is not overwritten. */
async function taken(text: string): Promise<string | undefined> {
  if (whatStandsAt(resolve(text)) === 'nothing') return undefined;
  return readPlan(text).then(
    () => undefined,
    () => 'something else is in this file; name another',
  );
}
