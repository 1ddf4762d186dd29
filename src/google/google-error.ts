import * as z from 'zod';
import type { CloudErrorKind, FailureFacts, Violation } from './errors.ts';

/** google.rpc.Code by number (github.com/googleapis/googleapis, google/rpc/code.proto). */
const RPC_CODES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

const KIND_BY_STATUS: Partial<Record<string, CloudErrorKind>> = {
  CANCELLED: 'unavailable',
  UNKNOWN: 'unavailable',
  INVALID_ARGUMENT: 'invalid',
  DEADLINE_EXCEEDED: 'unavailable',
  NOT_FOUND: 'not-found',
  ALREADY_EXISTS: 'exists',
  PERMISSION_DENIED: 'denied',
  RESOURCE_EXHAUSTED: 'quota',
  FAILED_PRECONDITION: 'precondition',
  ABORTED: 'conflict',
  OUT_OF_RANGE: 'invalid',
  UNIMPLEMENTED: 'invalid',
  INTERNAL: 'unavailable',
  UNAVAILABLE: 'unavailable',
  DATA_LOSS: 'unavailable',
  UNAUTHENTICATED: 'unauthenticated',
};

/** ErrorInfo reasons that say more than the status. `rateLimitExceeded` is the older `errors[]` spelling. */
const KIND_BY_REASON: Partial<Record<string, CloudErrorKind>> = {
  SERVICE_DISABLED: 'service-disabled',
  RATE_LIMIT_EXCEEDED: 'quota',
  rateLimitExceeded: 'quota',
};

const status = z.object({
  code: z.number().optional(),
  message: z.string().optional(),
  status: z.string().optional(),
  details: z.array(z.unknown()).optional(),
  errors: z.array(z.object({ reason: z.string().optional(), domain: z.string().optional() })).optional(),
});
// Stricter than an operation's status: another server's JSON must not pass for Google's word, least of all as a 404.
const envelope = z.object({ error: status.extend({ code: z.number(), message: z.string() }) });
const oauthError = z.object({ error: z.string(), error_description: z.string().optional() });

const errorInfo = z.object({
  '@type': z.literal('type.googleapis.com/google.rpc.ErrorInfo'),
  reason: z.string().default(''),
  domain: z.string().default(''),
  metadata: z.record(z.string(), z.string()).default({}),
});
const preconditionFailure = z.object({
  '@type': z.literal('type.googleapis.com/google.rpc.PreconditionFailure'),
  violations: z
    .array(
      z.object({
        type: z.string().default(''),
        subject: z.string().default(''),
        description: z.string().default(''),
      }),
    )
    .default([]),
});
const quotaFailure = z.object({
  '@type': z.literal('type.googleapis.com/google.rpc.QuotaFailure'),
  violations: z
    .array(z.object({ subject: z.string().default(''), description: z.string().default('') }))
    .default([]),
});
const retryInfo = z.object({
  '@type': z.literal('type.googleapis.com/google.rpc.RetryInfo'),
  retryDelay: z.string().regex(/^\d+(\.\d+)?s$/),
});

/** The shape of a long-running operation's `error` (google.rpc.Status), for schemas that read operations. */
export const operationError = status;

/**
 * Reads Google's error envelope, or at a token endpoint OAuth's, out of a parsed body.
 * @param clean makes a string fit for print
 * @returns nothing when the body is in neither shape
 */
export function readErrorBody(
  body: unknown,
  httpStatus: number,
  form: 'google' | 'oauth',
  clean: (text: string) => string,
): FailureFacts | undefined {
  const google = envelope.safeParse(body);
  if (google.success) return { ...readStatus(google.data.error, clean, httpStatus), httpStatus };
  const oauth = oauthError.safeParse(body);
  if (form === 'google' || !oauth.success) return undefined;
  const message = clean(oauth.data.error_description ?? oauth.data.error);
  return {
    kind: oauthKind(oauth.data.error, httpStatus),
    message,
    reason: clean(oauth.data.error),
    httpStatus,
  };
}

/** Reads a google.rpc.Status: an error's envelope, or the `error` of a finished operation (which has no HTTP status). */
export function readStatus(
  error: z.infer<typeof status>,
  clean: (text: string) => string,
  httpStatus?: number,
): FailureFacts {
  const name = error.status ?? (httpStatus === undefined ? RPC_CODES[error.code ?? -1] : undefined);
  const details = error.details ?? [];
  const info = firstOf(errorInfo, details);
  const legacy = error.errors?.[0];
  const reason = info?.reason ?? legacy?.reason;
  const facts: FailureFacts = {
    kind: kindOf(name, reason, httpStatus),
    message: clean(error.message ?? name ?? `HTTP ${httpStatus ?? 'status unknown'}`),
  };
  if (name) facts.status = clean(name);
  if (reason) facts.reason = clean(reason);
  const domain = info?.domain ?? legacy?.domain;
  if (domain) facts.domain = clean(domain);
  if (info) facts.metadata = cleanRecord(info.metadata, clean);
  const precondition = firstOf(preconditionFailure, details)?.violations;
  const quota = firstOf(quotaFailure, details)?.violations.map((entry) => ({ type: 'quota', ...entry }));
  const violations = precondition ?? quota;
  if (violations) facts.violations = violations.map((violation) => cleanViolation(violation, clean));
  const retry = firstOf(retryInfo, details);
  if (retry) facts.retryAfterMs = Number.parseFloat(retry.retryDelay) * 1000;
  return facts;
}

/** The kind of a failure told by its HTTP status alone. */
export function kindOfHttpStatus(httpStatus: number): CloudErrorKind {
  switch (httpStatus) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'denied';
    case 404:
      return 'not-found';
    case 409:
    case 412:
      return 'conflict';
    case 429:
      return 'quota';
    case 408:
      return 'unavailable';
    case 501:
      return 'invalid';
    default:
      return httpStatus >= 500 ? 'unavailable' : 'invalid';
  }
}

function kindOf(name: string | undefined, reason: string | undefined, httpStatus: number | undefined) {
  const told = (reason && KIND_BY_REASON[reason]) ?? (name && KIND_BY_STATUS[name]);
  if (told) return told;
  return httpStatus === undefined ? 'unavailable' : kindOfHttpStatus(httpStatus);
}

/** RFC 6749 section 5.2 names the errors of a token endpoint. */
function oauthKind(error: string, httpStatus: number): CloudErrorKind {
  if (error === 'invalid_grant') return 'invalid-grant';
  if (error === 'invalid_client' || error === 'unauthorized_client') return 'unauthenticated';
  return kindOfHttpStatus(httpStatus);
}

function firstOf<T>(schema: z.ZodType<T>, details: readonly unknown[]): T | undefined {
  for (const detail of details) {
    const read = schema.safeParse(detail);
    if (read.success) return read.data;
  }
  return undefined;
}

function cleanRecord(record: Record<string, string>, clean: (text: string) => string) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [clean(key), clean(value)]));
}

function cleanViolation(violation: Violation, clean: (text: string) => string): Violation {
  return {
    type: clean(violation.type),
    subject: clean(violation.subject),
    description: clean(violation.description),
  };
}
