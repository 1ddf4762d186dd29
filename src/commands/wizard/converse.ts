import { homedir } from 'node:os';
import type { ExitName } from '../../wizard/exit-codes.ts';
import type { Errand } from '../errand.ts';
import type { RunFlags } from '../run-flags.ts';
import { openConversation } from './open-conversation.ts';
import { looking } from './sign-in/looking.ts';

/**
 * Runs an errand as a conversation in this terminal, drawn or one question after another, and leaves there what came of it.
 * Flags answer what they can; the person answers the rest.
 * @param load gives the errand, once the person sees something; absent: an account is made ready
 * @returns how it ended, or the wish to try everything on the embedded cloud first
 */
export async function converse(
  flags: RunFlags,
  signal: AbortSignal,
  load?: () => Promise<Errand>,
): Promise<{ exit: ExitName } | { embedded: true }> {
  const { stdout, stderr, env } = process;
  const { conversation, left, drawn, shown } = await openConversation(flags);
  try {
    const signedIn = flags.credentials ?? flags.accessTokenFile ?? flags.account;
    if (drawn && signedIn === undefined) conversation.busy(looking);
    // All that follows takes longer to load than the first frame takes to draw.
    await shown;
    const [{ hold }, { customEndpoint }, { callLog }, errand] = await Promise.all([
      import('./hold.ts'),
      import('../endpoint-flag.ts'),
      import('../debug-log.ts'),
      load?.(),
    ]);
    const endpoint = customEndpoint(flags);
    // What is written beside a screen would be drawn into it.
    const log = drawn && stderr.isTTY ? undefined : callLog(flags);
    const place = { env, home: homedir(), cwd: process.cwd() };
    const start = { errand, flags, endpoint, badge: endpoint, ...place, demo: false, log };
    return await hold({ conversation, signal, left, stdout }, start);
  } finally {
    await conversation.close();
  }
}
