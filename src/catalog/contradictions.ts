import type { Finding } from './finding.ts';
import type { Catalog, MethodRow, Role } from './model.ts';
import { pick } from './ranges.ts';

/** Everything in which the sources contradict themselves, each other, or what is live: computed, not written down. */
export function contradictionsIn(catalog: Catalog): Finding[] {
  const world = worldOf(catalog);
  return [
    ...catalog.methods.flatMap((row) => rolesThatLack(row, world)),
    ...twice(catalog.methods),
    ...catalog.methods.filter(hasOtherAction).map(otherAction),
    ...inNoList(catalog.methods, world),
    ...notLive(catalog, world),
    ...notDocumented(catalog),
    ...catalog.roles.flatMap((role) => documentedAndLive(role, world)),
    ...rolesNotDocumented(catalog),
    ...disagreements(catalog),
  ];
}

/** Who holds what: as a document lists it, and live. */
interface World {
  readonly listed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly held: ReadonlyMap<string, ReadonlySet<string>>;
}

function worldOf({ roles, liveNames }: Catalog): World {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const listOf = (role: Role | undefined, seen: ReadonlySet<string>): string[] => {
    if (!role?.documented || seen.has(role.name)) return [];
    const { includes, permissions } = role.documented;
    const more = new Set([...seen, role.name]);
    return [
      ...permissions.map(({ name }) => name),
      ...includes.flatMap((other) => listOf(byName.get(other), more)),
    ];
  };
  return {
    listed: new Map(
      roles
        .filter(({ documented }) => documented)
        .map((role) => [role.name, new Set(listOf(role, new Set()))]),
    ),
    held: new Map(roles.map(({ name, ranges }) => [name, new Set(pick(liveNames, ranges))])),
  };
}

const rowOf = ({ prefix, row, method }: MethodRow) => `${prefix}, row ${row}: ${method}`;

function rolesThatLack(row: MethodRow, { listed, held }: World): Finding[] {
  const { method, permission, roles, source } = row;
  const about = (role: string) => ({
    of: `${method} (row ${row.row}) ${role}`,
    names: [method, permission, role],
    where: [rowOf(row)],
  });
  return roles.flatMap((role): Finding[] => [
    ...(listed.get(role)?.has(permission) === false
      ? [
          {
            kind: 'role-lacks' as const,
            ...about(role),
            says: `${role} may call ${method}, which needs ${permission}; its own list lacks that.`,
            sources: [source],
          },
        ]
      : []),
    ...(held.get(role)?.has(permission) === false
      ? [
          {
            kind: 'role-lacks-live' as const,
            ...about(role),
            says: `${role} may call ${method}, which needs ${permission}; live, it does not hold that.`,
            sources: [source, 'live-roles'],
          },
        ]
      : []),
  ]);
}

function twice(methods: readonly MethodRow[]): Finding[] {
  const groups = Map.groupBy(methods, ({ prefix, method }) => `${prefix} ${method}`);
  return [...groups.values()].flatMap((rows): Finding[] => {
    const [first] = rows;
    if (!first || rows.length === 1) return [];
    const needs = rows.map(({ row, permission }) => `row ${row} needs ${permission}`).join(', ');
    return [
      {
        kind: 'method-twice',
        of: first.method,
        names: [first.method],
        says: `${first.method} stands in ${rows.length} rows: ${needs}.`,
        where: rows.map(rowOf),
        sources: [first.source],
      },
    ];
  });
}

/** What a method of this name needs elsewhere: its own name, or one of the usual other words for it. */
const actions: Readonly<Record<string, readonly string[]>> = {
  insert: ['create'],
  patch: ['patch', 'update'],
};

function hasOtherAction({ method, permission }: MethodRow): boolean {
  const own = method.slice(method.lastIndexOf('.') + 1);
  const needed = permission.slice(permission.lastIndexOf('.') + 1);
  return !(actions[own] ?? [own]).includes(needed);
}

function otherAction(row: MethodRow): Finding {
  const meant = row.meant === undefined ? '' : ` ${row.meant} is meant.`;
  return {
    kind: 'other-action',
    of: `${row.method} (row ${row.row})`,
    names: [row.method, row.permission],
    says: `${row.method} needs ${row.permission}.${meant}`,
    where: [rowOf(row)],
    sources: [row.source],
  };
}

