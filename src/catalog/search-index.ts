import type { Live } from './live.ts';
import type { Catalog } from './model.ts';

/** One thing that can be found. */
export interface Found {
  readonly kind: 'permission' | 'role' | 'method' | 'note';
  readonly name: string;
  /** What it is, in words; empty where nothing is known. */
  readonly text: string;
}

/** What a search gave: the best ones, and how many there are in all. */
export interface Hits {
  readonly hits: readonly Found[];
  readonly total: number;
}

/** Finds permissions, roles, methods and notes by parts of words, fast enough for every key that is pressed. */
export interface SearchIndex {
  /** How many things can be found. */
  readonly size: number;
  /**
   * All whose name and text hold each of the words, the best first: words that begin a part of the name before those in
   * its middle, those before words of the text, and short names before long ones.
   * @param kinds what to look for; everything when absent
   */
  readonly find: (words: string, most: number, kinds?: readonly Found['kind'][]) => Hits;
}

/** Ranks of one word in one thing; the least is the best. */
const whole = 0;
const begins = 1;
const part = 2;
const inside = 3;
const elsewhere = 4;
const worst = 5;

/** Makes the index: some 20 ms for 14,000 permissions and 2,500 roles. */
export function searchIndex(catalog: Catalog, live?: Live): SearchIndex {
  const things = thingsIn(catalog, live);
  things.sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  // A note's name is one of ours: as a text, it does not come before what people look for.
  const names = things.map(({ kind, name }) => (kind === 'note' ? '' : name.toLowerCase()));
  const texts = things.map(({ kind, name, text }) =>
    (kind === 'note' ? `${name} ${text}` : text).toLowerCase(),
  );
  return {
    size: things.length,
    find(words, most, kinds) {
      const asked = words
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '');
      if (asked.length === 0) return { hits: [], total: 0 };
      // In buckets, because sorting thousands of hits takes longer than finding them.
      const buckets: number[][] = [];
      let total = 0;
      for (const [at, thing] of things.entries()) {
        if (kinds && !kinds.includes(thing.kind)) continue;
        const rank = rankOf(asked, names[at] ?? '', texts[at] ?? '');
        if (rank === undefined) continue;
        total += 1;
        const bucket = (buckets[rank] ??= []);
        if (bucket.length < most) bucket.push(at);
      }
      const best = buckets.flat().slice(0, most);
      return { hits: best.flatMap((at) => things[at] ?? []), total };
    },
  };
}

/** The sum of how well each word fits; undefined where one does not. */
function rankOf(words: readonly string[], name: string, text: string): number | undefined {
  let sum = 0;
  for (const word of words) {
    const rank = rankOfWord(word, name, text);
    if (rank === worst) return undefined;
    sum += rank;
  }
  return sum;
}

function rankOfWord(word: string, name: string, text: string): number {
  const at = name.indexOf(word);
  if (at === -1) return text.includes(word) ? elsewhere : worst;
  if (at === 0) return name.length === word.length ? whole : begins;
  for (let next = at; next !== -1; next = name.indexOf(word, next + 1))
    if (separators.has(name[next - 1] ?? '')) return part;
  return inside;
}

const separators: ReadonlySet<string> = new Set(['.', '/', '-', ' ']);

function thingsIn(catalog: Catalog, live?: Live): Found[] {
  const permissions = new Map(catalog.permissions.map(({ name, does = '' }) => [name, does]));
  for (const name of live?.names ?? []) if (!permissions.has(name)) permissions.set(name, '');
  const roles = new Map(catalog.roles.map(({ name, title, does }) => [name, roleText(title, does)]));
  for (const role of live?.roles ?? [])
    if (!roles.has(role.name)) roles.set(role.name, roleText(role.title, role.description));
  const listed = (kind: Found['kind'], map: ReadonlyMap<string, string>): Found[] =>
    [...map].map(([name, text]) => ({ kind, name, text }));
  return [
    ...listed('permission', permissions),
    ...listed('role', roles),
    ...listed('method', new Map(catalog.methods.map(({ method, does }) => [method, does]))),
    ...catalog.notes.map(({ id, title, says }) => ({
      kind: 'note' as const,
      name: id,
      text: `${title}. ${says}`,
    })),
  ];
}

function roleText(title: string, does = ''): string {
  return does === '' ? title : `${title}. ${does}`;
}
