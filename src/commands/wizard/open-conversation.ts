import type { Conversation, Opening } from '../../faces/conversation.ts';
import { canDraw } from '../../faces/tui/can-draw.ts';
import { LeftError } from './talk.ts';

/** A conversation that was opened, and how the person ends it from within. */
export interface Opened {
  conversation: Conversation;
  /** Ended when the person interrupts while no question is open. */
  left: AbortSignal;
  /** It draws a screen: nothing else may be written to the terminal. */
  drawn: boolean;
}

/**
 * Opens the conversation that this terminal can hold: drawn, or one question after another for `--plain`, dumb and small
 * terminals, and screen readers. Close it, whatever happens.
 */
export async function openConversation(
  { plain }: { plain?: boolean },
  tookOver: () => void = () => undefined,
): Promise<Opened> {
  const { stdin, stdout, env } = process;
  const leaving = new AbortController();
  const opening: Opening = { interrupted: () => leaving.abort(new LeftError()), tookOver };
  const drawn = plain !== true && canDraw(stdout, env);
  const conversation = drawn
    ? (await import('../../faces/tui/open.ts')).openTui(opening, { stdin, stdout, env })
    : (await import('../../faces/plain/open.ts')).openPlain(opening, { stdin, stdout, env });
  return { conversation, left: leaving.signal, drawn };
}