function inNoList(methods: readonly MethodRow[], { listed }: World): Finding[] {
  return [...Map.groupBy(methods, ({ permission }) => permission)]
    .filter(([permission]) => ![...listed.values()].some((list) => list.has(permission)))
    .map(([permission, rows]) => ({
      kind: 'in-no-list',
      of: permission,
      names: [permission, ...rows.map(({ method }) => method)],
      says: `${rows.map(({ method }) => method).join(', ')} needs ${permission}, which no role's list has.`,
      where: rows.map(rowOf),
      sources: [...new Set(rows.map(({ source }) => source))],
    }));
}

function notLive({ permissions, methods }: Catalog, { listed }: World): Finding[] {
  return permissions
    .filter(({ live }) => !live)
    .flatMap(({ name, group, sources = [] }): Finding[] => {
      const rows = methods.filter(({ permission }) => permission === name);
      const where = [...(group === undefined ? [] : [`under ${group}`]), ...rows.map(rowOf)];
      const lists = [...listed].filter(([, list]) => list.has(name)).map(([role]) => role);
      const about = { of: name, names: [name], where, sources: [...sources, 'live-roles'] };
      const no = lists.length === 0;
      return [
        ...(no ? [{ kind: 'no-role-holds' as const, ...about, says: `No role holds ${name}.` }] : []),
        { kind: 'not-live', ...about, says: `${name} is documented, and not live.` },
      ];
    });
}

function notDocumented({ permissions, sources }: Catalog): Finding[] {
  return Object.entries(sources).flatMap(([label, { lists }]): Finding[] =>
    lists === undefined
      ? []
      : permissions
          .filter(
            ({ name, live, sources: of = [] }) => live && name.startsWith(`${lists}.`) && !of.includes(label),
          )
          .map(({ name, group }) => ({
            kind: 'not-documented',
            of: name,
            names: [name],
            says: `${name} is live, and the page does not list it.`,
            where: group === undefined ? [] : [`under ${group}`],
            sources: [label, 'live-roles'],
          })),
  );
}

function documentedAndLive({ name, documented }: Role, { listed, held }: World): Finding[] {
  if (!documented) return [];
  const says = listed.get(name) ?? new Set();
  const prefix = documented.permissions[0]?.name.split('.')[0] ?? '';
  // Of other services, the page lists nothing for any role.
  const live = new Set([...(held.get(name) ?? [])].filter((each) => each.startsWith(`${prefix}.`)));
  const gone = [...says].filter((each) => !live.has(each));
  const more = [...live].filter((each) => !says.has(each));
  if (gone.length + more.length === 0) return [];
  const lines = [
    ...(gone.length === 0 ? [] : [`live, it lacks ${gone.join(', ')}`]),
    ...(more.length === 0 ? [] : [`live, it holds ${more.length} more: ${more.join(', ')}`]),
  ];
  return [
    {
      kind: 'list-differs',
      of: name,
      names: [name],
      says: `${name} is said to hold ${says.size} permissions of ${prefix}; ${lines.join('; ')}.`,
      where: [name],
      sources: [documented.source, 'live-roles'],
    },
  ];
}

function rolesNotDocumented({ roles }: Catalog): Finding[] {
  const pages = new Map(
    roles.flatMap(({ name, documented }) =>
      documented ? [[name.slice(0, name.indexOf('.') + 1), documented.source] as const] : [],
    ),
  );
  return roles.flatMap(({ name, documented }): Finding[] => {
    const page = pages.get(name.slice(0, name.indexOf('.') + 1));
    if (documented || page === undefined) return [];
    const says = `${name} is live, and the page does not know it.`;
    return [
      {
        kind: 'role-not-documented',
        of: name,
        names: [name],
        says,
        where: [name],
        sources: [page, 'live-roles'],
      },
    ];
  });
}

function disagreements({ notes }: Catalog): Finding[] {
  const byId = new Map(notes.map((note) => [note.id, note]));
  return notes.flatMap(({ id, disagrees, title, sources }): Finding[] => {
    const other = disagrees === undefined ? undefined : byId.get(disagrees);
    // Of two that name each other, one finding is enough.
    if (!other || (other.disagrees === id && other.id < id)) return [];
    return [
      {
        kind: 'notes-disagree',
        of: id,
        names: [id, other.id],
        says: `"${title}" and "${other.title}" do not agree.`,
        where: [`notes.yaml: ${id}`, `notes.yaml: ${other.id}`],
        sources: [...sources, ...other.sources],
      },
    ];
  });
}
