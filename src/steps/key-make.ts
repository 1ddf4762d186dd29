import { setTimeout as sleep } from 'node:timers/promises';
import type { Cloud } from '../google/cloud.ts';
import { isCloudError } from '../google/errors.ts';
import { AlreadyThereError } from '../wizard/attempt.ts';
import type { Evidence, Made, Work } from '../wizard/step.ts';
import { againWhere } from './again.ts';
import type { Tools } from './goal.ts';
import { troubleWith, type SeenKey, type WantedKey } from './key-wanted.ts';
import { closeToOthers, proveWritable, writeKeyFile } from './key-file.ts';
import { discardKey, withLeftKey } from './key-discard.ts';
import { deleteKeys } from './key-going.ts';
import { deletedNow, keptTrace, traceOf } from './key-orphans.ts';
import { keysReplaced } from './key-replaced.ts';

/** Answers that mean: no key was made. */
const refusals = ['denied', 'precondition', 'not-found', 'invalid', 'service-disabled', 'quota'] as const;

/** What is left to take back: the new key, where one is made. Its ID is known once Google has made it. */
export function madeKey(wanted: WantedKey, seen: SeenKey): Made[] {
  const { local, listed, delivered } = seen;
  if (local.kind !== 'none' && troubleWith(local, listed) === undefined) return [...delivered];
  return [{ what: 'key', did: 'made', name: wanted.email, evidence: {} }, ...keysReplaced(wanted, seen)];
}

/**
 * Makes the key and puts it into its file. Creating a key cannot be repeated safely, so the keys that exist are
 * written to the journal first; a run that dies in between is reconciled by the next look.
 * @throws ProblemError if the file cannot be written (the new key is then deleted again); CloudError otherwise.
 */
export async function makeKey({ cloud }: Tools, work: Work<WantedKey, SeenKey>): Promise<Evidence> {
  const { file } = work.wanted;
  const { local, listed, going } = work.seen;
  const { journal } = work;
  await deleteKeys(
    cloud,
    work.wanted,
    going.map(({ id }) => id),
    work,
  );
  if (local.kind === 'closed') {
    await closeToOthers(file);
    throw new AlreadyThereError(`${file} can be read now, and is looked at again`);
  }
  if (local.kind === 'key' && troubleWith(local, listed) === undefined) {
    if (local.openToOthers || local.closedToOwner) await closeToOthers(file);
    return { ...keptTrace(journal, work.seen), file, id: local.id };
  }
  await proveWritable(file);
  const { made, evidence } = await createKey(cloud, work, madeKey(work.wanted, work.seen));
  await writeKeyFile(file, made.file).catch(async (error: unknown) => {
    throw withLeftKey(error, await discardKey(cloud, work, made.id));
  });
  return evidence;
}

/**
 * Has Google make a key, with the intent to make it in the journal before. The keys that go are gone by now.
 * @param making - what is left to take back, for the journal
 * @param more - what else the intent is to remember
 * @returns the key, and what the journal is to remember once it is in its file
 */
export async function createKey(
  cloud: Cloud,
  work: Pick<Work<WantedKey, SeenKey>, 'wanted' | 'seen' | 'journal' | 'signal'>,
  making: readonly Made[],
  more: Evidence = {},
): Promise<{ made: Awaited<ReturnType<Cloud['keys']['create']>>; evidence: Evidence }> {
  const { project, email, file } = work.wanted;
  const { listed, orphans, unsure, going } = work.seen;
  const { journal } = work;
  const gone = new Set(going.map(({ id }) => id));
  const existing = listed.map(({ id }) => id).filter((id) => !gone.has(id));
  // An orphan that no list shows yet may show later: the receipt goes on remembering it.
  let unfound = orphans.length + unsure.length === 0 ? journal.intent('key')?.evidence : undefined;
  const intent = { ...traceOf(existing, cloud.serverTime()), file, ...more };
  await journal.intend('key', intent, making);
  try {
    const made = await againWhere(() => cloud.keys.create(project, email), work.signal, mayTryAgain);
    return { made, evidence: { ...unfound, ...deletedNow(going), file, id: made.id } };
  } catch (error) {
    // The refusal of a second attempt says nothing of the first.
    if (isCloudError(error, ...refusals) && unfound !== intent) await journal.withdraw('key');
    throw error;
  }

  /**
   * Google's side failed, or refused in a way that a server in between may use as well after Google had acted: several lists
   * in a row have to agree that there is no new key all the same.
   */
  async function mayTryAgain(error: unknown, attempts: number): Promise<boolean> {
    const failedOnce = attempts === 1 && isCloudError(error, 'unavailable', 'unauthenticated');
    if (!failedOnce && !isCloudError(error, 'quota')) return false;
    unfound ??= intent;
    for (let agreed = 0; agreed < 3; agreed++) {
      await sleep(200, undefined, { signal: work.signal });
      const now = await cloud.keys.list(project, email);
      if (now.some(({ id }) => !existing.includes(id))) return false;
    }
    return true;
  }
}
