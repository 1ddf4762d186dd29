import { render, useApp, useInput, type SuspendTerminal } from 'ink';
import { useInsertionEffect } from 'react';
import { App } from '../../../components/App.tsx';
import type { AppProps } from '../../../components/app-props.ts';
import { followSize } from './follow-size.ts';
import { watchForTheEnd } from './last-resort.ts';
import { stopReading } from './stop-reading.ts';

/** The terminal while it is drawn on. */
export interface Screen {
  /** Makes it a normal terminal, for another program; what is returned takes it back and draws everything anew. */
  suspend(): Promise<() => Promise<void>>;
  /** Gives it back for good, as it was; resolves when all is written. Safe to call twice. */
  close(): Promise<void>;
}

/** Both ends of it. */
interface Terminal {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
}

// A key is drawn at once; only what comes in a stream is gathered, into a frame every 9 ms.
const maxFps = 120;

/** Cursor to the first cell, and everything from there on erased. */
const homeAndEraseDown = '\u001B[H\u001B[J';

/**
 * Draws the app on the alternate screen of a terminal, and makes it its own: raw mode, cursor hidden.
 * @param broke told with what a component threw, after the terminal was given back.
 */
export function openScreen(
  { stdin, stdout }: Terminal,
  app: AppProps,
  broke: (error: unknown) => void,
): Screen {
  let suspendTerminal: SuspendTerminal | undefined;
  let ctrlC = false;
  // Taking over is all that a key is for, but for the one that leaves.
  const pressed = (): boolean => app.pressed?.() === true && !ctrlC;
  let resume: (() => Promise<void>) | undefined;
  const owner = (
    <Owner found={(found) => (suspendTerminal = found)} heard={(key) => (ctrlC = key === 'ctrl-c')} />
  );
  const drawn = () => (
    <>
      {owner}
      <App {...app} pressed={pressed} size={sizeOf(stdout)} />
    </>
  );
  const redraw = (): void => {
    if (resume === undefined) {
      ink.clear();
      stdout.write(homeAndEraseDown);
    }
    ink.rerender(drawn());
  };
  const unfollow = followSize(stdout, redraw);
  const ink = render(drawn(), {
    stdin,
    stdout,
    // Ctrl-C is a key like others: what it means depends on whether a question is open.
    exitOnCtrlC: false,
    // Nobody else writes to a terminal that is drawn on; if it were so, Ink would put it above the frame and move that.
    patchConsole: false,
    // Else Ink draws nothing until the end wherever CI is set, terminal or not.
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps,
  });
  const unwatch = watchForTheEnd(stdin, stdout, () => ink.unmount());
  const release = async (): Promise<void> => {
    unwatch();
    unfollow();
    await stopReading(stdin);
    stdin.unref();
  };
  const closed = ink.waitUntilExit().then(release, async (error: unknown) => {
    await release();
    broke(error);
  });
  return {
    async suspend() {
      const suspension = await suspendTerminal?.();
      await stopReading(stdin);
      resume = async () => {
        resume = undefined;
        stdin.setRawMode(true);
        await suspension?.resume();
      };
      return async () => resume?.();
    },
    async close() {
      // From the main screen Ink would "leave" the alternate one, and put the cursor back to where it was before.
      await resume?.();
      ink.unmount();
      await closed;
    },
  };
}

/** The terminal's size in cells, where it is known. */
function sizeOf({ columns, rows }: NodeJS.WriteStream): AppProps['size'] {
  return columns > 0 && rows > 0 ? { columns, rows } : undefined;
}

interface OwnerProps {
  found: (suspend: SuspendTerminal) => void;
  heard: (key: 'ctrl-c' | 'other') => void;
}

/**
 * Keeps the terminal's input between questions, too: nothing typed is echoed, and Ctrl-C comes as a key. It stands before
 * the app, so it hears every key first.
 */
function Owner({ found, heard }: OwnerProps) {
  const { suspendTerminal } = useApp();
  useInsertionEffect(() => found(suspendTerminal), [found, suspendTerminal]);
  useInput((input, key) => heard(key.ctrl && input === 'c' ? 'ctrl-c' : 'other'));
  return undefined;
}
