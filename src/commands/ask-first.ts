import type { Plan } from '../wizard/runner.ts';
import { InterruptedError } from './interrupted.ts';

/** What asks a person on the terminal before the first write; undefined where nobody is there. */
export function askFirst(
  { json }: { json?: boolean },
  signal: AbortSignal,
): ((plan: Plan) => Promise<boolean>) | undefined {
  const someoneIsThere = process.stdin.isTTY && process.stderr.isTTY && json !== true;
  return someoneIsThere ? (plan) => ask(plan, signal) : undefined;
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
