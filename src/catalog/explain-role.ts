import { aboutIt, cite } from './about.ts';
import type { Entry, List } from './entry.ts';
import type { Live } from './live.ts';
import type { Catalog, Level, Role } from './model.ts';
import { isForAgents, type Holdings } from './roles-holding.ts';

/** The three roles that were there before IAM. */
export const basicRoles: readonly string[] = ['roles/owner', 'roles/editor', 'roles/viewer'];

/** Everything that is known of a role; also of one that only a refreshed list knows. */
export function explainRole(name: string, catalog: Catalog, holdings: Holdings, live?: Live): Entry {
  const known = catalog.roles.find((role) => role.name === name);
  const listed = live?.roles.find((role) => role.name === name);
  const held = holdings.heldBy(name) ?? [];
  const rows = catalog.methods.filter(({ roles }) => roles.includes(name));
  const uses = catalog.uses.filter((use) => use.name === name);
  const said = aboutIt([name], catalog);
  const stage = listed?.stage ?? known?.stage ?? 'GA';
  return {
    kind: 'role',
    name,
    title: listed?.title ?? known?.title,
    says: known?.does ?? (listed?.description || 'The catalog has no description of it.'),
    facts: [
      { label: 'Kind', text: kindOf(name) },
      { label: 'Granted on', text: known ? grantedOn(known) : 'not known to the catalog' },
      {
        label: 'Holds',
        text: `${held.length} permission${held.length === 1 ? '' : 's'} (${holdings.since})`,
      },
      ...(stage === 'GA' ? [] : [{ label: 'Stage', text: stage }]),
      ...(known?.risk === undefined ? [] : [{ label: 'Risk', text: known.risk }]),
    ],
    notes: [...(known?.notes ?? []), ...said.notes],
    lists: [
      ...permissionsIn(held, catalog),
      ...documentedIn(known),
      {
        title: 'May call these methods, the page says',
        items: rows.map(({ method, permission, row }) => ({
          name: method,
          text: `${permission} (row ${row})`,
        })),
      },
      {
        title: 'Granted by profiles',
        items: uses.map(({ profile, why, by }) => ({ name: profile, text: `${why} (${by})` })),
      },
    ].filter(({ items }) => items.length > 0),
    sources: cite(
      [
        ...(known?.sources ?? ['live-roles']),
        ...(known?.documented ? [known.documented.source] : []),
        ...said.sources,
      ],
      catalog,
    ),
  };
}

function kindOf(name: string): string {
  if (basicRoles.includes(name)) return 'basic: thousands of permissions, each a part of the next larger one';
  if (!name.startsWith('roles/')) return 'custom';
  return isForAgents(name)
    ? "predefined, for Google's own service agents"
    : 'predefined: Google keeps it up to date';
}

const words: Record<Level, string> = {
  organization: 'an organisation',
  folder: 'a folder',
  project: 'a project',
  resource: 'a single resource',
};

function grantedOn({ lowest, highest }: Role): string {
  if (lowest === highest) return `${words[lowest]} only`;
  return `${words[highest]} and below; ${words[lowest]} is the lowest level`;
}

/** Few permissions are listed; of many, how many there are of each service. */
function permissionsIn(held: readonly string[], { permissions }: Catalog): List[] {
  const most = 60;
  if (held.length <= most) {
    const does = new Map(permissions.map((each) => [each.name, each.does]));
    return [{ title: 'Permissions', items: held.map((name) => ({ name, text: does.get(name) ?? '' })) }];
  }
  const services = Map.groupBy(held, (name) => name.slice(0, name.indexOf('.')));
  return [
    {
      title: 'Permissions by service',
      items: [...services].map(([name, each]) => ({ name, text: `${each.length}` })),
    },
  ];
}

function documentedIn(role: Role | undefined): List[] {
  if (!role?.documented) return [];
  const { includes, permissions } = role.documented;
  return [
    {
      title: 'As documented, with the type of resource',
      items: [
        ...includes.map((name) => ({ name, text: 'all that it holds' })),
        ...permissions.map(({ name, on }) => ({ name, text: on })),
      ],
    },
  ];
}
