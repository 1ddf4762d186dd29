import { listProfiles, loadProfile } from '../profile/load.ts';
import type { Profile } from '../profile/profile.ts';
import type { RunFlags } from './run-flags.ts';
import { unanswered } from './usage.ts';

/** The profile that was named. @throws ProblemError if none was; ProfileError if it cannot be used. */
export async function profileAnswer({ profile }: Pick<RunFlags, 'profile'>): Promise<Profile> {
  if (profile !== undefined) return loadProfile(profile);
  const names = (await listProfiles()).map(({ name }) => name);
  throw unanswered('ready for what?', `name a profile: --profile=${names.join(', or --profile=')}`);
}
