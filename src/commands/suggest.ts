import type { Live } from '../catalog/live.ts';
import type { Catalog } from '../catalog/model.ts';
import { suggest as suggested, type Fit, type Suggestion } from '../catalog/suggest.ts';
import type { Event } from '../faces/json/events.ts';
import { jsonLine } from '../faces/json/json-line.ts';
import { printed } from '../print/printable.ts';
import { catalogData, liveData } from './catalog-data.ts';
import { listed } from './listed-words.ts';
import { suggestionPage } from './suggestion-page.ts';
import { unknownName } from './unknown-name.ts';
import { unanswered } from './usage.ts';
import { written, type Output } from './written.ts';

/** What `iamready suggest` was asked. */
export interface SuggestRequest extends Output {
  /** Names with commas or spaces between. */
  readonly permissions?: string | undefined;
  readonly methods?: string | undefined;
}

/**
 * Prints the smallest of Google's roles that covers permissions or methods, what it gives too much, and the custom role.
 * @throws ProblemError when nothing was named, or a name is not known
 */
export async function suggest(request: SuggestRequest): Promise<void> {
  const { json, out, columns = 80, env = process.env } = request;
  const methods = listed(request.methods);
  const names = listed(request.permissions);
  if (methods.length + names.length === 0)
    throw unanswered(
      'a role for what?',
      'name permissions or methods: --permissions=run.jobs.run,run.executions.cancel or --methods=deployments.insert',
    );
  const catalog = await catalogData();
  const live = liveData(env);
  const asked = [...names, ...permissionsOf(methods, catalog, live)];
  for (const name of names) if (!isKnown(name, catalog, live)) throw unknownName(name, catalog, live);
  const found = suggested(asked, catalog, live);
  if (!json) return written(out, printed(suggestionPage(found, columns)));
  const { asOf, role, together, custom, held } = found;
  const events: Event[] = [
    {
      v: 1,
      type: 'suggestion',
      asked: [...found.asked],
      role: role ? fitLine(role) : null,
      together: together.map(fitLine),
      heldByNone: [...held],
      custom: { permissions: [...custom.permissions], refused: [...custom.refused] },
      asOf,
    } satisfies Event,
    { v: 1, type: 'result', status: 'ready', exitCode: 0 },
  ];
  return written(out, events.map(jsonLine).join(''));
}

function isKnown(name: string, { permissions }: Catalog, live: Live | undefined): boolean {
  return permissions.some((each) => each.name === name) || live?.has(name) === true;
}

/** What API methods need, in the order of their names. @throws ProblemError for one that the catalog does not know */
export function permissionsOf(
  methods: readonly string[],
  catalog: Catalog,
  live: Live | undefined,
): Suggestion['asked'] {
  const found: string[] = [];
  for (const asked of methods) {
    const rows = catalog.methods.filter(({ method, prefix }) =>
      [method, `${prefix}.${method}`].includes(asked),
    );
    const meant = catalog.methods.filter(
      (row) => row.meant === asked || `${row.prefix}.${row.meant ?? ''}` === asked,
    );
    // Of a method that a page lists twice, the row that means another one is not meant here.
    const own = rows.filter((row) => row.meant === undefined);
    const needed = [...own, ...meant].map(({ permission }) => permission);
    if (needed.length === 0) throw unknownName(asked, catalog, live);
    found.push(...needed);
  }
  return found;
}

function fitLine({ role, title, size, extra, risks, missing, lowest }: Fit) {
  return {
    ...{ role, title, size, extra: [...extra], risks: [...risks], missing: [...missing] },
    ...(lowest !== undefined && { lowest }),
  };
}
