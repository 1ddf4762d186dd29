import type { ExitName } from '../wizard/exit-codes.ts';
import { carryOut } from './carry-out.ts';
import { callLog } from './debug-log.ts';
import { faceFor } from './face-for.ts';
import { profileAnswer } from './profile-answer.ts';
import type { RunFlags } from './run-flags.ts';

/** `iamready check`: looks, and says what differs. Writes nothing to the cloud and no state. */
export async function check(flags: RunFlags, signal: AbortSignal): Promise<ExitName> {
  const profile = await profileAnswer(flags);
  return carryOut({ command: 'check', flags, profile, face: faceFor(flags), signal, log: callLog(flags) });
}
