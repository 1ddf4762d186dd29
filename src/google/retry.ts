import type { CloudError } from './errors.ts';

/** What decides whether, and when, a call is sent again. */
export interface RetrySituation {
  /** Sent so far, from 1. */
  attempt: number;
  /** Since the first was sent, in ms. */
  elapsedMs: number;
  retries: number;
  /** A read, or another call that changes nothing when sent twice. */
  repeatable: boolean;
  /** Never again once it may have arrived. */
  once?: boolean;
  /** A refusal for the rate is not waited out here. */
  quotaTold?: boolean;
  /** The endpoint is this machine. */
  loopback: boolean;
}

/** No attempt begins later than this after the first. */
const BUDGET_MS = 20_000;
/** On this machine a refused connection means that nothing listens there: waiting helps only one that is just starting. */
const REFUSED_LOOPBACK_BUDGET_MS = 1_500;
const BASE_MS = 500;
const CAP_MS = 8_000;

/** Failures of the network that pass by themselves. */
const PASSING = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);
/** Failures before the first byte of the request could leave. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'EAI_AGAIN']);

/**
 * How long to wait before sending the call again: full jitter over an exponential ceiling
 * (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter), or what the server asked for.
 * @returns ms, or nothing when the failure must be told: it will not pass, it would take too long, or the call is a write
 *   whose outcome is unknown
 */
export function retryDelayMs(error: CloudError, situation: RetrySituation): number | undefined {
  if (situation.attempt > situation.retries) return undefined;
  if (!mayRepeat(error, situation)) return undefined;
  const nobodyThere = situation.loopback && error.code === 'ECONNREFUSED';
  const ceiling = Math.min(CAP_MS, (nobodyThere ? BASE_MS / 4 : BASE_MS) * 2 ** (situation.attempt - 1));
  const jitter = Math.random() * ceiling;
  // A little jitter over what the server asked for keeps many callers from coming back in the same instant.
  const wait = error.retryAfterMs === undefined ? jitter : error.retryAfterMs + Math.min(jitter, 250);
  const budget = nobodyThere ? REFUSED_LOOPBACK_BUDGET_MS : BUDGET_MS;
  return situation.elapsedMs + wait <= budget ? wait : undefined;
}

function mayRepeat(error: CloudError, { repeatable, once, quotaTold }: RetrySituation): boolean {
  // Refused for the rate: Google has not begun to work on it. What stands in between may say so later.
  if (error.kind === 'quota') return !once && !quotaTold;
  if (error.kind === 'unreachable') {
    const code = error.code ?? '';
    return NEVER_SENT.has(code) || (repeatable && PASSING.has(code));
  }
  return repeatable && (error.kind === 'unavailable' || error.kind === 'timeout');
}

/**
 * Reads a `Retry-After` header: seconds, or an HTTP date (RFC 9110 section 10.2.3).
 * @param now the server's time
 * @returns ms from now, never negative; nothing when it is neither
 */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
