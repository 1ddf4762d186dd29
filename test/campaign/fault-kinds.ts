/** What the cloud, or somebody in between, may do to one call; and the exit codes a run may end with because of it. */
export interface FaultKind {
  then: object;
  allowed: readonly number[];
  /** It says that nothing was done. */
  refusal?: boolean;
  /** All that a call may take, in ms, where it may be waited for in vain. */
  deadlineMs?: number;
}

const status = (code: number, more: object = {}): object => ({ kind: 'status', status: code, ...more });
const rate = { reason: 'RATE_LIMIT_EXCEEDED' };
/** The cloud's move: try again later. */
const cloud = [6];
/** A person's move: sign in again. */
const blocked = [3];

export const faultKinds: Readonly<Record<string, FaultKind>> = {
  '429 with Retry-After': { then: status(429, { ...rate, retryAfter: 1 }), allowed: cloud, refusal: true },
  '429': { then: status(429), allowed: cloud, refusal: true },
  '403 of a rate limit': { then: status(403, rate), allowed: cloud, refusal: true },
  '401': { then: status(401), allowed: blocked },
  '500': { then: status(500), allowed: cloud },
  '503': { then: status(503), allowed: cloud },
  reset: { then: { kind: 'reset' }, allowed: cloud },
  hang: { then: { kind: 'hang' }, allowed: cloud, deadlineMs: 600 },
  'HTML body': { then: { kind: 'html' }, allowed: cloud },
  'half body': { then: { kind: 'half' }, allowed: cloud },
  'half body, cut': { then: { kind: 'half', cut: true }, allowed: cloud },
};

export const moments = ['before', 'after'] as const;
