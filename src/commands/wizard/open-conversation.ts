import type { Conversation, Opening } from '../../faces/conversation.ts';
import { canDraw } from '../../faces/tui/can-draw.ts';
import { openTui } from '../../faces/tui/open.ts';
import { LeftError } from './talk.ts';

/** A conversation that was opened, and how the person ends it from within. */
export interface Opened {
  conversation: Conversation;
  /** Ended when the person interrupts while no question is open. */
  left: AbortSignal;
  /** It draws a screen: nothing else may be written to the terminal. */
  drawn: boolean;
  /** Resolves when the person sees something: only then is loaded what the first frame does not need. */
  shown: Promise<void>;
}

/** Both ends of a terminal, and what its environment says of it. */
interface Terminal {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
}

/**
 * Opens the conversation that this terminal can hold: drawn, or one question after another for `--plain`, dumb and small
 * terminals, and screen readers. Close it, whatever happens.
 */
export async function openConversation(
  { plain }: { plain?: boolean },
  tookOver: () => void = () => undefined,
  { stdin, stdout, env }: Terminal = process,
): Promise<Opened> {
  const leaving = new AbortController();
  const opening: Opening = { interrupted: () => leaving.abort(new LeftError()), tookOver };
  const left = leaving.signal;
  if (plain !== true && canDraw(stdout, env, stdin)) {
    const tui = openTui(opening, { stdin, stdout, env });
    return { conversation: tui, left, drawn: true, shown: tui.shown };
  }
  const { openPlain } = await import('../../faces/plain/open.ts');
  const conversation = openPlain(opening, { stdin, stdout, env });
  return { conversation, left, drawn: false, shown: Promise.resolve() };
}
