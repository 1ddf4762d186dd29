import type { Credentials } from '../credentials.ts';
import { isGoogleEndpoint } from '../endpoint.ts';
import { accessTokenFile } from './access-token-file.ts';
import { applicationDefaultFile, applicationDefaultPlaces, attachedAccount } from './application-default.ts';
import { credentialsFile } from './credentials-file.ts';
import { CredentialsError } from './credentials-error.ts';
import { activeGcloudAccount, gcloudAccount } from './gcloud.ts';
import { impersonated } from './impersonated.ts';
import { mayGoTo, notForEndpoint } from './not-for-endpoint.ts';

/** Which credentials to use: at most one source, and at most one account to act as with it. */
export interface CredentialsChoice {
  /** A credentials JSON file. */
  credentialsFile?: string;
  /** A file that holds an access token. */
  accessTokenFile?: string;
  /** Whose token it is, where that is known. */
  principal?: string;
  /** An account that gcloud is logged in with. */
  account?: string;
  /** The account attached to the Google machine this runs on. */
  attached?: true;
  /** E-mail address of a service account to act as. */
  impersonate?: string;
  /** As `parseEndpoint` gives it. */
  endpoint?: string;
  /** In place of `process.env`. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Finds the credentials that were named, or else those that Google's tools would use: Application Default Credentials from a
 * file, gcloud's active account, the account of the Google machine this runs on. What was not named never goes to an
 * endpoint that is not Google's. No call is made for a token yet.
 * @throws {CredentialsError}
 */
export async function resolveCredentials(choice: CredentialsChoice): Promise<Credentials> {
  return (await findCredentials(choice)).credentials;
}

/** Where credentials come from. */
export type Origin =
  | { from: 'file' | 'token-file' | 'account'; named: string }
  /** The file that GOOGLE_APPLICATION_CREDENTIALS names, or the one that gcloud made. */
  | { from: 'adc-variable' | 'adc-file'; file: string }
  /** gcloud's active account. */
  | { from: 'gcloud' }
  /** The account of the Google machine this runs on; `asked`: it was named. */
  | { from: 'attached'; asked: boolean };

/** Credentials, and where they were found. */
export interface FoundCredentials {
  credentials: Credentials;
  origin: Origin;
}

/** What `resolveCredentials` does, told with where they come from. @throws {CredentialsError} */
export async function findCredentials(choice: CredentialsChoice): Promise<FoundCredentials> {
  const env = choice.env ?? process.env;
  const named = (
    [
      ['credentialsFile', choice.credentialsFile],
      ['accessTokenFile', choice.accessTokenFile],
      ['account', choice.account],
      ['attached', choice.attached],
    ] as const
  ).filter(([, value]) => value !== undefined);
  if (named.length > 1) throw conflicting(named.map(([name]) => name));
  const base = await namedSource(choice, env);
  if (!base && !isGoogleEndpoint(choice.endpoint)) throw notNamed(choice.endpoint ?? '');
  const found = base ?? (await foundSource(env));
  if (choice.impersonate === undefined) return found;
  return { ...found, credentials: impersonated(choice.impersonate, found.credentials) };
}

async function namedSource(
  choice: CredentialsChoice,
  env: NodeJS.ProcessEnv,
): Promise<FoundCredentials | undefined> {
  const { accessTokenFile: tokenFile, account, credentialsFile: file } = choice;
  if (tokenFile !== undefined)
    return {
      credentials: await accessTokenFile(tokenFile, choice.principal),
      origin: { from: 'token-file', named: tokenFile },
    };
  if (account !== undefined)
    return { credentials: gcloudAccount(account, env), origin: { from: 'account', named: account } };
  if (choice.attached !== undefined) {
    const attached = await attachedAccount();
    if (attached) return { credentials: attached, origin: { from: 'attached', asked: true } };
    throw nothingAttached();
  }
  if (file === undefined) return undefined;
  const credentials = await credentialsFile(file, env);
  if (!mayGoTo(credentials, choice.endpoint)) throw notForEndpoint(credentials.kind, file);
  return { credentials, origin: { from: 'file', named: file } };
}

async function foundSource(env: NodeJS.ProcessEnv): Promise<FoundCredentials> {
  const credentials = await applicationDefaultFile(env);
  if (credentials) {
    const { named, wellKnown } = applicationDefaultPlaces(env);
    const from = named ? 'adc-variable' : 'adc-file';
    return { credentials, origin: { from, file: named ?? wellKnown } };
  }
  const account = await activeGcloudAccount(env);
  if (account) return { credentials: gcloudAccount(account, env), origin: { from: 'gcloud' } };
  const attached = await attachedAccount();
  if (attached) return { credentials: attached, origin: { from: 'attached', asked: false } };
  throw new CredentialsError({
    kind: 'none-found',
    place:
      "GOOGLE_APPLICATION_CREDENTIALS, gcloud's application default credentials, gcloud's account, the metadata server",
    remedy: 'gcloud auth application-default login',
    message: 'no Google credentials were found on this machine',
  });
}

function nothingAttached(): CredentialsError {
  return new CredentialsError({
    kind: 'none-found',
    place: "this machine's metadata server",
    remedy: 'attach a service account to this machine, or name other credentials',
    message: 'no service account is attached to this machine',
  });
}

function conflicting(names: string[]): CredentialsError {
  return new CredentialsError({
    kind: 'conflicting',
    place: names.join(', '),
    remedy: 'name one source of credentials',
    message: `more than one source of credentials is named: ${names.join(', ')}`,
  });
}

function notNamed(endpoint: string): CredentialsError {
  return new CredentialsError({
    kind: 'not-named',
    place: endpoint,
    remedy: 'name the credentials for this endpoint: an access token file, a key file or an account',
    message: `${endpoint} is not Google: credentials found on this machine are not sent there unless they are named`,
  });
}
