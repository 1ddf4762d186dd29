import { explain as explained } from '../catalog/explain.ts';
import type { Event } from '../faces/json/events.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import { printed } from '../print/printable.ts';
import { catalogData, liveData } from './catalog-data.ts';
import { entryPage } from './entry-page.ts';
import { unknownName } from './unknown-name.ts';
import { written, type Output } from './written.ts';

/** What `iamready explain` was asked. */
export interface ExplainRequest extends Output {
  /** A permission, role, method, service or any word. */
  readonly word: string;
}

/**
 * Prints what the catalog knows of a thing, and what a refreshed list adds. Asks no cloud.
 * @throws ProblemError when it knows no such thing, with the nearest names; CatalogError when a file is not as it should be
 */
export async function explain(request: ExplainRequest): Promise<void> {
  const { word, json, out, columns = 80, env = process.env } = request;
  const catalog = await catalogData();
  const live = liveData(env);
  const entries = explained(word, catalog, live);
  if (entries.length === 0) throw unknownName(word, catalog, live);
  if (!json) {
    const pages = entries.map((entry) => entryPage(entry, columns)).join('\n\n');
    return written(out, printed(pages.trimEnd().split('\n')));
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
  return written(out, events.map(jsonLine).join(''));
}
