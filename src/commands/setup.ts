import type { ExitName } from '../wizard/exit-codes.ts';
import type { Plan } from '../wizard/runner.ts';
import { carryOut } from './carry-out.ts';
import { callLog } from './debug-log.ts';
import { faceFor } from './face-for.ts';
import type { RunFlags } from './run-flags.ts';
import { InterruptedError } from './interrupted.ts';
import { profileAnswer } from './profile-answer.ts';

/** `iamready setup`: makes the account ready. Asks before the first write, unless `--yes`. */
export async function setup(flags: RunFlags, signal: AbortSignal): Promise<ExitName> {
  const profile = await profileAnswer(flags);
  const face = faceFor(flags);
  const someoneIsThere = process.stdin.isTTY && process.stderr.isTTY && flags.json !== true;
  const confirm = someoneIsThere ? (plan: Plan) => ask(plan, signal) : undefined;
  return carryOut({ command: 'setup', flags, profile, face, signal, confirm, log: callLog(flags) });
}

async function ask(plan: Plan, signal: AbortSignal): Promise<boolean> {
  const { confirm } = await import('../faces/plain/confirm.ts');
  const steps = plan.steps.map(({ step }) => step).join(', ');
  try {
    return await confirm(
      { message: `Do it (${steps})?`, default: false },
      { signal, output: process.stderr },
    );
  } catch (error) {
    // Ctrl-C at a question ends the run like Ctrl-C anywhere.
    if (error instanceof Error && error.name === 'ExitPromptError') throw new InterruptedError();
    throw error;
  }
}
