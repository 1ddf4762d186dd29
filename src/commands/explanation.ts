import { explain } from '../catalog/explain.ts';
import type { Live } from '../catalog/live.ts';
import type { Catalog } from '../catalog/model.ts';
import type { Event } from '../faces/json/events.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import { printed } from '../print/printable.ts';
import { entryPage } from './entry-page.ts';

/** What the catalog knows of a thing, as it is printed; undefined where it knows no such thing. */
export function explanation(
  word: string,
  catalog: Catalog,
  live: Live | undefined,
  { json, columns = 80 }: { json: boolean; columns?: number | undefined },
): string | undefined {
  const entries = explain(word, catalog, live);
  if (entries.length === 0) return undefined;
  if (!json) {
    const pages = entries.map((entry) => entryPage(entry, columns)).join('\n\n');
    return printed(pages.trimEnd().split('\n'));
  }
  const events: Event[] = [
    ...entries.map(({ lists, notes, facts, sources, ...entry }): Event => ({
      v: 1,
      type: 'entry',
      ...entry,
      facts: [...facts],
      notes: [...notes],
      lists: lists.map(({ title, items }) => ({ title, items: [...items] })),
      sources: [...sources],
    })),
    { v: 1, type: 'result', status: 'ready', exitCode: 0 },
  ];
  return events.map(jsonLine).join('');
}
