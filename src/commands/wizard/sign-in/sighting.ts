import type { Credentials, CredentialsChoice } from '../../../google/credentials.ts';
import { mayGoTo, notForEndpoint } from '../../../google/credentials/not-for-endpoint.ts';
import { printable } from '../../../print/printable.ts';
import { readablePath } from './paths.ts';
import type { Place, Sighting } from './source.ts';
import { whyNot } from './why-not.ts';

/** Credentials of one file, and how they are named. */
export interface SeenFile {
  id: string;
  file: string;
  credentials: Pick<Credentials, 'kind' | 'email' | 'googleOnly' | 'home'>;
  choice: CredentialsChoice;
  /** What kind it is, where the place says more about it than its content. */
  kind?: string;
}

const kinds: Readonly<Record<Credentials['kind'], string>> = {
  adc: 'application default credentials',
  gcloud: 'gcloud',
  'key-file': 'service account key',
  'user-file': 'your own login',
  'federated-file': 'federated identity',
  'access-token': 'access token',
  impersonated: 'acts as an account',
};

const meanings: Readonly<Record<Credentials['kind'], string>> = {
  adc: 'What programs on this machine use where they are told nothing else.',
  gcloud: 'gcloud gives the tokens (gcloud auth print-access-token).',
  'key-file': 'Signs in as this service account; it can set up only as much as it was granted itself.',
  'user-file': 'Your own login, which programs on this machine use too.',
  'federated-file': 'An identity of another provider, exchanged at Google for a token.',
  'access-token': 'Whoever the token was made for; it ends about an hour after it was made.',
  impersonated: 'Acts as this service account, by the right of your own login.',
};

/** What a person reads about credentials in a file. For an endpoint that is not Google's: whether they may go there, too. */
export function sightingOfFile({ id, file, credentials, choice, kind }: SeenFile, place: Place): Sighting {
  const { endpoint } = place;
  const named = {
    id,
    label: printable(credentials.email ?? nameless(credentials.kind)),
    columns: [kind ?? kinds[credentials.kind], printable(readablePath(file, place))],
  };
  const detail = meanings[credentials.kind];
  if (endpoint === undefined) return { ...named, detail, choice };
  if (credentials.kind === 'access-token')
    return { ...named, detail: `This token is sent to ${endpoint}.`, choice };
  if (!mayGoTo(credentials, endpoint)) return { ...named, unavailable: onlyForGoogle(endpoint) };
  const sent =
    credentials.home === endpoint
      ? `This login was made at ${endpoint}, and is sent there alone.`
      : `What is signed with ${credentials.kind === 'key-file' ? 'this key' : 'the key in it'} for ${endpoint} alone is sent there; it is worthless at Google.`;
  return { ...named, detail: sent, choice };
}

/** A file that should hold credentials and cannot be used. @throws what is no CredentialsError */
export function brokenFile(
  { id, file, label, kind }: { id: string; file: string; label: string; kind: string },
  error: unknown,
  place: Place,
): Sighting {
  const columns = [kind, printable(readablePath(file, place))];
  return { id, label, columns, unavailable: printable(whyNot(error)) };
}

/** Why a login cannot be used elsewhere. */
export function onlyForGoogle(endpoint: string): string {
  const { remedy } = notForEndpoint('', '');
  return `it signs in at Google itself, and not at ${endpoint}; ${remedy}`;
}

function nameless(kind: Credentials['kind']): string {
  if (kind === 'access-token') return 'the owner of an access token';
  return kind === 'user-file' ? 'your Google account' : 'an identity that the file does not name';
}
