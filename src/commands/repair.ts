import type { ExitName } from '../wizard/exit-codes.ts';
import { runErrand } from './run-errand.ts';
import type { RunFlags } from './run-flags.ts';

/** `iamready repair`: shows what differs, as `check` does, and mends it after a yes. */
export function repair(flags: RunFlags, signal: AbortSignal): Promise<ExitName> {
  return runErrand(async () => (await import('./repair-errand.ts')).repairErrand, flags, signal);
}
