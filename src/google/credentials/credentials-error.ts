/** Why there are no credentials. */
export type CredentialsErrorKind =
  /** Nothing was named, and nothing stands where Google's tools keep theirs. */
  | 'none-found'
  /** More than one source was named. */
  | 'conflicting'
  /** An endpoint that is not Google's, and no credentials named for it. */
  | 'not-named'
  /** Credentials that only Google may see, for an endpoint that is not Google's. */
  | 'not-for-endpoint'
  /** No such file, a directory, no permission, too large. */
  | 'unreadable'
  /** The file is no credentials JSON of a known type, or its private key is none. */
  | 'not-a-key'
  /** Variables that should hold the credentials: one is missing, or its value cannot be right. */
  | 'variables'
  /** The file does not hold exactly one access token. */
  | 'not-a-token'
  /** Made for another universe than googleapis.com. */
  | 'other-universe'
  /** The person's login, or its permission to be used, has ended. */
  | 'expired'
  | 'gcloud-missing'
  | 'gcloud-failed'
  /** They would send a token to somebody who is neither Google nor the endpoint. */
  | 'astray'
  /** Google's auth library cannot use them. */
  | 'unusable';

/** What is wrong with the text of a private key, as it arrived in a variable or a file. */
export type PrivateKeyFault =
  | 'empty'
  /** Quotes of the env file are part of the value. */
  | 'quotes-left'
  /** Line breaks stand there as a backslash and an "n". */
  | 'line-breaks-escaped'
  /** Line breaks are gone, or became spaces. */
  | 'line-breaks-lost'
  /** Only its beginning or its end is there. */
  | 'cut-off'
  | 'public-key'
  | 'certificate'
  /** It can be read with a passphrase only. */
  | 'encrypted'
  /** The whole key file in place of its private key. */
  | 'json'
  /** The path of a file in place of its content. */
  | 'path'
  /** PEM, encoded once more. */
  | 'base64'
  /** A key of another kind: service accounts have RSA keys. */
  | 'not-rsa'
  /** It has the form of a key, and signs nothing that holds. */
  | 'damaged'
  | 'no-pem';

/** What exactly is wrong with a value, where that is known: of a private key, or of what stands beside it. */
export type CredentialsFault =
  | PrivateKeyFault
  /** No such variable. */
  | 'missing'
  | 'not-json'
  /** JSON of another `type` than was asked for. */
  | 'wrong-type'
  /** No address of a service account. */
  | 'not-an-account'
  | 'not-a-project'
  /** Another project than the one that was named. */
  | 'wrong-project';

/** What a CredentialsError tells. */
export interface CredentialsFacts {
  kind: CredentialsErrorKind;
  fault?: CredentialsFault;
  /** The variable that holds the value. */
  variable?: string;
  /** Where they were sought: a file, a command, a variable. */
  place: string;
  /** What was found there, cleaned for print and never secret; absent when nothing was. */
  value?: string;
  /** What to do, in terms of files, commands and sources. */
  remedy: string;
  message: string;
  /**
   * How far this machine's clock is ahead of the server's (negative: behind), in ms. Told with `expired`, `gcloud-failed` and
   * `unusable`, and only above 5 minutes: what is signed on this machine is then refused.
   */
  clockSkewMs?: number;
}

/** There is no token to be had. Holds no secret and no `cause`. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
  readonly kind: CredentialsErrorKind;
  readonly fault: CredentialsFault | undefined;
  readonly variable: string | undefined;
  readonly place: string;
  readonly value: string | undefined;
  readonly remedy: string;
  readonly clockSkewMs: number | undefined;
  constructor(facts: CredentialsFacts) {
    super(facts.message);
    this.kind = facts.kind;
    this.fault = facts.fault;
    this.variable = facts.variable;
    this.place = facts.place;
    this.value = facts.value;
    this.remedy = facts.remedy;
    this.clockSkewMs = facts.clockSkewMs;
  }
}

/** Kinds that a server may be the cause of, which did not believe this machine's time. */
const ofTime: readonly CredentialsErrorKind[] = ['expired', 'gcloud-failed', 'unusable'];

/**
 * The same failure, with how wrong this machine's clock is where that may be its cause.
 * @param skewMs finds that out
 */
export async function withClockSkew(
  error: unknown,
  skewMs: () => Promise<number | undefined>,
): Promise<unknown> {
  if (!(error instanceof CredentialsError) || !ofTime.includes(error.kind)) return error;
  const clockSkewMs = await skewMs();
  if (clockSkewMs === undefined) return error;
  const { kind, fault, variable, place, value, remedy, message } = error;
  return new CredentialsError({
    ...{ kind, place, remedy, message, clockSkewMs },
    ...(fault === undefined ? {} : { fault }),
    ...(variable === undefined ? {} : { variable }),
    ...(value === undefined ? {} : { value }),
  });
}
