import type { Key } from '../google/keys.ts';
import type { Evidence } from '../wizard/step.ts';

/**
 * How long around an intent a key may have been made by it (ms of the server's clock). The clock we know of lags by a second
 * or two; a create call is given up after 20 s, may have waited for a quota, and Google may still finish it.
 */
const EARLIER_MS = 10_000;
const LATER_MS = 300_000;

/**
 * What to remember of a key that is about to be made: the keys that exist, and the server's time. Nothing else tells a key
 * of ours, whose answer was lost, from one that somebody makes later.
 */
export function traceOf(existing: readonly string[], now: Date): Evidence {
  return { existing: existing.join(' '), at: now.toISOString() };
}

/**
 * The keys that an interrupted run may have made, by what it had remembered: new since then, made at that moment, and not
 * held in the file. One is its orphan; of several nobody can tell which.
 */
export function appearedSince(
  trace: Evidence | undefined,
  listed: readonly Key[],
  held: string | undefined,
): Key[] {
  const { existing, at, id: delivered } = trace ?? {};
  if (existing === undefined || at === undefined) return [];
  const known = new Set([...existing.split(' '), held, delivered]);
  const begun = Date.parse(at);
  return listed.filter(({ id, validAfter }) => {
    const after = validAfter.getTime() - begun;
    return !known.has(id) && after >= -EARLIER_MS && after <= LATER_MS;
  });
}
