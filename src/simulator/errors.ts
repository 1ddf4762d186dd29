/** Google's canonical codes with the HTTP status each travels under (google.rpc.Code). */
const HTTP_STATUS = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ABORTED: 409,
  ALREADY_EXISTS: 409,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

export type Status = keyof typeof HTTP_STATUS;

/** One entry of `details`, with its `@type`. */
export interface Detail {
  readonly '@type': string;
  readonly [field: string]: unknown;
}

/** An answer that is not a success: what the server sends in place of a handler's body. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal';
  readonly httpStatus: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;

  constructor(message: string, httpStatus: number, body: object, headers: Record<string, string> = {}) {
    super(message);
    this.httpStatus = httpStatus;
    this.body = body;
    this.headers = headers;
  }
}

/** A refusal in the envelope of Google's APIs. Throw one from a handler. */
export class ApiError extends Refusal {
  override readonly name = 'ApiError';
  readonly status: Status;

  constructor(
    status: Status,
    message: string,
    more: { details?: readonly Detail[]; legacyReason?: string; headers?: Record<string, string> } = {},
  ) {
    const code = HTTP_STATUS[status];
    const errors = more.legacyReason && [{ message, domain: 'global', reason: more.legacyReason }];
    const details = more.details?.length ? more.details : undefined;
    super(
      message,
      code,
      { error: { code, message, ...(errors && { errors }), status, details } },
      more.headers,
    );
    this.status = status;
  }
}

/** 400 INVALID_ARGUMENT with Google's text. */
export const invalidArgument = (message: string, details: readonly Detail[] = []) =>
  new ApiError('INVALID_ARGUMENT', message, { details });

/** 400 FAILED_PRECONDITION with Google's text. */
export const failedPrecondition = (message: string, details: readonly Detail[] = []) =>
  new ApiError('FAILED_PRECONDITION', message, { details });

/** 404 NOT_FOUND with Google's text. */
export const notFound = (message: string) => new ApiError('NOT_FOUND', message);

/** A google.rpc.ErrorInfo detail. */
export const errorInfo = (reason: string, domain: string, metadata: Record<string, string>): Detail => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain,
  metadata,
});

/** A google.rpc.PreconditionFailure detail with its violations. */
export const preconditionFailure = (
  ...violations: readonly { type: string; subject: string; description?: string }[]
): Detail => ({ '@type': 'type.googleapis.com/google.rpc.PreconditionFailure', violations });

/** A google.rpc.Help detail with one link. */
export const help = (description: string, url: string): Detail => ({
  '@type': 'type.googleapis.com/google.rpc.Help',
  links: [{ description, url }],
});

/** What Resource Manager answers for a project that is absent or forbidden, one answer for both (recorded). */
export const callerDenied = () => new ApiError('PERMISSION_DENIED', 'The caller does not have permission');

/** What the IAM family answers when the caller lacks a permission (pasted in public reports). */
export const iamDenied = (permission: string, resource?: string) =>
  new ApiError('PERMISSION_DENIED', `Permission '${permission}' denied on resource (or it may not exist).`, {
    details: [
      errorInfo('IAM_PERMISSION_DENIED', 'iam.googleapis.com', { permission, ...(resource && { resource }) }),
    ],
  });
