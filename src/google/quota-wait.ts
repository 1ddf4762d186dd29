import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller } from './caller.ts';
import { CloudError } from './errors.ts';

/** A wait for the next minute's quota. */
export interface QuotaWait {
  /** The call that waits, such as `iam policies.list`. */
  what: string;
  /** How long, in ms. */
  ms: number;
}

/** Told before each wait, so that nobody takes it for a hang. */
export type OnQuotaWait = (wait: QuotaWait) => void;

const MINUTE_MS = 60_000;
/** The next minute begins at the other end, whose clock is known to a second (its `Date`). */
const CLOCK_MARGIN_MS = 1_000;

/**
 * Waits after a refusal for the rate: as long as Google told (RetryInfo, Retry-After), at most a minute; else until the next
 * minute of its clock begins, since these limits are counted by the minute (IAM quotas).
 * @throws {CloudError} `cancelled`
 */
export async function untilNextMinute(
  caller: Caller,
  refusal: CloudError,
  onWait: OnQuotaWait | undefined,
): Promise<void> {
  const { api, method, attempts, retryAfterMs } = refusal;
  const now = caller.serverTime().getTime();
  const ms = Math.min(retryAfterMs ?? MINUTE_MS - (now % MINUTE_MS) + CLOCK_MARGIN_MS, MINUTE_MS);
  onWait?.({ what: `${api} ${method}`, ms });
  const { signal } = caller;
  try {
    await sleep(ms, undefined, signal ? { signal } : {});
  } catch {
    throw new CloudError({ api, method, attempts }, { kind: 'cancelled', message: 'cancelled' });
  }
}
