import type { Fault } from './faults.ts';
import type { Outgoing } from './pipeline.ts';

const CODES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** The answer of a `status` fault, in Google's envelope. */
export function faultAnswer(fault: Extract<Fault['then'], { kind: 'status' }>): Outgoing {
  const { status: code, reason, retryAfter } = fault;
  const status = CODES[code] ?? 'UNKNOWN';
  const message = fault.message ?? 'A fault that was asked for.';
  const details = reason && [
    { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com', metadata: {} },
  ];
  return {
    status: code,
    headers: retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) },
    body: { error: { code, message, status, ...(details && { details }) } },
  };
}
