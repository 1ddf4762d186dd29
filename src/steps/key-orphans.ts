import type { Key } from '../google/keys.ts';
import type { Intent, Journal } from '../wizard/journal.ts';
import type { Evidence, Made } from '../wizard/step.ts';
import type { LocalKey } from './key-file.ts';

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

/**
 * What an interrupted run made, where its key did reach the file: only the report of it is missing. Nothing where it did not, or
 * where the key in the file was there before.
 */
export function deliveredBy(intent: Intent | undefined, local: LocalKey): readonly Made[] {
  const existing = intent?.evidence['existing'];
  if (intent === undefined || existing === undefined || local.kind !== 'key') return [];
  return existing.split(' ').includes(local.id) ? [] : intent.making;
}

/**
 * What is to be remembered where no key was made: the keys that were deleted, and the trace of one that was to be made and that
 * no list shows, as it may show later.
 */
export function keptTrace(
  journal: Pick<Journal, 'intent' | 'receipt'>,
  { orphans, going }: { orphans: readonly Key[]; going: readonly { id: string }[] },
): Evidence {
  const trace = orphans.length > 0 ? {} : (journal.intent('key')?.evidence ?? journal.receipt('key'));
  return { ...trace, ...deletedNow(going) };
}

/** The keys that go, as the journal remembers them for as long as nothing else is done about keys. */
export function deletedNow(going: readonly { id: string }[]): Evidence {
  return going.length === 0 ? {} : { deleted: going.map(({ id }) => id).join(' ') };
}
