import type * as z from 'zod';

/** A bearer token. Without `expiresAt` (the server's time) it is used until it is refused. */
export interface Token {
  value: string;
  expiresAt?: Date;
}

/** What a source of tokens may use: the transport's own calls, so that they have its deadlines, retries and errors. */
export interface TokenContext {
  endpoint: string | undefined;
  /** The endpoint is Google's own, or none is set. */
  isGoogle: boolean;
  /** The server's time, as far as it is known. */
  now(): Date;
  /**
   * How far this machine's clock is ahead of the server's (negative: behind), in ms, where that is above 5 minutes. Asks for the
   * time where nothing was answered yet; never throws.
   */
  clockSkewMs(): Promise<number | undefined>;
  signal: AbortSignal | undefined;
  /** The longest one call may take, in ms. */
  deadlineMs: number;
  /** POSTs a form or JSON, repeatably, and reads the answer; its content never reaches an error. */
  post<T>(request: TokenRequest<T>): Promise<T>;
}

/** One call for a token. */
export interface TokenRequest<T> {
  api: string;
  method: string;
  url: string;
  form?: Record<string, string>;
  json?: unknown;
  bearer?: string;
  /** What the request holds that no error may quote. */
  secrets: readonly string[];
  schema: z.ZodType<T>;
}

/** Who calls, and how to get a token for it. */
export interface Credentials {
  kind: 'adc' | 'gcloud' | 'key-file' | 'user-file' | 'federated-file' | 'access-token' | 'impersonated';
  /** For print: "ada@acme.com", "the access token in FILE", … */
  principal: string;
  /** The e-mail address, where it is known without asking. */
  email?: string;
  /** Getting a token shows something to Google that no other endpoint may see: a refresh token, a subject token from a file. */
  googleOnly?: true;
  /** The one other end that may see it all the same: where the login was made. */
  home?: string;
  /** Whose right it is to act as this account, and the accounts in between, from them on. */
  by?: { base: Credentials; delegates: readonly string[] };
  /** The project that the account's own file names. */
  project?: string;
  /** The project charged with quota (sent as `x-goog-user-project`), where the credentials name one. */
  quotaProject?: string;
  /**
   * Fetches a new token; `Tokens` keeps it.
   * @throws {CredentialsError | CloudError}
   */
  token(context: TokenContext): Promise<Token>;
}

export {
  CredentialsError,
  type CredentialsErrorKind,
  type CredentialsFault,
  type PrivateKeyFault,
} from './credentials/credentials-error.ts';
export {
  actingCredentials,
  credentialsFile,
  type ActingCredentials,
} from './credentials/credentials-file.ts';
export { federatedCredentials, type Federation } from './credentials/federated.ts';
export { impersonatedBy } from './credentials/impersonated.ts';
export { impersonatedFile } from './credentials/impersonated-file.ts';
export {
  findCredentials,
  resolveCredentials,
  type CredentialsChoice,
  type FoundCredentials,
  type Origin,
} from './credentials/resolve.ts';
export { privateKeyFaults, readPrivateKey } from './credentials/private-key-fault.ts';
export { serviceAccountKey } from './credentials/service-account-key.ts';
