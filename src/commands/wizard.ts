import { homedir } from 'node:os';
import type { ExitName } from '../wizard/exit-codes.ts';
import type { RunFlags } from './run-flags.ts';
import { openConversation } from './wizard/open-conversation.ts';
import { looking } from './wizard/sign-in/looking.ts';

/**
 * `iamready`: asks for everything that no flag says, on screen or one question after another, and ends with an account that
 * is ready. @throws ProblemError where nobody is there to ask
 */
export async function wizard(flags: RunFlags, signal: AbortSignal): Promise<ExitName> {
  const { stdin, stdout, stderr, env } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    const { unanswered } = await import('./usage.ts');
    throw unanswered(
      'nobody is here to answer the questions of the wizard',
      'say it with flags: iamready setup --profile=NAME --project=ID --yes',
    );
  }
  const { conversation, left, drawn, shown } = await openConversation(flags);
  try {
    const signedIn = flags.credentials ?? flags.accessTokenFile ?? flags.account;
    if (drawn && signedIn === undefined) conversation.busy(looking);
    // All that follows takes longer to load than the first frame takes to draw.
    await shown;
    const [{ hold }, { customEndpoint }, { callLog }] = await Promise.all([
      import('./wizard/hold.ts'),
      import('./endpoint-flag.ts'),
      import('./debug-log.ts'),
    ]);
    const endpoint = customEndpoint(flags);
    // What is written beside a screen would be drawn into it.
    const log = drawn && stderr.isTTY ? undefined : callLog(flags);
    const place = { env, home: homedir(), cwd: process.cwd() };
    const start = { flags, endpoint, badge: endpoint, ...place, demo: false, log };
    const held = await hold({ conversation, signal, left, stdout }, start);
    if ('exit' in held) return held.exit;
  } finally {
    await conversation.close();
  }
  const { demo } = await import('./demo.ts');
  return demo('first', { plain: flags.plain }, signal);
}
