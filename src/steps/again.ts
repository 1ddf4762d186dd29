import { setTimeout as sleep } from 'node:timers/promises';
import { isCloudError } from '../google/errors.ts';

const pausesMs = [250, 1000, 3000];

/**
 * Makes a write again that Google's side failed (5xx), up to three times with pauses in between. Whether the first one
 * was carried out is unknown, so this is only for writes that do no harm twice: those that turn on what may be on, name
 * what they make (then it exists), or carry the etag they were worked out from (then they conflict).
 * @throws CloudError of the last attempt
 */
export async function againIfUnavailable<T>(write: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const ms of pausesMs) {
    try {
      return await write();
    } catch (error) {
      if (!isCloudError(error, 'unavailable')) throw error;
      await sleep(ms * (0.5 + Math.random() / 2), undefined, { signal });
    }
  }
  return write();
}
