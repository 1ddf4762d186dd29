import { attachedAccount } from '../../../google/credentials/application-default.ts';
import { printable } from '../../../print/printable.ts';
import type { Place, Sighting } from './source.ts';

/** The metadata server is on the machine itself: one that takes longer is none, in ms. */
const ATTACHED_DEADLINE_MS = 2_000;

/** The account of the Google machine this runs on, if that is known at once. Only for Google: nobody named it. */
export async function findAttached({ endpoint }: Place): Promise<readonly Sighting[]> {
  if (endpoint !== undefined) return [];
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), ATTACHED_DEADLINE_MS);
  try {
    const account = await Promise.race([attachedAccount(), late]);
    if (account === undefined) return [];
    return [
      {
        id: 'attached',
        label: printable(account.principal),
        columns: ['attached account', 'this Google machine'],
        detail: 'The account that this machine runs as; its metadata server gives the tokens.',
        choice: { attached: true },
      },
    ];
  } finally {
    clearTimeout(timer);
  }
}
