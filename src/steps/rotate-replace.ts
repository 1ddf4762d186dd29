import { ProblemError, type Problem } from '../wizard/problem.ts';
import type { Evidence, Work } from '../wizard/step.ts';
import type { Tools } from './goal.ts';
import { proveWritable, writeKeyFile } from './key-file.ts';
import { deletedNext, discardKey, leftWords, withLeftKey, type LeftKey } from './key-discard.ts';
import { deleteKeys } from './key-going.ts';
import { createKey } from './key-make.ts';
import { keptTrace } from './key-orphans.ts';
import { replacedKey } from './key-retired.ts';
import type { WantedKey } from './key-wanted.ts';
import type { FreshKey, Rotation, SeenRotation } from './rotation.ts';
import { isAccepted } from './sign-in.ts';

/** Google does not accept the new key everywhere yet; that passes. */
export class NotAcceptedYetError extends Error {
  override readonly name = 'NotAcceptedYetError';
}

/** How long Google may take to accept a new key, in ms; less than the step's patience, so that the key can still be deleted. */
const PATIENCE_MS = 540_000;
/** Sign-ins that have to succeed, at first and where one has failed: a lucky few prove little where replicas lag. */
const AGREE = 3;
const AGREE_AFTER_REFUSAL = 12;

type RotationWork = Work<WantedKey, SeenRotation>;

/**
 * Makes a key, holds it in memory until Google accepts it, and only then puts it into the file: at any moment the file holds a
 * key that signs in. Called again while Google does not accept it, it goes on with the same key.
 * @throws NotAcceptedYetError while Google does not accept the new key; ProblemError if it never does, or if the file cannot
 *   be written (the new key is then deleted again); CloudError otherwise
 */
export async function replaceKey(tools: Tools, work: RotationWork, rotation: Rotation): Promise<Evidence> {
  const { cloud } = tools;
  const { wanted, seen, journal } = work;
  const { project, email, file } = wanted;
  const going = seen.going.map(({ id }) => id);
  if (going.length > 0) await deleteKeys(cloud, wanted, going, work);
  if (seen.replaces === undefined)
    return { ...keptTrace(journal, seen), file, ...(seen.local.kind === 'key' && { id: seen.local.id }) };
  const fresh = (rotation.fresh ??= await make());
  if (!(await isAcceptedEverywhere())) {
    fresh.refused = true;
    if (performance.now() - fresh.since < PATIENCE_MS) throw new NotAcceptedYetError();
    rotation.fresh = undefined;
    throw new ProblemError(neverAccepted(wanted, await discardKey(cloud, work, fresh.id)));
  }
  await writeKeyFile(file, fresh.file).catch(async (error: unknown) => {
    rotation.fresh = undefined;
    throw withLeftKey(error, await discardKey(cloud, work, fresh.id));
  });
  rotation.replaced = true;
  rotation.fresh = undefined;
  return fresh.evidence;

  async function make(): Promise<FreshKey> {
    await proveWritable(file);
    const replaces = seen.replaces ?? '';
    const making = [
      { what: 'key', did: 'made', name: email, evidence: {} },
      replacedKey(email, replaces, file),
    ];
    const { made, evidence } = await createKey(cloud, work, making, { replaces });
    return { id: made.id, file: made.file, evidence, since: performance.now(), refused: false };
  }

  async function isAcceptedEverywhere(): Promise<boolean> {
    if (!fresh.refused) return isAccepted(cloud, project, fresh.file, AGREE);
    return (
      (await isAccepted(cloud, project, fresh.file, 1)) &&
      isAccepted(cloud, project, fresh.file, AGREE_AFTER_REFUSAL - 1)
    );
  }
}

/** The new key is of no use. @param left the key, where it was not deleted again */
export function neverAccepted(
  { email, file }: Pick<WantedKey, 'email' | 'file'>,
  left: LeftKey | undefined,
): Problem {
  return {
    mover: 'cloud',
    what: `Google made a key of ${email}, but did not accept it for ${PATIENCE_MS / 60_000} minutes`,
    why: `${file} is as it was; ${left === undefined ? 'the new key was deleted again' : leftWords(left)}`,
    next: left === undefined ? 'wait a few minutes, then run this again' : deletedNext,
    exit: 'cloud',
  };
}
