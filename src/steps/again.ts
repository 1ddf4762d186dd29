import { setTimeout as sleep } from 'node:timers/promises';
import { isCloudError } from '../google/errors.ts';

const pausesMs = [250, 1000, 3000];
/** Nobody is kept waiting longer than this because the server asks for it. */
const mostMs = 20_000;

/**
 * Makes a write again that Google's side failed (5xx), up to three times with pauses in between. Whether the first one
 * was carried out is unknown, so this is only for writes that do no harm twice: those that turn on what may be on, name
 * what they make (then it exists), or carry the etag they were worked out from (then they conflict).
 * @throws CloudError of the last attempt
 */
export const againIfUnavailable = <T>(write: () => Promise<T>, signal: AbortSignal): Promise<T> =>
  againWhere(write, signal, (error) => isCloudError(error, 'unavailable'));

/**
 * Makes a write again, up to three times, where it may be; with pauses in between, or as long as the server asks for.
 * @param may tells whether this failure allows it, after so many attempts
 * @throws CloudError of the last attempt
 */
export async function againWhere<T>(
  write: () => Promise<T>,
  signal: AbortSignal,
  may: (error: unknown, attempts: number) => boolean | Promise<boolean>,
): Promise<T> {
  for (const [index, ms] of pausesMs.entries()) {
    try {
      return await write();
    } catch (error) {
      if (index > 0) noteInDoubt(error);
      const asked = isCloudError(error) ? (error.retryAfterMs ?? 0) : 0;
      if (asked > mostMs || !(await may(error, index + 1))) throw error;
      await sleep(Math.max(asked, ms * (0.5 + Math.random() / 2)), undefined, { signal });
    }
  }
  return write().catch((error: unknown) => {
    noteInDoubt(error);
    throw error;
  });
}

const inDoubt = new WeakSet<Error>();
const noteInDoubt = (error: unknown): unknown => error instanceof Error && inDoubt.add(error);

/** True for a failure of a write that was sent before and may have been carried out then: what is there may be ours. */
export const isInDoubt = (error: unknown): boolean => error instanceof Error && inDoubt.has(error);

/**
 * True where somebody has written since the etag was read, and this was the first time that the write was sent: nothing of it
 * was carried out.
 */
export const wasOvertaken = (error: unknown): boolean =>
  isCloudError(error, 'conflict') && error.attempts === 1 && !isInDoubt(error);
