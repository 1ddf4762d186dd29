import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CloudError, type CloudErrorKind, type FailureFacts } from '../../src/google/errors.ts';
import { readRetryAfter, retryDelayMs, type RetrySituation } from '../../src/google/retry.ts';

const first: RetrySituation = { attempt: 1, elapsedMs: 0, retries: 4, repeatable: true, loopback: false };
const kinds: CloudErrorKind[] = [
  ...([
    'denied',
    'service-disabled',
    'unauthenticated',
    'not-found',
    'exists',
    'conflict',
    'precondition',
  ] as const),
  ...([
    'invalid',
    'quota',
    'unavailable',
    'unreachable',
    'timeout',
    'garbled',
    'cancelled',
    'invalid-grant',
  ] as const),
];
const codes = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'CERT_HAS_EXPIRED', undefined];

function error(facts: Partial<FailureFacts> & { kind: CloudErrorKind }): CloudError {
  return new CloudError({ api: 'iam', method: 'x', attempts: 1 }, { message: 'x', ...facts });
}

describe('a write', () => {
  test('is sent again only when it was certainly not processed', () => {
    const write = { ...first, repeatable: false };
    for (const kind of kinds)
      for (const code of codes) {
        const again = retryDelayMs(error({ kind, ...(code ? { code } : {}) }), write) !== undefined;
        const neverSent = kind === 'unreachable' && (code === 'ECONNREFUSED' || code === 'EAI_AGAIN');
        expect({ kind, code, again }).toEqual({ kind, code, again: kind === 'quota' || neverSent });
      }
  });
});

describe('a read', () => {
  test('is sent again after what passes by itself, and after nothing else', () => {
    const again = kinds.filter(
      (kind) => retryDelayMs(error({ kind, code: 'ECONNRESET' }), first) !== undefined,
    );
    expect(again).toEqual(['quota', 'unavailable', 'unreachable', 'timeout']);
  });

  test('is not sent again to a host that does not exist or is not who it says', () => {
    for (const code of ['ENOTFOUND', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT'])
      expect(retryDelayMs(error({ kind: 'unreachable', code }), first)).toBeUndefined();
  });

  test('never begins again more than 20 s after it first began, nor more often than asked', () => {
    fc.assert(
      fc.property(
        fc.record({
          attempt: fc.integer({ min: 1, max: 9 }),
          elapsedMs: fc.integer({ min: 0, max: 40_000 }),
        }),
        fc.option(fc.integer({ min: 0, max: 40_000 }), { nil: undefined }),
        (when, retryAfterMs) => {
          const facts = {
            kind: 'unavailable' as const,
            ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
          };
          const wait = retryDelayMs(error(facts), { ...first, ...when });
          if (when.attempt > 4) expect(wait).toBeUndefined();
          if (wait === undefined) return;
          expect(when.elapsedMs + wait).toBeLessThanOrEqual(20_000);
          expect(wait).toBeGreaterThanOrEqual(retryAfterMs ?? 0);
          if (retryAfterMs === undefined) expect(wait).toBeLessThanOrEqual(500 * 2 ** (when.attempt - 1));
        },
      ),
    );
  });

  test('gives up on a port of this machine where nobody listens within 1.5 s', () => {
    const refused = error({ kind: 'unreachable', code: 'ECONNREFUSED' });
    expect(retryDelayMs(refused, { ...first, loopback: true, elapsedMs: 1_500 })).toBeUndefined();
    expect(retryDelayMs(refused, { ...first, loopback: true })).toBeLessThanOrEqual(125);
  });
});

describe('Retry-After', () => {
  const now = new Date('2026-11-21T10:00:00Z');
  test.each([
    ['7', 7_000],
    [' 0 ', 0],
    ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is read as %s ms', (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms);
  });
});
