import { aboutIt, cite } from './about.ts';
import type { Entry, Fact } from './entry.ts';
import type { Live } from './live.ts';
import type { Catalog, Level, Permission } from './model.ts';
import { isForAgents, type Holdings } from './roles-holding.ts';

/** Everything that is known of a permission; also of one that only a refreshed list knows. */
export function explainPermission(name: string, catalog: Catalog, holdings: Holdings, live?: Live): Entry {
  const known = catalog.permissions.find((each) => each.name === name);
  const service = catalog.services.find(({ prefix }) => name.startsWith(`${prefix}.`));
  const holders = holdings.holding(name);
  const counted = (size: number) => `${size} permission${size === 1 ? '' : 's'}`;
  const place = [service ? `${service.title} (${service.name})` : undefined, known?.group];
  const facts: Fact[] = [
    { label: 'Service', text: place.filter((each) => each !== undefined).join(', ') },
    { label: 'Granted on', text: levelsOf(known, live, name) },
    { label: 'Custom roles', text: supportOf(known, live, name) },
    { label: 'Risk', text: known?.risk ?? '' },
    { label: 'Live', text: liveAs(name, holdings) },
    { label: 'Least', text: leastFor(holders.filter((each) => !isForAgents(each.name))) },
  ].filter(({ text }) => text !== '');
  const rows = catalog.methods.filter(({ permission }) => permission === name);
  const uses = catalog.uses.filter((use) => use.name === name);
  const said = aboutIt([name], catalog);
  return {
    kind: 'permission',
    name,
    says: known?.does ?? 'The catalog has no description of it.',
    facts,
    notes: [...(known?.notes ?? []), ...said.notes, ...(known?.group ? (service?.notes ?? []) : [])],
    lists: [
      {
        title: 'Asked for by profiles',
        items: uses.map(({ profile, why, by, warning }) => ({
          name: profile,
          text: `${why} (${by})${warning === undefined ? '' : ` ! ${warning}`}`,
        })),
      },
      {
        title: 'Needed by methods',
        items: rows.map(({ method, does, row }) => ({ name: method, text: `${does} (row ${row})` })),
      },
      {
        title: `Roles that hold it, smallest first (${holdings.since})`,
        items: holders.map(({ name: role, title, size }) => ({
          name: role,
          text: `${counted(size)}. ${title}`,
        })),
        shown: 10,
      },
    ].filter(({ items }) => items.length > 0),
    sources: cite([...(known?.sources ?? []), ...said.sources], catalog),
  };
}

const words: Record<Level, string> = {
  organization: 'an organisation',
  folder: 'a folder',
  project: 'a project',
  resource: 'a single resource',
};

function levelsOf(known: Permission | undefined, live: Live | undefined, name: string): string {
  if (known && !known.live) return 'nothing: no role holds it';
  const levels = known?.levels ?? ['organization', 'folder', 'project'];
  const said = levels.map((level) => words[level]).join(', ');
  const why = known?.exceptions?.join(' ') ?? '';
  if (live?.testable(name) && levels.includes('project'))
    return `${said} (${live.project ?? 'a project'} knows it)`;
  return why === '' ? `${said} [U]` : `${said}. ${why}`;
}

const supports = {
  SUPPORTED: 'may hold it',
  TESTING: 'may hold it, while Google is still testing that',
  NOT_SUPPORTED: 'may not hold it: Google refuses it there',
} as const;

function supportOf(known: Permission | undefined, live: Live | undefined, name: string): string {
  const answered = live?.testable(name);
  if (answered)
    return `${supports[answered.customRole]}, Google answered on ${live?.date.slice(0, 10) ?? ''}`;
  if (known && !known.live) return 'may not hold it: Google does not know it';
  if (known?.customRole) return `${supports[known.customRole]}. ${known.exceptions?.join(' ') ?? ''}`;
  return `${supports.SUPPORTED} [U]`;
}

function liveAs(name: string, { has, since }: Holdings): string {
  return has(name) ? `yes (${since})` : `no role held it (${since})`;
}

/** The least that can be granted to have it. */
function leastFor([smallest]: readonly { name: string; size: number }[]): string {
  if (!smallest) return '';
  if (smallest.size === 1) return `${smallest.name}, which holds nothing else`;
  return `a custom role with it alone; of Google's own, ${smallest.name} with ${smallest.size} permissions`;
}
