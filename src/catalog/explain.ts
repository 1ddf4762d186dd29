import { aboutIt, belongs, cite } from './about.ts';
import type { Entry } from './entry.ts';
import { explainPermission } from './explain-permission.ts';
import { explainRole } from './explain-role.ts';
import type { Live } from './live.ts';
import type { Catalog, MethodRow, Note, Service } from './model.ts';
import { holdingsOf } from './roles-holding.ts';

/**
 * What the catalog knows of a word: a permission, a role (with or without `roles/`), a method (with or without its
 * service), a service, or notes that the word finds. Nothing where it knows none.
 * @param live what was refreshed
 */
export function explain(word: string, catalog: Catalog, live?: Live): Entry[] {
  const asked = word.trim();
  const holdings = holdingsOf(catalog, live);
  const permission = permissionNamed(asked, catalog, live);
  if (permission !== undefined) return [explainPermission(permission, catalog, holdings, live)];
  const role = roleNamed(asked, catalog, live);
  if (role !== undefined) return [explainRole(role, catalog, holdings, live)];
  const rows = methodsNamed(asked, catalog);
  if (rows.length > 0) return [explainMethod(rows, catalog)];
  const lower = asked.toLowerCase();
  const own = catalog.notes.find(({ id }) => id === lower);
  const others = catalog.notes.filter((note) => note !== own && finds(note, lower));
  const notes = [...(own ? [own] : []), ...others];
  const services = catalog.services.filter(({ name, prefix, title }) =>
    [name, prefix, title.toLowerCase()].includes(lower),
  );
  return [
    ...services.map((service) => explainService(service, catalog)),
    ...notes.map((note) => explainNote(note, catalog)),
  ];
}

/** The permission of this name, also as deny policies write it (`run.googleapis.com/services.get`) and in other case. */
function permissionNamed(word: string, { permissions, services }: Catalog, live?: Live): string | undefined {
  const [, service = '', rest = ''] = /^([a-z]+\.googleapis\.com)\/(.+)$/.exec(word) ?? [];
  const prefix = services.find(({ name }) => name === service)?.prefix;
  const name = prefix === undefined ? word : `${prefix}.${rest}`;
  if (live?.has(name)) return name;
  const lower = name.toLowerCase();
  return permissions.find((each) => each.name === name || each.name.toLowerCase() === lower)?.name;
}

function roleNamed(word: string, { roles }: Catalog, live?: Live): string | undefined {
  const name = word.startsWith('roles/') ? word : `roles/${word}`;
  const all = live ? [...live.roles, ...roles] : roles;
  const lower = [name.toLowerCase(), word.toLowerCase()];
  return (
    all.find((role) => role.name === name) ??
    all.find((role) => role.name.toLowerCase() === lower[0] || role.title.toLowerCase() === lower[1])
  )?.name;
}

function methodsNamed(word: string, { methods }: Catalog): MethodRow[] {
  const lower = word.toLowerCase();
  return methods.filter(({ method, prefix, meant }) =>
    [method, `${prefix}.${method}`, meant, `${prefix}.${meant ?? method}`].some(
      (each) => each?.toLowerCase() === lower,
    ),
  );
}

function explainMethod(rows: readonly MethodRow[], catalog: Catalog): Entry {
  const [first] = rows;
  const method = first?.method ?? '';
  const said = aboutIt([method], catalog);
  const service = catalog.services.find(({ prefix }) => prefix === first?.prefix);
  return {
    kind: 'method',
    name: method,
    says: first?.does ?? '',
    facts: [
      { label: 'API', text: service ? `${service.title} (${service.name})` : (first?.service ?? '') },
      ...rows.flatMap(({ row, permission, meant, does }) => [
        { label: `Row ${row}`, text: `needs ${permission}` },
        ...(meant === undefined ? [] : [{ label: 'Meant', text: `${meant}: ${does}` }]),
      ]),
    ],
    notes: said.notes,
    lists: rows.map(({ row, roles }) => ({
      title:
        rows.length === 1 ? 'Roles that may call it, the page says' : `Roles, the page says in row ${row}`,
      items: roles.map((name) => ({
        name,
        text: catalog.roles.find((role) => role.name === name)?.title ?? '',
      })),
    })),
    sources: cite([...rows.map(({ source }) => source), ...said.sources], catalog),
  };
}

function explainNote(note: Note, catalog: Catalog): Entry {
  const other = catalog.notes.find(({ id }) => id === note.disagrees);
  const known = [...catalog.roles, ...catalog.permissions].filter(({ name }) => belongs(note, [name]));
  return {
    kind: 'note',
    name: note.id,
    title: note.title,
    says: note.says,
    facts: [],
    notes: other ? [`The sources disagree. ${other.title}: ${other.says}`] : [],
    lists:
      known.length === 0
        ? []
        : [{ title: 'About', items: known.map(({ name }) => ({ name, text: '' })), shown: 6 }],
    sources: cite(note.sources, catalog),
  };
}

function explainService(service: Service, catalog: Catalog): Entry {
  const { prefix } = service;
  const mine = catalog.permissions.filter(({ name }) => name.startsWith(`${prefix}.`));
  const groups = Map.groupBy(mine, ({ name }) => name.slice(prefix.length + 1, name.lastIndexOf('.')));
  const roles = catalog.roles.filter(({ name }) => name.startsWith(`roles/${prefix}.`));
  const methods = catalog.methods.filter((row) => row.prefix === prefix);
  const labels = mine.flatMap(({ sources = [] }) => sources);
  return {
    kind: 'service',
    name: service.name,
    title: service.title,
    facts: [
      { label: 'Permissions', text: `${mine.length}, whose names begin with ${prefix}.` },
      ...(methods.length === 0 ? [] : [{ label: 'Methods', text: `${methods.length} rows of a page` }]),
    ],
    notes: [...service.notes, ...service.groups.flatMap(({ notes }) => notes)],
    lists: [
      {
        title: 'Permissions by resource',
        items: [...groups].map(([resource, each]) => ({
          name: resource,
          text: each.map(({ name }) => name.slice(name.lastIndexOf('.') + 1)).join(' '),
        })),
      },
      {
        title: 'Permissions as the sources group them',
        items: service.groups.map(({ title }) => ({
          name: title,
          text: listOf(
            mine.filter(({ group }) => group === title).map(({ name }) => name.slice(prefix.length + 1)),
          ),
        })),
      },
      { title: 'Roles', items: roles.map(({ name, title, does }) => ({ name, text: does ?? title })) },
    ].filter(({ items }) => items.length > 0),
    sources: cite(labels, catalog),
  };
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

/** Whether one of the note's words was asked for, or is how what was asked for ends, as an address does. */
function finds({ words }: Note, asked: string): boolean {
  const parts = asked.split(/[\s,]+/);
  return words.some((word) => {
    const lower = word.toLowerCase();
    return parts.includes(lower) || (lower.startsWith('@') && asked.endsWith(lower));
  });
}
