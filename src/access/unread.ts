import { isCloudError } from '../google/errors.ts';
import type { Unread } from './graph.ts';

/** What may be left out of the picture, what it was that was asked for, and what would let us ask. */
export interface About {
  /** "the allow policy of the folder 418820519377". */
  readonly what: string;
  /** A role or step that would let it be read. */
  readonly next: string;
}

/**
 * The answer of a read; where the caller may not, where the API is off or where it is not there, that is put on the list and
 * nothing is given. @throws whatever else the read throws: then nothing at all can be told
 */
export async function readOr<T>(
  read: Promise<T>,
  { what, next }: About,
  unread: Unread[],
): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isCloudError(error, 'denied')) unread.push({ what, why: 'you may not look at it', next });
    else if (isCloudError(error, 'service-disabled')) {
      const service = error.metadata['service'] ?? 'the API';
      unread.push({
        what,
        why: `${service} is off`,
        next: `turn it on, if it is to be used: gcloud services enable ${service}`,
      });
    } else if (isCloudError(error, 'not-found', 'invalid'))
      unread.push({
        what,
        why: 'Google finds nothing of that name',
        next: 'nothing to do, unless it should be there',
      });
    else throw error;
    return undefined;
  }
}
