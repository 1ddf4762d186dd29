import { stat } from 'node:fs/promises';
import { CredentialsError, resolveCredentials, type CredentialsChoice } from '../../../google/credentials.ts';
import { inspectFile } from '../../../google/credentials/inspect-file.ts';
import type { Talk } from '../talk.ts';
import { typedPath } from './paths.ts';
import type { Place } from './source.ts';
import { whyNot } from './why-not.ts';

/**
 * Asks for the path of a file with credentials, or with an access token, until there is one that can be used.
 * @returns nothing where the person goes back
 */
export async function typeFile(talk: Talk, place: Place): Promise<CredentialsChoice | undefined> {
  const answer = await talk.ask({
    kind: 'text',
    id: 'sign-in:file',
    at: 'sign-in',
    title: 'Which file are the credentials in?',
    why: 'A service account key, another credentials file of Google, or a file that holds an access token and nothing else.',
    flag: '--credentials',
    canGoBack: true,
    noun: 'path of the file',
    value: '',
    check: (text) => (text.trim() === '' ? 'type the path of a file, such as ~/key.json' : undefined),
    confirm: async (text) => {
      const read = await readTyped(text, place);
      return 'refusal' in read ? read.refusal : undefined;
    },
  });
  if (answer.kind !== 'typed') return undefined;
  const read = await readTyped(answer.text, place);
  // It was there when it was confirmed; if it is gone since, whoever resolves the choice says so.
  return 'choice' in read ? read.choice : { credentialsFile: typedPath(answer.text, place) };
}

async function readTyped(
  text: string,
  place: Place,
): Promise<{ choice: CredentialsChoice } | { refusal: string }> {
  const file = typedPath(text, place);
  try {
    const found = await stat(file).catch(() => undefined);
    // Before it is read: a pipe would be read empty, a device without end.
    if (found !== undefined && !found.isFile() && !found.isDirectory())
      return { refusal: 'it is no regular file; name a file' };
    const { holds } = await inspectFile(file);
    const choice = holds === 'json' ? { credentialsFile: file } : { accessTokenFile: file };
    await resolveCredentials({ ...choice, endpoint: place.endpoint, env: place.env });
    return { choice };
  } catch (error) {
    if (error instanceof CredentialsError) return { refusal: whyNot(error) };
    throw error;
  }
}
