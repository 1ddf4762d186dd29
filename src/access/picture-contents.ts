import type { AccessGraph } from './graph.ts';
import type { PictureNode } from './picture.ts';

/**
 * What the roles hold, by service, those that hold most first; and which of the drawn lines lead there: by the
 * node's ID. @param shown IDs of those lines that are drawn
 */
export function contentsOf(
  { grants, roles }: AccessGraph,
  shown: ReadonlySet<string>,
): Map<string, { node: PictureNode; from: string[] }> {
  const byService = new Map<string, { names: Set<string>; from: string[] }>();
  for (const [at, { role, dead }] of grants.entries()) {
    if (dead !== undefined) continue;
    const id = shown.has(`grant-${at}`) ? `grant-${at}` : 'roles-more';
    const found = roles[role];
    // All services of a basic role would hide the rest.
    const groups = found?.basic
      ? new Map([['nearly every service', found.permissions ?? []]])
      : Map.groupBy(found?.permissions ?? [], (name) => name.slice(0, name.search(/[./]/u)));
    for (const [service, names] of groups) {
      const known = byService.get(service) ?? { names: new Set(), from: [] };
      for (const name of names) known.names.add(name);
      known.from.push(id);
      byService.set(service, known);
    }
  }
  return new Map(
    [...byService]
      .toSorted(([, a], [, b]) => b.names.size - a.names.size)
      .map(([service, { names, from }]) => [
        `service-of-${service}`,
        {
          node: {
            ...{ id: `service-of-${service}`, label: service },
            detail: `${names.size} ${names.size === 1 ? 'permission' : 'permissions'}`,
          },
          from,
        },
      ]),
  );
}
