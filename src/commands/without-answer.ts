import { nearest } from '../profile/nearest.ts';
import { permissionsOfRole } from '../profile/asked-on.ts';
import type { Profile } from '../profile/profile.ts';
import type { LeftOut } from '../steps/goal.ts';
import type { Journal } from '../wizard/journal.ts';
import type { RunFlags } from './run-flags.ts';
import { shown } from './shown.ts';
import { usage } from './usage.ts';

/** What says that nothing is left out any more. */
export const nothingLeftOut = 'none';

/**
 * Permissions of the profile that the role is to do without: as they were unticked, else as the flag says, else as an earlier
 * run was told. Undefined where there is none.
 * @param unticked names, separated by commas
 * @param earlier of the journal; what the profile does not ask for any more is forgotten
 * @throws ProblemError for a name that the profile does not have, or where nothing would be left
 */
export function withoutAnswer(
  { without }: RunFlags,
  profile: Profile,
  earlier: Journal['answers'],
  unticked: string | undefined,
): LeftOut | undefined {
  if (unticked !== undefined) return leftOut(profile, namesIn(unticked), 'you left it out');
  if (without === undefined)
    return leftOut(profile, namesIn(earlier['without'] ?? ''), 'you left it out before');
  const names = namesIn(without);
  if (profile.role === undefined && names.length > 0)
    throw usage(
      `--without: the profile ${profile.name} makes no role; what predefined ones hold cannot be left out`,
      'leave --without out',
    );
  const known = permissionsOfRole(profile).map(({ name }) => name);
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    const meant = nearest(stranger, known);
    throw usage(
      `--without: ${shown(stranger)} is not a permission of ${profile.name}`,
      meant === undefined
        ? `name one of its own (iamready permissions --profile=${profile.name} shows them), or ${nothingLeftOut}`
        : `write ${meant} if that was meant`,
    );
  }
  if (names.length > 0 && names.length === known.length)
    throw usage(
      '--without: nothing would be left of the role',
      'keep at least one permission; without a role there is nothing to set up',
    );
  return leftOut(profile, names, 'you gave --without');
}

function namesIn(list: string): string[] {
  if (list === nothingLeftOut) return [];
  return [...new Set(list.split(',').map((name) => name.trim()))].filter((name) => name !== '');
}

function leftOut(profile: Profile, names: readonly string[], source: string): LeftOut | undefined {
  const all = permissionsOfRole(profile);
  const permissions = all.filter(({ name }) => names.includes(name));
  return permissions.length === 0 || permissions.length === all.length ? undefined : { permissions, source };
}
