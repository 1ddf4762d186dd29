import { ascii, unicode } from '../../../components/theme.ts';
import { showsUnicode } from '../../print/glyphs.ts';
import type { Conversation, Opening } from '../conversation.ts';
import { clipboardSequence } from './clipboard.ts';
import { showsColour } from './colour.ts';
import { openDialogue } from './dialogue.ts';
import { loadScreen } from './load-screen.ts';
import type { Screen } from './screen.tsx';

export interface TuiOptions {
  /** A terminal: `canDraw` said yes. */
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
  /** Now, in ms. Default: a clock that only goes forward. */
  clock?: () => number;
}

/** A conversation on a screen. */
export interface Tui extends Conversation {
  /** Resolves when the first frame is drawn, or never will be. What takes long to load had better wait for it. */
  shown: Promise<void>;
}

/**
 * Opens a conversation that is drawn on the whole terminal. React and Ink are loaded by this call, in the background; what
 * is said meanwhile is drawn as soon as they are there.
 *
 * If a component throws, the terminal is given back, the open question rejects with that error, and so does every later
 * one. If none was open, `interrupted` is told, and `close` rejects with the error once, so that it is not lost.
 */
export function openTui(opening: Opening, options: TuiOptions): Tui {
  const { stdin, stdout, env, clock = () => performance.now() } = options;
  const dialogue = openDialogue(opening, clock);
  const colour = showsColour(stdout, env);
  let closed = false;

  // A terminal that went away (SIGHUP, a lost connection) fails or ends; then its person has left. These listeners stay,
  // because what was begun may fail later, and an error that nobody listens to ends the process with a stack.
  let gone = false;
  const lost = (): void => {
    if (gone || closed) return;
    gone = true;
    dialogue.leave();
  };
  stdin.on('error', lost).on('end', lost);
  stdout.on('error', lost);

  // From now on, and not only when Ink is there: what is typed early is neither echoed nor lost.
  stdin.setRawMode(true);
  const screen: Promise<Screen | undefined> = loadScreen(colour).then(({ openScreen }) => {
    if (closed) return undefined;
    const props = {
      store: dialogue.store,
      marks: showsUnicode(env) ? unicode : ascii,
      colour,
      clock,
      answer: dialogue.answer,
      interrupt: dialogue.leave,
      copy: (text: string) => void stdout.write(clipboardSequence(text)),
      pressed: dialogue.pressed,
    };
    return openScreen({ stdin, stdout }, props, dialogue.fail);
  });
  const shown = screen.then(() => undefined, dialogue.fail);

  return {
    ...dialogue.said,
    shown,
    async handOver(run) {
      const resume = await (await screen)?.suspend();
      try {
        return await run();
      } finally {
        await resume?.();
      }
    },
    async close() {
      closed = true;
      await (await screen.catch(() => undefined))?.close();
      stdin.setRawMode(false);
      const unheard = dialogue.end();
      if (unheard) throw unheard.error;
    },
  };
}
