import type { ExitName } from '../wizard/exit-codes.ts';
import type { Errand } from './errand.ts';
import type { RunFlags } from './run-flags.ts';

/**
 * Runs an errand for whoever is there: a conversation in a terminal, unless flags say yes, or ask for JSON or for nothing
 * but the plan; else lines or events, and nothing is asked but the one question before the first write.
 * @throws ProblemError for what is wrong before it can begin, such as an answer that is missing
 */
export async function runErrand(
  load: () => Promise<Errand>,
  flags: RunFlags,
  signal: AbortSignal,
): Promise<ExitName> {
  const { stdin, stdout } = process;
  const { yes = false, json = false, dryRun = false, planOut } = flags;
  if (stdin.isTTY && stdout.isTTY && !yes && !json && !dryRun && planOut === undefined) {
    const { converse } = await import('./wizard/converse.ts');
    const held = await converse(flags, signal, load);
    if ('exit' in held) return held.exit;
    throw new Error('the embedded cloud was not to be offered');
  }
  await import('./schemas-as-data.ts');
  const [{ carryOut }, { profileAnswer }, { faceFor }, { askFirst }, { callLog }, errand] = await Promise.all(
    [
      import('./carry-out.ts'),
      import('./profile-answer.ts'),
      import('./face-for.ts'),
      import('./ask-first.ts'),
      import('./debug-log.ts'),
      load(),
    ],
  );
  const profile = await profileAnswer(flags);
  const confirm = askFirst(flags, signal);
  return carryOut({ ...errand, flags, profile, face: faceFor(flags), signal, confirm, log: callLog(flags) });
}
