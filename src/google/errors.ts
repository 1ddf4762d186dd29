/** What went wrong, told by HTTP status, Google's status and ErrorInfo reason; never by message text. */
export type CloudErrorKind =
  /** 403: the caller may not, or the resource is absent and the caller may not know. */
  | 'denied'
  /** 403 with reason SERVICE_DISABLED: the API is off; `metadata.service` and `metadata.consumer` name it. */
  | 'service-disabled'
  /** 401, also after the token was fetched anew. */
  | 'unauthenticated'
  | 'not-found'
  /** 409 ALREADY_EXISTS. */
  | 'exists'
  /** 409 ABORTED (a stale etag) or 412: read again, then write. */
  | 'conflict'
  /** 400 FAILED_PRECONDITION: an organisation policy, billing, a limit; `violations` tell where Google does. */
  | 'precondition'
  | 'invalid'
  /** 429, or a rate limit told as 403. */
  | 'quota'
  /** 5xx: Google's side failed. */
  | 'unavailable'
  /** No answer: refused, reset, no such host, TLS; `code` tells. */
  | 'unreachable'
  /** No whole answer within the deadline. */
  | 'timeout'
  /** An answer that is not Google's: HTML, a redirect, cut JSON, JSON of another shape. */
  | 'garbled'
  /** The caller's own AbortSignal. */
  | 'cancelled'
  /** The token endpoint refused the grant (OAuth `invalid_grant`): key deleted, account disabled or gone, clock wrong. */
  | 'invalid-grant';

/** One entry of google.rpc.PreconditionFailure, or, with the type `quota`, of google.rpc.QuotaFailure. */
export interface Violation {
  type: string;
  subject: string;
  description: string;
}

/** What Google said of a failure, cleaned for print. */
export interface FailureFacts {
  kind: CloudErrorKind;
  message: string;
  httpStatus?: number;
  /** google.rpc.Code by name, such as PERMISSION_DENIED. */
  status?: string;
  /** ErrorInfo reason, or OAuth's `error`. */
  reason?: string;
  domain?: string;
  metadata?: Record<string, string>;
  violations?: Violation[];
  /** What the server asked us to wait, in ms. */
  retryAfterMs?: number;
  /** System or TLS error code, such as ECONNREFUSED. */
  code?: string;
  /**
   * How far this machine's clock is ahead of the other end's (negative: behind), in ms. Told with `invalid-grant` alone, and
   * only above 5 minutes. What is signed here is signed with the other end's time, as soon as that is known: so the clock
   * may not be the cause of this very refusal, but it is of those that other programs on this machine get.
   */
  clockSkewMs?: number;
}

/** The call that failed. */
export interface FailedCall {
  /** Such as `iam`. */
  api: string;
  /** Such as `projects.roles.get`. */
  method: string;
  /** Host and port that were asked; absent when the request was never formed. */
  host?: string;
  /** Host and port of the proxy in between, where the environment names one. */
  proxy?: string;
  /** Requests sent, this one included. */
  attempts: number;
}

/**
 * The one error that calls to Google throw. It holds no request, no header, no body and no `cause`: the HTTP library's own
 * error carries the bearer token, and must not travel with it. `message` is Google's, cleaned for print.
 */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly kind: CloudErrorKind;
  readonly api: string;
  readonly method: string;
  readonly host: string | undefined;
  readonly proxy: string | undefined;
  readonly attempts: number;
  readonly httpStatus: number | undefined;
  readonly status: string | undefined;
  readonly reason: string | undefined;
  readonly domain: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly violations: readonly Violation[];
  readonly retryAfterMs: number | undefined;
  readonly code: string | undefined;
  readonly clockSkewMs: number | undefined;

  constructor(call: FailedCall, facts: FailureFacts) {
    super(facts.message);
    this.kind = facts.kind;
    this.api = call.api;
    this.method = call.method;
    this.host = call.host;
    this.proxy = call.proxy;
    this.attempts = call.attempts;
    this.httpStatus = facts.httpStatus;
    this.status = facts.status;
    this.reason = facts.reason;
    this.domain = facts.domain;
    this.metadata = facts.metadata ?? {};
    this.violations = facts.violations ?? [];
    this.retryAfterMs = facts.retryAfterMs;
    this.code = facts.code;
    this.clockSkewMs = facts.clockSkewMs;
  }
}

/** Whether a thrown value is a CloudError, of one of the kinds when any are named. */
export function isCloudError(error: unknown, ...kinds: CloudErrorKind[]): error is CloudError {
  return error instanceof CloudError && (kinds.length === 0 || kinds.includes(error.kind));
}
