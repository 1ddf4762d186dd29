import type * as z from 'zod';
import type { FailureFacts } from './errors.ts';
import type { Answer } from './exchange.ts';
import { kindOfHttpStatus, readErrorBody } from './google-error.ts';
import { printable } from './printable.ts';
import { readRetryAfter } from './retry.ts';

/** What an answer was read as: the value that was expected, or the facts of a failure. */
export type Reading<T> = { value: T } | { failure: FailureFacts };

/** How to read an answer. */
export interface ReadingRules<T> {
  schema: z.ZodType<T>;
  /** A good answer holds a key or token: no part of a bad one is quoted. */
  secretAnswer: boolean;
  /** Google's error envelope alone, or also OAuth's (RFC 6749). */
  errorForm: 'google' | 'oauth';
  /** Exact strings that must not reach an error. */
  secrets: readonly string[];
  /** The server's time, for Retry-After. */
  now: Date;
}

/**
 * Reads a whole answer: JSON of the expected shape, Google's error, or something that is not Google's at all (`garbled`,
 * naming what arrived). A 5xx or 429 that is no JSON still means that the server is not able: a load balancer says so in HTML.
 */
export function readAnswer<T>(answer: Answer, rules: ReadingRules<T>): Reading<T> {
  const clean = (text: string) => printable(text, rules.secrets);
  const garbled = (why: string): Reading<T> => ({
    failure: { kind: 'garbled', message: `${why}: ${describe(answer, rules)}`, httpStatus: answer.status },
  });
  const body = parseJson(answer.text);
  if (answer.status >= 200 && answer.status < 300) {
    if (body === undefined) return garbled('the answer is not JSON');
    const read = rules.schema.safeParse(body);
    if (read.success) return { value: read.data };
    const issue = read.error.issues[0];
    const where = issue?.path.map(String).join('.') ?? '';
    return garbled(
      `the answer's shape is not Google's (${clean(where || 'whole')}: ${clean(issue?.code ?? '')})`,
    );
  }
  if (answer.status >= 300 && answer.status < 400) return garbled(redirect(answer, clean));
  const retryAfterMs = readRetryAfter(answer.headers['retry-after'], rules.now);
  const failure = readErrorBody(body, answer.status, rules.errorForm, clean);
  if (failure) return { failure: retryAfterMs === undefined ? failure : { ...failure, retryAfterMs } };
  const kind = kindOfHttpStatus(answer.status);
  if (kind !== 'unavailable' && kind !== 'quota') return garbled("the error is not in Google's form");
  const facts: FailureFacts = { kind, message: describe(answer, rules), httpStatus: answer.status };
  return { failure: retryAfterMs === undefined ? facts : { ...facts, retryAfterMs } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Status, content type, size and, where nothing secret can stand there, the first words. */
function describe(answer: Answer, rules: { secretAnswer: boolean; secrets: readonly string[] }): string {
  const type = printable(answer.headers['content-type'] ?? 'no content type', rules.secrets, 80);
  const size = `${Buffer.byteLength(answer.text)} bytes`;
  const words = rules.secretAnswer ? '' : printable(answer.text, rules.secrets).slice(0, 80).toWellFormed();
  return `HTTP ${answer.status}, ${type}, ${size}${words ? `, beginning "${words}"` : ''}`;
}

function redirect(answer: Answer, clean: (text: string) => string): string {
  const location = answer.headers['location'];
  const target =
    location && URL.canParse(location, 'http://relative') ? new URL(location, 'http://relative') : undefined;
  const where = target && target.hostname !== 'relative' ? ` to ${clean(target.host)}` : '';
  return `the answer is a redirect${where}, which Google's APIs never send`;
}
