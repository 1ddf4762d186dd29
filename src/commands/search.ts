import { searchIndex } from '../catalog/search-index.ts';
import type { Event } from '../faces/json/events.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import { margin } from '../print/layout.ts';
import { printed } from '../print/printable.ts';
import { catalogData, liveData } from './catalog-data.ts';
import { rows } from './entry-page.ts';
import { unknownName } from './unknown-name.ts';
import { written, type Output } from './written.ts';

/** What `iamready search` was asked. */
export interface SearchRequest extends Output {
  readonly words: string;
  /** How many to show at most. */
  readonly most: number;
}

const titles = { permission: 'Permissions', role: 'Roles', method: 'Methods', note: 'Notes' } as const;

/** Prints what holds all of the words, the best first. @throws ProblemError when nothing does */
export async function search(request: SearchRequest): Promise<void> {
  const { words, most, json, out, columns = 80, env = process.env } = request;
  const catalog = await catalogData();
  const live = liveData(env);
  const { hits, total } = searchIndex(catalog, live).find(words, most);
  if (total === 0) throw unknownName(words, catalog, live);
  if (json) {
    const events: Event[] = [
      ...hits.map((hit) => ({ v: 1, type: 'found', ...hit }) as const),
      { v: 1, type: 'result', status: 'ready', exitCode: 0 },
    ];
    return written(out, events.map(jsonLine).join(''));
  }
  const groups = Map.groupBy(hits, ({ kind }) => kind);
  const lines = [...groups].flatMap(([kind, found]) => [
    '',
    margin + titles[kind],
    ...rows(
      found.map(({ name, text }) => ({ name, text: brief(text) })),
      columns,
      `${margin}  `,
    ),
  ]);
  const more = total - hits.length;
  const foot =
    more === 0
      ? []
      : ['', `${margin}${hits.length} of ${total}. One more word finds fewer; --limit shows more.`];
  return written(out, printed([...lines.slice(1), ...foot]));
}

/** The first sentence. */
function brief(text: string): string {
  return /^.*?[.:](?= |$)/u.exec(text)?.[0] ?? text;
}
