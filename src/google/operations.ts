import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Caller } from './caller.ts';
import { CloudError } from './errors.ts';
import { operationError } from './google-error.ts';
import { printable } from './printable.ts';
import type { Send } from './transport.ts';

/** Waits between looks at an operation, and for the whole of it, in ms. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4_000;
const OPERATION_DEADLINE_MS = 300_000;

/** A long-running operation (google.longrunning.Operation). */
export const operation = z.object({
  name: z.string(),
  done: z.boolean().default(false),
  error: operationError.optional(),
  response: z.unknown().optional(),
});
export type Operation = z.infer<typeof operation>;

/** How to look at the operations of one API. */
export interface OperationApi {
  /** Such as `serviceusage`. */
  api: string;
  get: (name: string, caller: Caller) => Send;
}

/**
 * Waits until an operation is done.
 * @param onWait told before each wait how long the operation has taken so far, in ms
 * @returns the operation's response, unread
 * @throws {CloudError} also when the operation itself fails, or takes longer than 5 minutes (kind `timeout`)
 */
export async function finishOperation(
  caller: Caller,
  begun: Operation,
  { api, get }: OperationApi,
  onWait?: (elapsedMs: number) => void,
): Promise<unknown> {
  const call = { api, method: 'operations.get' };
  const started = performance.now();
  let seen = begun;
  let wait = FIRST_WAIT_MS;
  // Some come done, such as `operations/noop.DONE_OPERATION`, which must not be asked for.
  while (!seen.done) {
    const elapsed = performance.now() - started;
    if (elapsed > OPERATION_DEADLINE_MS)
      throw new CloudError(
        { ...call, attempts: 1 },
        {
          kind: 'timeout',
          message: `the operation ${printable(begun.name)} is not done after ${Math.round(elapsed)} ms`,
        },
      );
    onWait?.(elapsed);
    await pause(caller.signal, wait, call);
    wait = Math.min(wait * 1.5, LONGEST_WAIT_MS);
    seen = await caller.call({ ...call, repeatable: true, schema: operation }, get(begun.name, caller));
  }
  if (seen.error) throw caller.operationFailure(call, seen.error);
  return seen.response;
}

async function pause(
  signal: AbortSignal | undefined,
  ms: number,
  call: { api: string; method: string },
): Promise<void> {
  try {
    await sleep(ms, undefined, signal ? { signal } : {});
  } catch {
    throw new CloudError({ ...call, attempts: 0 }, { kind: 'cancelled', message: 'cancelled while waiting' });
  }
}
