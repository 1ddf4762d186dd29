import { etagOf } from '../etag.ts';
import { omitDefaults } from '../body.ts';
import type { PredefinedRole } from '../catalog.ts';
import type { CustomRole, World } from '../world.ts';

const DAY = 24 * 3600 * 1000;

/** A deleted role can be undeleted for 7 days; its ID is taken until day 37 (IAM docs, deleting a custom role). */
export type RoleState = 'live' | 'deleted' | 'marked' | 'gone';

/** Where a role stands in its life at the simulator's time. */
export function roleState(world: World, role: CustomRole): RoleState {
  if (role.deletedAt === undefined) return 'live';
  const age = world.clock.now() - role.deletedAt;
  return age < 7 * DAY ? 'deleted' : age < 37 * DAY ? 'marked' : 'gone';
}

/** How much of a role an answer shows: BASIC leaves the permissions out. */
export type RoleView = 'BASIC' | 'FULL';

/** A custom role as the API shows it; stage ALPHA is the enum's zero and so left out (discovery document). */
export function showCustomRole(role: CustomRole, view: RoleView = 'FULL'): object {
  return omitDefaults({
    name: role.name,
    title: role.title,
    description: role.description,
    includedPermissions: view === 'FULL' ? role.permissions : undefined,
    stage: role.stage === 'ALPHA' ? undefined : role.stage,
    etag: etagOf(role.stamp),
    deleted: role.deletedAt !== undefined,
  });
}

/** A predefined role as the API shows it; the etag is the same for all (recorded). */
export function showPredefinedRole(role: PredefinedRole, view: RoleView): object {
  return omitDefaults({
    name: role.name,
    title: role.title,
    description: role.description,
    includedPermissions: view === 'FULL' ? [...role.permissions].sort() : undefined,
    stage: role.stage === 'ALPHA' ? undefined : role.stage,
    etag: 'AA==',
  });
}
