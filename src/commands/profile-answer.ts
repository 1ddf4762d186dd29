import { findProfile, listProfiles } from '../profile/load.ts';
import type { Profile } from '../profile/profile.ts';
import type { RunFlags } from './run-flags.ts';
import { unanswered } from './usage.ts';

/** What loads the profile that was named. @throws ProblemError if none was; ProfileError if there is none, also on loading. */
export async function profileAnswer({ profile }: Pick<RunFlags, 'profile'>): Promise<() => Promise<Profile>> {
  if (profile !== undefined) return findProfile(profile);
  const names = (await listProfiles()).map(({ name }) => name);
  throw unanswered('ready for what?', `name a profile: --profile=${names.join(', or --profile=')}`);
}
