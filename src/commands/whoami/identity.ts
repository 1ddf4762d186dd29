import { inspectFile } from '../../google/credentials/inspect-file.ts';
import type { FoundCredentials } from '../../google/credentials/resolve.ts';
import { findCredentials, type Credentials } from '../../google/credentials.ts';
import { openCloud, type CallLog, type Cloud } from '../../google/cloud.ts';
import { credentialChoice } from '../credential-choice.ts';
import type { RunFlags } from '../run-flags.ts';
import { fileOf, originWords } from './origin.ts';

/** Which of the flags say who somebody is. */
export type WhoFlags = Pick<
  RunFlags,
  'credentials' | 'accessTokenFile' | 'account' | 'impersonateServiceAccount'
>;

/** Where somebody is who asks. */
export interface Here {
  /** Set where the cloud at the other end is not Google's. */
  endpoint: string | undefined;
  env: NodeJS.ProcessEnv;
  home: string;
  cwd: string;
  signal: AbortSignal;
  log?: ((entry: CallLog) => void) | undefined;
}

/** Who calls are made as; no secret is in it. */
export interface Identity {
  /** The account, where somebody tells. */
  email: string | undefined;
  /** Who told: the credentials themselves, or Google, asked with the token. */
  toldBy: 'credentials' | 'google' | undefined;
  /** For print: the account, or what stands for one that nobody tells. */
  principal: string;
  kind: string;
  /** The flag, the variable or the place where they were found. */
  from: string;
  /** Who acts as the account: first whose own credentials these are, then each account in between. */
  through: readonly string[];
  /** The project that is charged with quota, where the credentials or GOOGLE_CLOUD_QUOTA_PROJECT name one. */
  quotaProject: string | undefined;
  /** When the token ends, and in how many ms, by the server's clock; absent where nobody tells. */
  expires: { at: Date; inMs: number } | undefined;
}

/** Finds the credentials that the flags or this machine name. Google is not asked yet. @throws {CredentialsError | ProblemError} */
export async function findMine(flags: WhoFlags, { endpoint, env }: Here): Promise<FoundCredentials> {
  return findCredentials({ ...credentialChoice(flags), env, ...(endpoint !== undefined && { endpoint }) });
}

/** The cloud as these credentials see it. */
export function cloudOf(credentials: Credentials, { endpoint, signal, log }: Here): Cloud {
  return openCloud({ credentials, signal, ...(endpoint !== undefined && { endpoint }), ...(log && { log }) });
}

/**
 * Fetches a token and asks Google whose it is and how long it lasts.
 * @throws {CredentialsError | CloudError} there is no token, or Google does not take it
 */
export async function identify(found: FoundCredentials, cloud: Cloud, here: Here): Promise<Identity> {
  const { credentials, origin } = found;
  const file = fileOf(origin, here);
  const [token, type] = await Promise.all([cloud.token(), file === undefined ? undefined : typeOf(file)]);
  const email = credentials.email ?? token.email;
  const told = credentials.email === undefined ? 'google' : 'credentials';
  return {
    email,
    toldBy: email === undefined ? undefined : told,
    principal: email ?? credentials.principal,
    kind: kindOf(ownOf(credentials), type),
    from: originWords(origin, here),
    through: throughOf(credentials),
    quotaProject: credentials.quotaProject,
    expires: token.expiresAt && {
      at: token.expiresAt,
      inMs: token.expiresAt.getTime() - cloud.serverTime().getTime(),
    },
  };
}

/** The credentials at the beginning, by whose right all others are acted as. */
function ownOf(credentials: Credentials): Credentials {
  return credentials.by === undefined ? credentials : ownOf(credentials.by.base);
}

function throughOf({ by }: Credentials): string[] {
  if (by === undefined) return [];
  const before =
    by.base.by === undefined
      ? [by.base.principal]
      : [...throughOf(by.base), by.base.email ?? by.base.principal];
  // A file may write them as full names.
  return [...before, ...by.delegates.map((name) => name.replace(/^.*\/serviceAccounts\//u, ''))];
}

const kinds: Readonly<Record<string, string>> = {
  'key-file': "a service account's key",
  service_account: "a service account's key",
  'user-file': "a person's login",
  authorized_user: "a person's login",
  'federated-file': 'an identity of another provider',
  external_account: 'an identity of another provider',
  external_account_authorized_user: "a person's login at another provider",
  impersonated_service_account: 'credentials that act as an account',
  'access-token': 'an access token that somebody else fetched',
  gcloud: "gcloud's login",
};

/** @param type what the file says that it is, where there is a file */
function kindOf({ kind }: Credentials, type: string | undefined): string {
  return kinds[type ?? kind] ?? 'the account attached to this machine';
}

/** A pipe has been read already, and gives nothing more. */
async function typeOf(file: string): Promise<string | undefined> {
  const content = await inspectFile(file).catch(() => undefined);
  return content?.holds === 'json' ? content.type : undefined;
}
