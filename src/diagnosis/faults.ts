import type { Role } from '../google/roles.ts';
import type { Unread } from './cause.ts';
import type { Grants, Held } from './grants.ts';
import type { Level, Reading } from './looking.ts';
import type { Subject } from './subject.ts';

/** One thing in the allow policies or roles that keeps a permission from the account. */
export type Fault =
  | { kind: 'not-in-role'; roles: readonly string[] }
  | { kind: 'role-deleted' | 'role-disabled'; role: string; isGone: boolean }
  /** Without a role: nothing is granted at all. */
  | { kind: 'no-grant'; role?: string; level: Level; isAnything: boolean }
  | { kind: 'condition' | 'deleted-member'; held: Held };

/** What allow policies say of one permission: bindings that give it, or what keeps it away, as far as that can be told. */
export interface Standing {
  inPlace: readonly Held[];
  faults: readonly Fault[];
  unread: readonly Unread[];
}

/** A way by which the permission is to come, or would come. */
interface Path {
  role: string;
  level: Level;
}

/** Judges one permission by the allow policies and roles. */
export function standingOf(permission: string, grants: Grants, { lines }: Subject): Standing {
  const { held, policies, roles } = grants;
  const holds = (name: string): boolean => rolePermissions(roles.get(name)).includes(permission);
  const inPlace = held.filter(
    ({ role, whose, verdict }) =>
      whose === 'own' &&
      verdict === 'holds' &&
      holds(role) &&
      roleFault(role, permission, roles) === undefined,
  );
  if (inPlace.length > 0) return { inPlace, faults: [], unread: [] };

  const reaching = lines.filter(({ spot }) => policies.some(({ level }) => isSame(level, spot)));
  const wanted = reaching
    .filter(({ role, brings }) => (brings === undefined ? holds(role) : brings.has(permission)))
    .map(({ role, spot }): Path => ({ role, level: spot }));
  const found = held.filter(({ role, whose }) => whose !== 'group' && holds(role));
  const paths = wanted.length > 0 ? wanted : found;
  const judged = paths
    .map((path) => judge(path, permission, grants))
    .toSorted((one, other) => one.faults.length - other.faults.length);
  const [best] = judged.filter(({ faults }) => faults.length > 0);
  if (best !== undefined) return best;
  const unread = [...judged.flatMap((one) => one.unread), ...grants.unread, ...groups(permission, grants)];
  if (paths.length > 0) return { inPlace: [], faults: [], unread };

  // Nothing was to bring it.
  const near = policies[0];
  const named = [
    ...new Set([...reaching, ...held.filter(({ whose }) => whose === 'own')].map(({ role }) => role)),
  ];
  const unseen = named.flatMap((role) => unreadOf(roles.get(role)));
  // What lies above may give more, and evidently does not: where it is to come from is seen below.
  const isSeen = policies.every(({ level, read }) => isAbove(level, near?.level) || read.value !== undefined);
  if (near === undefined || !isSeen || unseen.length > 0)
    return { inPlace: [], faults: [], unread: [...unseen, ...unread] };
  return {
    inPlace: [],
    faults:
      named.length > 0
        ? [{ kind: 'not-in-role', roles: named }]
        : [{ kind: 'no-grant', level: near.level, isAnything: false }],
    unread: [],
  };
}

function judge(path: Path, permission: string, { held, roles, policies }: Grants): Standing {
  const { role, level } = path;
  const faults: Fault[] = [];
  const unsure: Unread[] = [...unreadOf(roles.get(role))];
  const ofRole = roleFault(role, permission, roles);
  if (ofRole !== undefined) faults.push(ofRole);
  const here = held.filter((each) => each.role === role && isSame(each.level, level));
  const own = here.filter(({ whose }) => whose === 'own');
  if (!own.some(({ verdict }) => verdict === 'holds')) {
    unsure.push(...own.filter(({ verdict }) => verdict === 'unknown').map(unknownCondition));
    const dead = here.find(({ whose }) => whose === 'dead');
    if (own.length > 0)
      faults.push(
        ...own
          .filter(({ verdict }) => verdict === 'false')
          .map((each): Fault => ({ kind: 'condition', held: each })),
      );
    else if (dead !== undefined) faults.push({ kind: 'deleted-member', held: dead });
    else if (policies.some((each) => isSame(each.level, level) && each.read.value !== undefined))
      faults.push({ kind: 'no-grant', role, level, isAnything: held.some(({ whose }) => whose === 'own') });
  }
  return { inPlace: [], faults, unread: unsure };
}

function roleFault(role: string, permission: string, roles: Grants['roles']): Fault | undefined {
  const read = roles.get(role);
  if (read === undefined || 'unread' in read) return undefined;
  if (read.value === null) return { kind: 'role-deleted', role, isGone: true };
  if (read.value.deleted) return { kind: 'role-deleted', role, isGone: false };
  if (read.value.stage === 'DISABLED') return { kind: 'role-disabled', role, isGone: false };
  return read.value.includedPermissions.includes(permission)
    ? undefined
    : { kind: 'not-in-role', roles: [role] };
}

function rolePermissions(read: Reading<Role | null> | undefined): readonly string[] {
  return read?.value?.includedPermissions ?? [];
}

function unreadOf(read: Reading<unknown> | undefined): Unread[] {
  return read !== undefined && 'unread' in read ? [read.unread] : [];
}

/** Whether both are one resource. */
export function isSame(one: Level, other: Level): boolean {
  return one.kind === other.kind && one.id === other.id;
}

/** A folder, or an organisation that is not what was asked about. */
function isAbove(level: Level, asked: Level | undefined): boolean {
  return level.kind === 'folder' || (level.kind === 'organization' && asked?.kind !== 'organization');
}

function unknownCondition({ role, condition }: Held): Unread {
  return {
    what: `whether the condition of ${role} is met: ${condition?.expression ?? ''}`,
    needs: 'the request itself, which it asks about',
    said: 'it asks for what cannot be known here',
  };
}

function groups(permission: string, { held, roles }: Grants): Unread[] {
  return held
    .filter(({ whose, role }) => whose === 'group' && rolePermissions(roles.get(role)).includes(permission))
    .map(({ member, role }) => ({
      what: `whether the account is in ${member}, which has ${role}`,
      needs: 'to be a member or a manager of the group',
      said: 'groups are not read here',
    }));
}
