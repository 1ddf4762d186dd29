import { render, useApp, useInput, type SuspendTerminal } from 'ink';
import { useInsertionEffect, type ReactNode } from 'react';
import { App } from '../../../components/App.tsx';
import type { AppProps } from '../../../components/app-props.ts';
import { watchForTheEnd } from './last-resort.ts';

/** The terminal while it is drawn on. */
export interface Screen {
  /** Makes it a normal terminal, for another program; what is returned takes it back and draws everything anew. */
  suspend(): Promise<() => Promise<void>>;
  /** Gives it back for good, as it was; resolves when all is written. Safe to call twice. */
  close(): Promise<void>;
}

/** The terminal, and the part of Ink's that is only given to components. */
interface Terminal {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
}

// A key is drawn at once; only what comes in a stream is gathered, into a frame every 9 ms.
const maxFps = 120;

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
  let resume: (() => Promise<void>) | undefined;
  const ink = render(
    <Owner found={(found) => (suspendTerminal = found)}>
      <App {...app} />
    </Owner>,
    {
      stdin,
      stdout,
      // Ctrl-C is a key like others: what it means depends on whether a question is open.
      exitOnCtrlC: false,
      // What is written to the console shows for as long as it takes to draw the next frame; it must not move the frame.
      patchConsole: false,
      // Else Ink draws nothing until the end wherever CI is set, terminal or not.
      interactive: true,
      alternateScreen: true,
      incrementalRendering: true,
      maxFps,
    },
  );
  const unwatch = watchForTheEnd(stdin, stdout, () => ink.unmount());
  const release = (): void => {
    unwatch();
    // Ink stops listening, but Node would go on reading what is meant for others, and keep the process alive.
    stdin.pause();
    stdin.unref();
  };
  const closed = ink.waitUntilExit().then(release, (error: unknown) => {
    release();
    broke(error);
  });
  return {
    async suspend() {
      const suspension = await suspendTerminal?.();
      stdin.pause();
      resume = async () => {
        resume = undefined;
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

/** Keeps the terminal's input between questions, too: nothing typed is echoed, and Ctrl-C comes as a key. */
function Owner({ found, children }: { found: (suspend: SuspendTerminal) => void; children: ReactNode }) {
  const { suspendTerminal } = useApp();
  useInsertionEffect(() => found(suspendTerminal), [found, suspendTerminal]);
  useInput(() => undefined);
  return children;
}
