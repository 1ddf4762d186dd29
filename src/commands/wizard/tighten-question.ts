import type { Goal } from '../../steps/goal.ts';
import { actAs, reachesEveryAccount } from '../../steps/tighten.ts';
import type { Option } from '../../wizard/question.ts';
import { noTighten, wrongTighten } from '../tighten-answer.ts';
import type { Talk } from './talk.ts';

/** As which accounts it may act, among what can be chosen otherwise; nothing where the profile does not ask for that. */
export function tightenOption({ profile, answers: { tighten } }: Goal): Option[] {
  if (tighten === undefined && !reachesEveryAccount(profile)) return [];
  return [
    {
      id: 'tighten',
      label: 'acts as',
      columns: tighten === undefined ? ['every account of the project'] : [tighten.value, tighten.source],
      detail: `${actAs} can be granted on one account in place of the whole project.`,
    },
  ];
}

/** Asks for the one account; undefined where the person went back. @throws LeftError where they leave */
export async function askForTighten(talk: Talk, { answers }: Goal): Promise<string | undefined> {
  const answer = await talk.ask({
    kind: 'text',
    id: 'tighten',
    at: 'role',
    title: 'As which account is it to act?',
    why: `${actAs} is then granted on that one. Write compute for the default account of Compute Engine, which Cloud Run services run as unless told otherwise, or ${noTighten} for every account of the project.`,
    flag: '--tighten',
    canGoBack: true,
    noun: 'account',
    value: answers.tighten?.value ?? 'compute',
    check: wrongTighten,
  });
  return answer.kind === 'typed' ? answer.text : undefined;
}
