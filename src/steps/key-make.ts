import type { Evidence, Work } from '../wizard/step.ts';
import type { Tools } from './goal.ts';
import { troubleWith, type SeenKey, type WantedKey } from './key-wanted.ts';
import { closeToOthers, proveWritable, writeKeyFile } from './key-file.ts';

/**
 * Makes the key and puts it into its file. Creating a key cannot be repeated safely, so the keys that exist are
 * written to the journal first; a run that dies in between is reconciled by the next look.
 * @throws ProblemError if the file cannot be written (the new key is then deleted again); CloudError otherwise.
 */
export async function makeKey({ cloud }: Tools, work: Work<WantedKey, SeenKey>): Promise<Evidence> {
  const { project, email, file } = work.wanted;
  const { local, listed, orphans } = work.seen;
  for (const { id } of orphans) await cloud.keys.delete(project, email, id);
  if (local.kind === 'key' && troubleWith(local, listed) === undefined) {
    if (local.openToOthers) await closeToOthers(file);
    return { file, id: local.id };
  }
  await proveWritable(file);
  const gone = new Set(orphans.map(({ id }) => id));
  const existing = listed.map(({ id }) => id).filter((id) => !gone.has(id));
  await work.journal.intend('key', { existing: existing.join(' '), file });
  const made = await cloud.keys.create(project, email);
  try {
    await writeKeyFile(file, made.file);
  } catch (error) {
    await cloud.keys.delete(project, email, made.id);
    throw error;
  }
  return { file, id: made.id };
}
