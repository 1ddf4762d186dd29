import { permissionsOfRole } from './asked-on.ts';
import type { Profile } from './profile.ts';
import type { RuleId } from './rules.ts';

/** Something that is wrong between fields which are each right by themselves. */
export interface Refusal {
  rule: RuleId;
  path: PropertyKey[];
  /** For what may stand once only: where it stood first. */
  first?: PropertyKey[];
  /** The reason, where it is not the same for all that the rule refuses. */
  why?: string;
}

/** Google's limit on title, description and permission names of a custom role together (IAM docs, custom roles), in bytes. */
const LARGEST_ROLE = 65_536;

/** What fields of a profile ask of each other. */
export function refusals(profile: Profile): Refusal[] {
  return [...repeated(profile), ...unknownSources(profile), ...mismatched(profile), ...tooLarge(profile)];
}

function repeated({ services, permissions, env, grants, team }: Profile): Refusal[] {
  return [
    ...once(
      'uniqueService',
      services.map((each, at) => [['services', at, 'name'], each.name]),
    ),
    ...once(
      'uniquePermission',
      permissions.map((each, at) => [['permissions', at, 'name'], each.name]),
    ),
    ...once(
      'uniqueEnvName',
      Object.entries(env).map(([part, variable]) => [['env', part], variable]),
    ),
    ...once(
      'uniqueGrant',
      grants.map(({ role, on, condition }, at) => [
        ['grants', at],
        JSON.stringify([role, on, condition?.title, condition?.expression]),
      ]),
    ),
    ...once(
      'uniqueMember',
      team.flatMap(({ role, members }, at) =>
        members.map((member, each) => [['team', at, 'members', each], `${role} ${member}`] as const),
      ),
    ),
  ];
}

function once(
  rule: RuleId,
  entries: (readonly [path: PropertyKey[], value: string | undefined])[],
): Refusal[] {
  const seen = new Map<string, PropertyKey[]>();
  return entries.flatMap(([path, value]) => {
    const first = value === undefined ? undefined : seen.get(value);
    if (first) return [{ rule, path, first }];
    if (value !== undefined) seen.set(value, path);
    return [];
  });
}

function unknownSources({ permissions, sources }: Profile): Refusal[] {
  return permissions.flatMap(({ source }, at) =>
    source === 'ours' || Object.hasOwn(sources, source)
      ? []
      : [{ rule: 'source', path: ['permissions', at, 'source'] }],
  );
}

/** The role, what it holds, and where it is granted. */
function mismatched(profile: Profile): Refusal[] {
  const { role, grants, permissions } = profile;
  const custom = grants.findIndex((grant) => grant.role === 'custom');
  const places = new Set(grants.map(({ on }) => on));
  return [
    ...(custom >= 0 && role === undefined ? [{ rule: 'role' as const, path: ['role'] }] : []),
    ...(custom < 0 && role !== undefined ? [{ rule: 'roleUnused' as const, path: ['role'] }] : []),
    ...(custom >= 0 && role !== undefined && permissionsOfRole(profile).length === 0
      ? [
          {
            rule: permissions.length === 0 ? ('permissions' as const) : ('emptyRole' as const),
            path: ['permissions'],
          },
        ]
      : []),
    ...grants.flatMap(({ role: granted, why }, at) =>
      granted !== 'custom' && why === undefined
        ? [{ rule: 'line' as const, path: ['grants', at, 'why'] }]
        : [],
    ),
    ...permissions.flatMap(({ on }, at) =>
      on === undefined || places.has(on)
        ? []
        : [{ rule: 'askedOn' as const, path: ['permissions', at, 'on'] }],
    ),
  ];
}

function tooLarge(profile: Profile): Refusal[] {
  const { role } = profile;
  if (role === undefined) return [];
  const names = permissionsOfRole(profile).map(({ name }) => name);
  const bytes = [role.title, role.description ?? '', ...names].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  );
  return bytes > LARGEST_ROLE ? [{ rule: 'roleSize', path: ['permissions'] }] : [];
}
