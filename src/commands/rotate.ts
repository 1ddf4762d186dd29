import type { ExitName } from '../wizard/exit-codes.ts';
import { runErrand } from './run-errand.ts';
import type { RunFlags } from './run-flags.ts';

/** `iamready rotate`: a new key in the place of the one in the file, the old one disabled, and deleted after its grace. */
export function rotate(flags: RunFlags, signal: AbortSignal): Promise<ExitName> {
  return runErrand(async () => (await import('./rotate-errand.ts')).rotateErrand(flags), flags, signal);
}
