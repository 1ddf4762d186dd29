import type { ListedKey } from '../wizard/problem.ts';

/** A key in words, each of which can stand in a column. */
export interface KeyWords {
  /** "612 days". */
  age: string;
  /** "made by Google on 2024-02-29", "uploaded on 2024-02-29, disabled". */
  kind: string;
  /** "used 2026-11-20", or that nobody knows. */
  use: string;
  /** The file that holds it, or that none was found here. */
  place: string;
}

/** What people read of a key that they may choose. */
export function keyWords({
  created,
  ageDays,
  origin,
  disabled,
  expires,
  expired,
  lastUsed,
  file,
}: ListedKey): KeyWords {
  const until = expires?.slice(0, 10);
  return {
    age: `${ageDays} day${ageDays === 1 ? '' : 's'}`,
    kind: [
      `${origin === 'google' ? 'made by Google' : 'uploaded'} on ${created.slice(0, 10)}`,
      ...(disabled ? ['disabled'] : []),
      ...(until === undefined ? [] : [`${expired ? 'expired' : 'expires'} ${until}`]),
    ].join(', '),
    use: lastUsed === undefined ? 'use not known' : lastUsed === null ? 'no use seen' : `used ${lastUsed}`,
    place: file ?? 'no file here',
  };
}
