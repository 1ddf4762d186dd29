import * as z from 'zod';
import type { Credentials } from '../credentials.ts';
import { printable } from '../printable.ts';
import { CredentialsError, type CredentialsFault } from './credentials-error.ts';
import { federatedToken } from './federated-file.ts';
import { impersonated } from './impersonated.ts';
import { LONGEST_CREDENTIALS_FILE } from './inspect-file.ts';
import { notCredentialsJson, notJson } from './not-json.ts';
import { readSmallFile } from './read-file.ts';
import { serviceAccountKey } from './service-account-key.ts';
import { homeOf, userToken } from './user-file.ts';

const anyJson = z.looseObject({
  type: z.string(),
  account: z.string().optional(),
  quota_project_id: z.string().optional(),
  service_account_impersonation_url: z.string().optional(),
  source_credentials: z.unknown().optional(),
  delegates: z.array(z.string()).optional(),
});
type AnyJson = z.infer<typeof anyJson>;

/**
 * Credentials from a JSON file of Google's: a service account key, or what `gcloud auth application-default login` and
 * identity federation leave.
 * @throws {CredentialsError} `unreadable`, `not-a-key`, `other-universe`
 */
export async function credentialsFile(path: string, env: NodeJS.ProcessEnv): Promise<Credentials> {
  const place = printable(path);
  const { text } = await readSmallFile(path, LONGEST_CREDENTIALS_FILE);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notCredentials(place, notJson(text), 'not-json');
  }
  const credentials = readCredentials(json, place);
  const quotaProject = env['GOOGLE_CLOUD_QUOTA_PROJECT'] ?? credentials.quotaProject;
  return quotaProject ? { ...credentials, quotaProject } : credentials;
}

/** What a file holds with which programs act as an account: who does so, and both together. */
export interface ActingCredentials {
  source: Credentials;
  acting: Credentials;
}

/**
 * Reads such a file's text.
 * @throws {CredentialsError} `not-a-key`, `other-universe`
 */
export function actingCredentials(text: string, place: string): ActingCredentials {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notCredentials(place, 'not JSON');
  }
  const read = anyJson.safeParse(json);
  if (!read.success) throw notCredentials(place, 'JSON without a "type"');
  return impersonatedFrom(read.data, place);
}

function readCredentials(json: unknown, place: string): Credentials {
  const read = anyJson.safeParse(json);
  if (!read.success) throw notCredentials(place, notCredentialsJson(json), 'wrong-type');
  const { type, account, quota_project_id: quotaProject } = read.data;
  const quota = quotaProject ? { quotaProject: printable(quotaProject) } : {};
  switch (type) {
    case 'service_account':
      return { ...serviceAccountKey(JSON.stringify(json), place), ...quota };
    case 'impersonated_service_account':
      return { ...impersonatedFrom(read.data, place).acting, ...quota };
    case 'authorized_user':
    case 'external_account':
    case 'external_account_authorized_user': {
      const isUser = type === 'authorized_user';
      const token = isUser ? userToken(json, place) : federatedToken(json, place);
      if (!token) throw notCredentials(place, `${type} with a field missing or wrong`);
      const home = isUser ? homeOf(json) : undefined;
      const email = account || impersonatedEmail(read.data);
      return {
        kind: isUser ? 'user-file' : 'federated-file',
        principal: email ? printable(email) : `the credentials in ${place}`,
        ...(email ? { email: printable(email) } : {}),
        googleOnly: true,
        ...(home === undefined ? {} : { home }),
        ...quota,
        token,
      };
    }
    default:
      throw notCredentials(place, `type "${printable(type, [], 60)}"`, 'wrong-type');
  }
}

/** What `gcloud auth application-default login --impersonate-service-account` stores. */
function impersonatedFrom(json: AnyJson, place: string): ActingCredentials {
  const email = impersonatedEmail(json);
  if (!email) throw notCredentials(place, `${json.type} without an account to impersonate`);
  const source = anyJson.safeParse(json.source_credentials);
  // One level: credentials that impersonate do so for credentials of a person, a key or a federation.
  if (!source.success || source.data.type === json.type)
    throw notCredentials(place, `${json.type} without credentials to do so`);
  const base = readCredentials(json.source_credentials, place);
  const url = json.service_account_impersonation_url ?? '';
  return { source: base, acting: impersonated(email, base, { delegates: json.delegates, url, place }) };
}

/** The account in `…/serviceAccounts/EMAIL:generateAccessToken`. */
function impersonatedEmail(json: AnyJson): string | undefined {
  return /\/serviceAccounts\/([^/:]+):/.exec(json.service_account_impersonation_url ?? '')?.[1];
}

function notCredentials(place: string, value: string, fault?: CredentialsFault): CredentialsError {
  return new CredentialsError({
    kind: 'not-a-key',
    ...(fault && { fault }),
    place,
    value,
    remedy: 'use a JSON key or credentials file as Google made it',
    message: `${place} is not a credentials file: ${value}`,
  });
}
