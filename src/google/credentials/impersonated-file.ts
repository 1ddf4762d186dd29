import * as z from 'zod';
import { printable } from '../printable.ts';
import { accountName } from '../resource-name.ts';
import { SecretFile } from '../secret-file.ts';
import { applicationDefaultPlaces } from './application-default.ts';
import { CredentialsError } from './credentials-error.ts';
import { LONGEST_CREDENTIALS_FILE } from './inspect-file.ts';
import { readSmallFile } from './read-file.ts';

const LOGIN = 'gcloud auth application-default login';

// Made when they are needed, as few runs do: making a schema takes longer than loading its text.
const login = () =>
  z.looseObject({
    type: z.literal('authorized_user'),
    client_id: z.string().min(1),
    client_secret: z.string(),
    refresh_token: z.string().min(1),
  });
const impersonating = () => z.looseObject({ source_credentials: login() });
const typed = () => z.looseObject({ type: z.string() });

/**
 * A credentials file with which programs act as a service account by the right of the person who is logged in: what
 * `gcloud auth application-default login --impersonate-service-account` would write. It holds the person's refresh token,
 * copied from the file that gcloud wrote for their own login. The project that the login is charged to is left out: the
 * account may not be allowed to use it, and every call would be refused.
 * @param email the account to act as
 * @param env where gcloud's folder is
 * @param endpoint where it is to act, as `parseEndpoint` gives it; absent: at Google
 * @throws {CredentialsError} `none-found`: nobody is logged in; `unreadable`; `unusable`: the file holds no person's login
 */
export async function impersonatedFile(
  email: string,
  env: NodeJS.ProcessEnv,
  endpoint = 'https://iamcredentials.googleapis.com',
): Promise<SecretFile> {
  const { wellKnown } = applicationDefaultPlaces(env);
  const source = await readLogin(wellKnown);
  const name = accountName('-', email);
  const content = {
    type: 'impersonated_service_account',
    service_account_impersonation_url: `${endpoint}/v1/${name}:generateAccessToken`,
    delegates: [],
    source_credentials: { ...source, quota_project_id: undefined },
  };
  return new SecretFile(`${JSON.stringify(content, null, 2)}\n`, '[credentials that act as an account]');
}

/** The person's login: the file itself, or what a file that impersonates does so with. */
async function readLogin(file: string): Promise<z.infer<ReturnType<typeof login>>> {
  const json = await readJson(file);
  const itself = login().safeParse(json);
  if (itself.success) return itself.data;
  const other = impersonating().safeParse(json);
  if (other.success) return other.data.source_credentials;
  const type = typed().safeParse(json);
  throw unusable(
    file,
    type.success ? `type "${printable(type.data.type, [], 60)}"` : 'JSON without a "type"',
  );
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse((await readSmallFile(file, LONGEST_CREDENTIALS_FILE)).text);
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw unusable(file, 'not JSON');
    if (error.value !== 'ENOENT') throw error;
    throw new CredentialsError({
      kind: 'none-found',
      place: printable(file),
      remedy: LOGIN,
      message: `nobody is logged in for programs on this machine: there is no ${printable(file)}`,
    });
  }
}

function unusable(file: string, value: string): CredentialsError {
  return new CredentialsError({
    kind: 'unusable',
    place: printable(file),
    value,
    remedy: LOGIN,
    message: `${printable(file)} does not hold the login of a person: ${value}`,
  });
}
