import type { Profile } from '../profile/profile.ts';
import type { Answers, Goal } from './goal.ts';
import { reachesEveryAccount, tightened } from './tighten.ts';

/** What a run is for: the profile as the answers want it. @param profile with all of its permissions */
export function goalFor(profile: Profile, answers: Answers): Goal {
  const { tighten, without } = answers;
  const out = new Set(without?.permissions.map(({ name }) => name));
  const kept = { ...profile, permissions: profile.permissions.filter(({ name }) => !out.has(name)) };
  if (tighten === undefined || !reachesEveryAccount(kept)) return { profile: kept, answers };
  return { profile: tightened(kept, `account/${tighten.value}`), answers };
}
