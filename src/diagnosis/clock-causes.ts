import { clockWords } from '../steps/clock-words.ts';
import type { Cause } from './cause.ts';
import type { Looking } from './looking.ts';
import type { Subject } from './subject.ts';

/** From here on a token that was signed by this clock is refused (RFC 7523 leaves it to the server; Google allows minutes). */
const tellingMs = 300_000;

/**
 * That the clock of this machine is wrong. What is signed here is signed by Google's clock as soon as that is known, so the
 * account may be able to sign in all the same; other programs with its key are refused.
 */
export function clockCauses({ key, refusal }: Subject, look: Looking): Cause[] {
  if (key === undefined) return [];
  const here = Date.now();
  const there = look.now().getTime();
  const clockSkewMs = refusal?.clockSkewMs ?? (Math.abs(here - there) > tellingMs ? here - there : undefined);
  const words = clockWords({ clockSkewMs });
  if (words === undefined) return [];
  return [
    {
      kind: 'clock-skew',
      permissions: [],
      what: `${words}, so that what programs here sign with the key is refused`,
      remedy: 'set the clock of this machine: whoever administers it',
      evidence: [
        {
          call: refusal === undefined ? 'oauth2 token' : `${refusal.api} ${refusal.method}`,
          resource: `the Date of the answer`,
          said: `${new Date(there).toISOString()}, and this machine says ${new Date(here).toISOString()}${refusal === undefined ? '' : `; ${refusal.message}`}`,
        },
      ],
    },
  ];
}
