import type { Cloud } from '../google/cloud.ts';
import type { Journal } from '../wizard/journal.ts';

/**
 * Lets the journal keep by whose hand things are made, as far as Google tells whose the token is. Nobody waits for that: it
 * is known long before the first write, and where it is not, what is made is made all the same, and nobody is named.
 */
export function signJournal(journal: Journal, cloud: Pick<Cloud, 'whose'>): void {
  cloud.whose().then(
    (by) => {
      if (by !== undefined) journal.sign(by);
    },
    () => undefined,
  );
}
