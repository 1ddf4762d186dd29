import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { accessTokenFile } from '../../../google/credentials/access-token-file.ts';
import { applicationDefaultPlaces } from '../../../google/credentials/application-default.ts';
import { credentialsFile } from '../../../google/credentials/credentials-file.ts';
import { brokenFile, sightingOfFile } from './sighting.ts';
import type { Place, Sighting } from './source.ts';

/** The access token in the file that IAMREADY_ACCESS_TOKEN_FILE names. Never throws for what stands there. */
export async function findTokenFile(place: Place): Promise<readonly Sighting[]> {
  const named = place.env['IAMREADY_ACCESS_TOKEN_FILE'];
  if (!named) return [];
  const id = 'access-token-file';
  const file = resolve(place.cwd, named);
  try {
    const unread = { kind: 'access-token' } as const;
    const credentials = (await givesOnce(file)) ? unread : await accessTokenFile(file);
    return [sightingOfFile({ id, file, credentials, choice: { accessTokenFile: file } }, place)];
  } catch (error) {
    return [
      brokenFile({ id, file, label: 'IAMREADY_ACCESS_TOKEN_FILE', kind: 'access token' }, error, place),
    ];
  }
}

/**
 * Application Default Credentials: the file that GOOGLE_APPLICATION_CREDENTIALS names, and the one that gcloud made. Google's
 * tools would take the first of them; here a person chooses, and both are shown.
 */
export async function findApplicationDefault(place: Place): Promise<readonly Sighting[]> {
  const places = applicationDefaultPlaces(place.env);
  const named = places.named ? resolve(place.cwd, places.named) : undefined;
  const wellKnown = resolve(place.cwd, places.wellKnown);
  const made = wellKnown !== named && (await isThere(wellKnown));
  const files = [
    ...(named === undefined ? [] : [{ id: 'adc-variable', file: named }]),
    ...(made ? [{ id: 'adc', file: wellKnown }] : []),
  ];
  return Promise.all(files.map(({ id, file }) => applicationDefault(id, file, place)));
}

async function applicationDefault(id: string, file: string, place: Place): Promise<Sighting> {
  const kind = 'application default credentials';
  try {
    const unread = { kind: 'adc', googleOnly: true } as const;
    const credentials = (await givesOnce(file)) ? unread : await credentialsFile(file, place.env);
    return sightingOfFile({ id, file, credentials, choice: { credentialsFile: file }, kind }, place);
  } catch (error) {
    const label = id === 'adc' ? 'your Google account' : 'GOOGLE_APPLICATION_CREDENTIALS';
    return brokenFile({ id, file, label, kind }, error, place);
  }
}

/** A pipe, as `<(command)` makes one: its content is gone once it was read, so that it is read only when it is chosen. */
async function givesOnce(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** Whether there is something; what cannot be seen is told when it is read. */
async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ENOENT'),
  );
}
