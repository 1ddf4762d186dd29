import type { Key } from '../google/keys.ts';
import type { Journal } from '../wizard/journal.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { LocalKey } from './key-file.ts';
import { goingKeys } from './key-going.ts';
import { appearedSince, deliveredBy } from './key-orphans.ts';
import { inUse } from './key-problems.ts';
import { retiredKeys } from './key-retired.ts';
import { putThere, type SeenKey, type WantedKey } from './key-wanted.ts';
import { wornKey } from './key-worn.ts';

/**
 * What the list of keys, the file and the journal together say.
 * @param now - of the server's clock
 * @throws ProblemError where the key that a person chose to delete is the one in the file.
 */
export function seenKeys(
  wanted: WantedKey,
  journal: Journal,
  { local, listed, now }: { local: LocalKey; listed: readonly Key[]; now: Date },
): SeenKey {
  const { email, file, deleteKey } = wanted;
  const held = local.kind === 'key' ? local.id : undefined;
  if (held !== undefined && held === deleteKey?.value) throw new ProblemError(inUse(held, file));
  const intent = journal.intent('key');
  const appeared = appearedSince(intent?.evidence ?? journal.receipt('key'), listed, held);
  const sure = appeared.length === 1;
  const orphans = sure ? appeared : [];
  return {
    unseen: false,
    local,
    listed: listed.map((key) => wornKey(key, wanted, now)),
    put: putThere(journal, wanted),
    orphans,
    unsure: sure ? [] : appeared,
    going: goingKeys(wanted, journal, { listed, orphans, held, now }),
    deleted: journal.receipt('key')?.['deleted']?.split(' ') ?? [],
    retired: retiredKeys(journal, email),
    delivered: deliveredBy(intent, local),
  };
}
