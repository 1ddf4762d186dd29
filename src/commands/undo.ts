import type { ExitName } from '../wizard/exit-codes.ts';
import { runErrand } from './run-errand.ts';
import type { RunFlags } from './run-flags.ts';

/** `iamready undo`: takes away what the journal says was made, after a yes. What others changed since stays. */
export function undo(flags: RunFlags, signal: AbortSignal): Promise<ExitName> {
  return runErrand(async () => (await import('./undo-errand.ts')).undoErrand(flags), flags, signal);
}
