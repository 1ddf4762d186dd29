import { isServiceAgent } from '../profile/member.ts';
import type { Profile } from '../profile/profile.ts';
import { actAs, reachesEveryAccount } from '../steps/tighten.ts';
import type { Answers } from '../steps/goal.ts';
import type { Journal } from '../wizard/journal.ts';
import type { RunFlags } from './run-flags.ts';
import { shown } from './shown.ts';
import { usage } from './usage.ts';

/** Grants it on the project again. */
export const noTighten = 'none';

/** Why nothing can be granted on this account; undefined where it can. What is not an address is `compute` or `none`. */
export function wrongTighten(text: string): string | undefined {
  if (text === noTighten || text === 'compute') return undefined;
  if (isServiceAgent(text)) return 'that is an agent of Google itself, which is never touched';
  return /^[a-z0-9][-a-z0-9.]*@[a-z0-9][-a-z0-9.]*\.gserviceaccount\.com$/.test(text)
    ? undefined
    : 'write the address of a service account, or compute for the default one';
}

/**
 * The one account that the permission to act as accounts is granted on: as the flag says, else as an earlier run was told.
 * @throws ProblemError for what is no account, and where the profile does not ask for that on the project
 */
export function tightenAnswer(
  { tighten }: RunFlags,
  profile: Profile,
  earlier: Journal['answers'],
): Pick<Answers, 'tighten'> {
  const before = earlier['tighten'];
  if (tighten === undefined)
    return before === undefined || wrongTighten(before) !== undefined
      ? {}
      : { tighten: { value: before, source: 'you chose it before' } };
  const wrong = wrongTighten(tighten);
  if (wrong !== undefined)
    throw usage(
      `--tighten: ${shown(tighten)}: ${wrong}`,
      'name one: --tighten=EMAIL; or the default account of Compute Engine: --tighten',
    );
  if (tighten === noTighten) return {};
  if (!reachesEveryAccount(profile))
    throw usage(
      `--tighten: the profile ${profile.name} does not ask for ${actAs} on the project`,
      'leave --tighten out',
    );
  return { tighten: { value: tighten, source: 'you gave --tighten' } };
}
