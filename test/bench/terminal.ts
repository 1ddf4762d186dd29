import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { folder } from './program.ts';

/** What came from a program in one piece; `at` is when, in ms of performance.now(). */
export interface Piece {
  at: number;
  text: string;
}

/** A program in a terminal of 80 columns and 24 rows, of which nothing but the pieces it writes is looked at. */
export interface BenchTerminal {
  /** Just before it was started, in ms of performance.now(). */
  began: number;
  pieces: readonly Piece[];
  write(text: string): void;
  /** The first piece with which all that was written since piece number `from` meets a condition. */
  until(met: (written: string) => boolean, from?: number): Promise<Piece>;
  /** Resolves when nothing was written for so many ms. */
  quiet(ms: number): Promise<void>;
  /** Asks it to end (SIGTERM), unless it did so by itself; resolves when it is gone. */
  end(): Promise<void>;
  gone: Promise<void>;
}

/** A home for programs that are run one after another, with nothing of the person's in it; it goes with the bench's folder. */
export function freshHome(): Promise<string> {
  return mkdtemp(join(folder, 'home-'));
}

/** Starts a program under the Node that runs this; `env` is added to an environment without the person's settings. */
export function openBenchTerminal(
  args: readonly string[],
  home: string,
  env: Readonly<Record<string, string>> = {},
): BenchTerminal {
  const pieces: Piece[] = [];
  const watching = new Set<(piece: Piece | undefined) => void>();
  const began = performance.now();
  const pty = spawn(process.execPath, [...args], {
    name: 'xterm-256color',
    cols: 80,
    rows: 24,
    cwd: home,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      LC_ALL: 'C.UTF-8',
      TERM: 'xterm-256color',
      // Google's library would else ask a network that is not there whether this is a machine of Google's.
      METADATA_SERVER_DETECTION: 'none',
      ...env,
    },
  });
  pty.onData((text) => {
    const piece = { at: performance.now(), text };
    pieces.push(piece);
    for (const tell of [...watching]) tell(piece);
  });
  let over = false;
  const gone = new Promise<void>((resolve) =>
    pty.onExit(() => {
      over = true;
      for (const tell of [...watching]) tell(undefined);
      resolve();
    }),
  );
  return {
    began,
    pieces,
    write: (text) => pty.write(text),
    until: (met, from = 0) =>
      new Promise((resolve, reject) => {
        let written = '';
        const look = (piece: Piece | undefined): void => {
          written += piece?.text ?? '';
          if (piece === undefined)
            reject(new Error(`it ended before it showed what was waited for:\n${written}`));
          else if (met(written)) resolve(piece);
          else return;
          watching.delete(look);
        };
        watching.add(look);
        for (const piece of pieces.slice(from)) if (watching.has(look)) look(piece);
      }),
    quiet: (ms) =>
      new Promise((resolve) => {
        const done = (): void => {
          watching.delete(again);
          resolve();
        };
        let timer = setTimeout(done, ms);
        const again = (): void => {
          clearTimeout(timer);
          timer = setTimeout(done, ms);
        };
        watching.add(again);
      }),
    async end() {
      if (!over) pty.kill('SIGTERM');
      await gone;
    },
    gone,
  };
}
