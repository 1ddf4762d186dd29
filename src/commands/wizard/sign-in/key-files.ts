import { opendir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CredentialsError } from '../../../google/credentials.ts';
import { credentialsFile } from '../../../google/credentials/credentials-file.ts';
import { inspectFile, LONGEST_CREDENTIALS_FILE } from '../../../google/credentials/inspect-file.ts';
import { keysFolder, projectPath } from '../../folders.ts';
import { brokenFile, sightingOfFile } from './sighting.ts';
import type { Place, Sighting } from './source.ts';

/** JSON files looked into in all, and entries of one folder gone through: a folder of a million files costs no time. */
const MOST_FILES = 40;
const MOST_ENTRIES = 2000;

/** Service account keys that lie in the current folder. Never throws for what stands there. */
export async function findKeysHere(place: Place): Promise<readonly Sighting[]> {
  return keysAmong(await keyFilesHere(place), place);
}

/** Files in the current folder that may hold a key. */
export function keyFilesHere({ cwd }: Pick<Place, 'cwd'>): Promise<readonly string[]> {
  return jsonFilesIn(cwd, MOST_FILES);
}

/** Service account keys that earlier runs made for the cloud at the other end: `<keys>/[<host>/]<project>/<account>.json`. */
export async function findKeptKeys(place: Place): Promise<readonly Sighting[]> {
  return keysAmong(await keptKeyFiles(place), place);
}

/** Files that may hold a key where earlier runs keep those for the cloud at the other end. */
export async function keptKeyFiles({
  env,
  endpoint,
}: Pick<Place, 'env' | 'endpoint'>): Promise<readonly string[]> {
  const folder = join(keysFolder(env), dirname(projectPath('project', endpoint)));
  const files: string[] = [];
  for (const project of await namesIn(folder, (entry) => entry.isDirectory())) {
    if (files.length >= MOST_FILES) break;
    files.push(...(await jsonFilesIn(join(folder, project), MOST_FILES - files.length)));
  }
  return files;
}

async function keysAmong(files: readonly string[], place: Place): Promise<readonly Sighting[]> {
  const seen = await Promise.all(files.map((file) => keyIn(file, place)));
  return seen.filter((each) => each !== undefined);
}

/** What is no service account key is none of our business, and neither is what may not be read. */
async function keyIn(file: string, place: Place): Promise<Sighting | undefined> {
  const id = `file:${file}`;
  try {
    const content = await inspectFile(file);
    if (content.holds !== 'json' || content.type !== 'service_account') return undefined;
  } catch (error) {
    if (error instanceof CredentialsError) return undefined;
    throw error;
  }
  try {
    const credentials = await credentialsFile(file, place.env);
    return sightingOfFile({ id, file, credentials, choice: { credentialsFile: file } }, place);
  } catch (error) {
    return brokenFile({ id, file, label: 'a damaged key', kind: 'service account key' }, error, place);
  }
}

/** Small regular *.json files, by name; what a link points to counts. */
async function jsonFilesIn(folder: string, most: number): Promise<string[]> {
  const names = await namesIn(folder, (entry) => entry.name.endsWith('.json') && !entry.isDirectory());
  const files = names.slice(0, most).map((name) => join(folder, name));
  const small = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => undefined);
      return found?.isFile() === true && found.size <= LONGEST_CREDENTIALS_FILE;
    }),
  );
  return files.filter((_, at) => small[at]);
}

interface Entry {
  name: string;
  isDirectory(): boolean;
}

async function namesIn(folder: string, wanted: (entry: Entry) => boolean): Promise<string[]> {
  const names: string[] = [];
  try {
    let passed = 0;
    for await (const entry of await opendir(folder)) {
      if (wanted(entry)) names.push(entry.name);
      passed += 1;
      if (passed >= MOST_ENTRIES) break;
    }
  } catch (error) {
    // No such folder, or one that may not be read: there is nothing to offer in it.
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
  return names.toSorted();
}
