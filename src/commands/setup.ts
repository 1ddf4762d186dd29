import type { ExitName } from '../wizard/exit-codes.ts';
import { askFirst } from './ask-first.ts';
import { carryOut } from './carry-out.ts';
import { callLog } from './debug-log.ts';
import { faceFor } from './face-for.ts';
import type { RunFlags } from './run-flags.ts';
import { profileAnswer } from './profile-answer.ts';

/** `iamready setup`: makes the account ready. Asks before the first write, unless `--yes`. */
export async function setup(flags: RunFlags, signal: AbortSignal): Promise<ExitName> {
  const profile = await profileAnswer(flags);
  const face = faceFor(flags);
  const confirm = askFirst(flags, signal);
  return carryOut({ command: 'setup', flags, profile, face, signal, confirm, log: callLog(flags) });
}
