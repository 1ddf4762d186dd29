import { invalidArgument } from './errors.ts';

/** One page of a list, and the token of the next one when there is more. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken?: string | undefined;
}

/**
 * Cuts a page out of a list by `pageSize` and `pageToken`. A size of 0 or none is the default; one past the largest is
 * cut down to it. A token is opaque and belongs to its list: another one's, or a made-up one, is a 400.
 */
export function paginate<T>(
  items: readonly T[],
  query: URLSearchParams,
  list: string,
  sizes: { usual: number; largest: number },
): Page<T> {
  const asked = Number(query.get('pageSize') ?? 0);
  if (!Number.isInteger(asked) || asked < 0) throw invalidArgument('Request contains an invalid argument.');
  const size = asked === 0 ? sizes.usual : Math.min(asked, sizes.largest);
  const start = startOf(query.get('pageToken') ?? '', list);
  const end = start + size;
  return {
    items: items.slice(start, end),
    nextPageToken: end < items.length ? Buffer.from(`${list}\n${end}`).toString('base64url') : undefined,
  };
}

function startOf(token: string, list: string): number {
  if (token === '') return 0;
  const [of, at] = Buffer.from(token, 'base64url').toString().split('\n');
  const start = Number(at);
  if (of !== list || !Number.isInteger(start)) throw invalidArgument('Request contains an invalid argument.');
  return start;
}
