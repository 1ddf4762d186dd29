import type { ExitName } from '../wizard/exit-codes.ts';
import type { RunFlags } from './run-flags.ts';
import { converse } from './wizard/converse.ts';

/**
 * `iamready`: asks for everything that no flag says, on screen or one question after another, and ends with an account that
 * is ready. @throws ProblemError where nobody is there to ask
 */
export async function wizard(flags: RunFlags, signal: AbortSignal): Promise<ExitName> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    const { unanswered } = await import('./usage.ts');
    throw unanswered(
      'nobody is here to answer the questions of the wizard',
      'say it with flags: iamready setup --profile=NAME --project=ID --yes',
    );
  }
  const held = await converse(flags, signal);
  if ('exit' in held) return held.exit;
  const { demo } = await import('./demo.ts');
  return demo('first', { plain: flags.plain }, signal);
}
