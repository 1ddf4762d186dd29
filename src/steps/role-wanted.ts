import type { Role } from '../google/roles.ts';
import type { WantedPermission } from '../profile/profile.ts';
import type { LeftOut, Tools } from './goal.ts';
import type { RoleSince } from './role-since.ts';

/** The role as the profile wants it. */
export interface WantedRole {
  project: string;
  name: string;
  id: string;
  title: string;
  /** Who chose the title; absent where it is the profile's, which a role that is found need not have. */
  titleChosenBy?: string;
  description: string;
  stage: string;
  permissions: readonly WantedPermission[];
  /** What the profile asks for besides, and a person does without. */
  without?: LeftOut | undefined;
  /** Who said that whatever else it holds goes; absent where it stays. */
  removeExtra?: string | undefined;
  /** A permission that is granted elsewhere instead, and who chose that: the role is not to hold it. */
  moved?: { name: string; source: string } | undefined;
  source: string;
  turnedOn: readonly string[];
}

/** `testable` is asked only where the role lacks something: it takes several pages. */
export interface SeenRole {
  /** Nothing can be seen while a service is off that this run turns on; a role that is absent is assumed. */
  unseen: boolean;
  role?: Role | undefined;
  testable?: Awaited<ReturnType<Tools['testable']>> | undefined;
  since: RoleSince;
}

/** The wanted permissions that a custom role of this project may hold today. */
export function validPermissions(wanted: WantedRole, seen: SeenRole): WantedPermission[] {
  return wanted.permissions.filter((permission) => isValid(permission, seen));
}

/** True unless Google has said that a custom role here may not hold it; what the role holds is valid as it is. */
export function isValid({ name }: WantedPermission, { role, testable }: SeenRole): boolean {
  if (testable === undefined || role?.includedPermissions.includes(name)) return true;
  const facts = testable.get(name);
  return facts !== undefined && facts.customRole !== 'NOT_SUPPORTED';
}
