import { z } from 'zod';
import type { Credentials } from '../credentials.ts';
import { printable } from '../printable.ts';
import { CredentialsError } from './credentials-error.ts';
import { libraryCredentials } from './library.ts';
import { readSmallFile } from './read-file.ts';
import { serviceAccountKey } from './service-account-key.ts';

const LONGEST_CREDENTIALS_FILE = 64 * 1024;

const credentialsJson = z.looseObject({
  type: z.string(),
  account: z.string().optional(),
  quota_project_id: z.string().optional(),
  service_account_impersonation_url: z.string().optional(),
  universe_domain: z.string().optional(),
});
type CredentialsJson = z.infer<typeof credentialsJson>;

/** The types Google's auth library reads, besides service account keys (google-auth-library 11, `GoogleAuth`). */
const LIBRARY_TYPES: Partial<Record<string, Credentials['kind']>> = {
  authorized_user: 'user-file',
  external_account: 'federated-file',
  external_account_authorized_user: 'federated-file',
  impersonated_service_account: 'federated-file',
};

/**
 * Credentials from a JSON file of Google's: a service account key, or what `gcloud auth application-default login` and
 * workload identity federation leave.
 * @throws {CredentialsError} `unreadable`, `not-a-key`, `other-universe`
 */
export async function credentialsFile(path: string, env: NodeJS.ProcessEnv): Promise<Credentials> {
  const place = printable(path);
  const { text } = await readSmallFile(path, LONGEST_CREDENTIALS_FILE);
  const json = readJson(text, place);
  const quotaProject = env['GOOGLE_CLOUD_QUOTA_PROJECT'] ?? json.quota_project_id;
  const quota = quotaProject ? { quotaProject } : {};
  if (json.type === 'service_account') return { ...serviceAccountKey(text, place), ...quota };
  const kind = LIBRARY_TYPES[json.type];
  if (!kind) throw notCredentials(place, `type "${printable(json.type, [], 60)}"`);
  const email = json.account || impersonatedEmail(json);
  return libraryCredentials(json, place, {
    kind,
    principal: email ? printable(email) : `the credentials in ${place}`,
    ...(email ? { email: printable(email) } : {}),
    ...quota,
  });
}

function readJson(text: string, place: string): CredentialsJson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notCredentials(place, 'not JSON');
  }
  const read = credentialsJson.safeParse(json);
  if (!read.success) throw notCredentials(place, 'JSON without a "type"');
  return read.data;
}

/** The account in `…/serviceAccounts/EMAIL:generateAccessToken`. */
function impersonatedEmail(json: CredentialsJson): string | undefined {
  return /\/serviceAccounts\/([^/:]+):/.exec(json.service_account_impersonation_url ?? '')?.[1];
}

function notCredentials(place: string, value: string): CredentialsError {
  return new CredentialsError({
    kind: 'not-a-key',
    place,
    value,
    remedy: 'use a JSON key or credentials file as Google made it',
    message: `${place} is not a credentials file: ${value}`,
  });
}
