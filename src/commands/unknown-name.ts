import type { Live } from '../catalog/live.ts';
import type { Catalog } from '../catalog/model.ts';
import { near } from '../catalog/near.ts';
import { searchIndex } from '../catalog/search-index.ts';
import type { ProblemError } from '../wizard/problem.ts';
import { shown } from './shown.ts';
import { usage } from './usage.ts';

/** What to say of a name that the catalog does not know: the nearest ones, or what holds its words. */
export function unknownName(word: string, catalog: Catalog, live: Live | undefined): ProblemError {
  const what = `the catalog knows nothing called ${shown(word)}`;
  const names = [
    ...(live?.names ?? []),
    ...catalog.permissions.map(({ name }) => name),
    ...[...(live?.roles ?? []), ...catalog.roles].map(({ name }) => name),
    ...catalog.methods.map(({ method }) => method),
    ...catalog.notes.map(({ id }) => id),
  ];
  const meant = near(word, [...new Set(names)]);
  if (meant.length > 0) return usage(what, `write ${meant.join(' or ')} if that was meant`);
  const { total } = searchIndex(catalog, live).find(word, 1);
  if (total > 0)
    return usage(
      what,
      `${total} thing${total === 1 ? ' holds' : 's hold'} that: iamready search ${shown(word)}`,
    );
  const refresh = live ? '' : ', or ask Google for all its roles first: iamready catalog refresh';
  return usage(what, `look for a part of its name: iamready search WORDS${refresh}`);
}
