import { readKeyFile } from '../steps/key-file.ts';
import { keptKeyFiles, keyFilesHere } from './wizard/sign-in/key-files.ts';

/**
 * Finds the service account keys that lie where runs keep them, or in the current folder: their files, by the ID of the
 * key. What cannot be read counts for none.
 */
export async function keysOnThisMachine(endpoint: string | undefined): Promise<ReadonlyMap<string, string>> {
  const place = { env: process.env, cwd: process.cwd(), endpoint };
  const files = (await Promise.all([keyFilesHere(place), keptKeyFiles(place)])).flat();
  const found = await Promise.all(
    files.map(async (file) => {
      const key = await readKeyFile(file).catch(() => undefined);
      return key?.kind === 'key' ? [[key.id, file] as const] : [];
    }),
  );
  return new Map(found.flat());
}
