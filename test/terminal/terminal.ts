import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawn } from '@lydell/node-pty';
import { z } from 'zod';
import { openEmulator, type Emulator } from './emulator.ts';
import { keys, type Key } from './keys.ts';

const watcher = path.join(import.meta.dirname, 'under-terminal.ts');

/** Longer than anything takes that these tests do, also on a machine that is busy with others. In ms. */
const patienceMs = 20_000;

const Started = z.object({ pid: z.int(), tty: z.string() });
const Ended = z.object({ code: z.int().nullable(), signal: z.string().nullable(), stty: z.string() });

/** How a program ended, and how the terminal's driver was left: as `stty -a` tells it, empty if the terminal was gone. */
export type Ended = z.infer<typeof Ended>;

export interface TerminalOptions {
  columns?: number;
  rows?: number;
  /** Added to an environment that knows nothing of this machine's logins. Undefined takes one out. */
  env?: Record<string, string | undefined>;
  /** Home and working folder; a fresh one otherwise, which is removed in the end. */
  folder?: string;
}

/** A program in a terminal, and the person who sits before it. */
export interface Terminal extends Omit<Emulator, 'write' | 'resize'>, AsyncDisposable {
  readonly folder: string;
  /** All bytes that were written to the terminal so far. */
  raw(): Buffer;
  /** Presses keys, all at once. Escape needs what follows it to be pressed later: wait for what it does first. */
  press(...names: Key[]): void;
  /** Types a text as it is. */
  type(text: string): void;
  /** Pastes a text, as the terminal does it: in brackets where the program asked for them. */
  paste(text: string): void;
  resize(columns: number, rows: number): void;
  /** Sends the program a signal. */
  signal(name: NodeJS.Signals): void;
  /** Closes the window: nobody reads or types any more, and SIGHUP is sent. */
  hangUp(): void;
  /** Waits until the screen shows a text, or a condition is met. @throws Error with the screen, after `withinMs` (20 s). */
  until(wanted: string | RegExp | (() => boolean), withinMs?: number): Promise<void>;
  /** True if keys go to the program as they are pressed, unechoed: the terminal's driver is in raw mode. */
  rawMode(): boolean;
  /** The program's end. @throws Error with the screen, if it does not come within 20 s. */
  ended(): Promise<Ended>;
}

/** Starts a command in a terminal of its own (80 by 24, where nothing else is said). */
export async function openTerminal(
  command: string,
  args: readonly string[],
  { columns = 80, rows = 24, env, folder: given }: TerminalOptions = {},
): Promise<Terminal> {
  const folder = given ?? (await mkdtemp(path.join(tmpdir(), 'iamready-terminal-')));
  const report = path.join(await mkdtemp(path.join(tmpdir(), 'iamready-report-')), 'report');
  const pty = spawn(process.execPath, [watcher, report, command, ...args], {
    // It would take the place of the environment's TERM.
    name: env?.['TERM'] ?? 'xterm-256color',
    cols: columns,
    rows,
    cwd: folder,
    encoding: null,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      TERM: 'xterm-256color',
      LC_ALL: 'C.UTF-8',
      METADATA_SERVER_DETECTION: 'none',
      NODE_COMPILE_CACHE: path.join(import.meta.dirname, '../../node_modules/.cache/iamready'),
      ...env,
    },
  });
  const emulator = openEmulator(columns, rows, (data) => pty.write(data));
  const waiting = new Set<() => void>();
  const written: Buffer[] = [];
  let drawn = Promise.resolve();
  pty.onData((data) => {
    const bytes = Buffer.from(data);
    written.push(bytes);
    drawn = drawn.then(() => emulator.write(bytes)).then(() => waiting.forEach((check) => check()));
  });
  let over = false;
  const exit = new Promise<void>((resolve) =>
    pty.onExit(() => {
      over = true;
      waiting.forEach((check) => check());
      resolve();
    }),
  );
  const told = (line: number): unknown => JSON.parse(readFileSync(report, 'utf8').split('\n')[line] ?? '');

  function waitUntil(met: () => boolean, what: string, withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (error?: Error): void => {
        waiting.delete(check);
        clearTimeout(timer);
        if (error) reject(error);
        else resolve();
      };
      const fail = (why: string): void => settle(new Error(`${what}: ${why}\n${pictureOf(emulator)}`));
      const check = (): void => {
        if (met()) settle();
      };
      const timer = setTimeout(() => fail(`not within ${withinMs} ms`), withinMs);
      waiting.add(check);
      check();
    });
  }

  const terminal: Terminal = {
    ...emulator,
    folder,
    raw: () => Buffer.concat(written),
    press: (...names) => pty.write(names.map((name) => keys[name]).join('')),
    type: (text) => pty.write(text),
    paste: (text) => pty.write(emulator.bracketedPaste() ? `\u001B[200~${text}\u001B[201~` : text),
    resize(wide, high) {
      pty.resize(wide, high);
      emulator.resize(wide, high);
    },
    signal: (name) => void process.kill(Started.parse(told(0)).pid, name),
    hangUp() {
      // The package's types leave this out.
      if ('destroy' in pty && typeof pty.destroy === 'function') Reflect.apply(pty.destroy, pty, []);
    },
    until(wanted, withinMs = patienceMs) {
      const met = (): boolean => {
        if (typeof wanted === 'function') return wanted();
        const text = emulator.screen().join('\n');
        return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
      };
      const what = typeof wanted === 'function' ? wanted.toString() : `the screen shows ${String(wanted)}`;
      return waitUntil(() => !emulator.synchronising() && met(), what, withinMs);
    },
    rawMode() {
      const { tty } = Started.parse(told(0));
      const { stdout } = spawnSync('sh', ['-c', 'stty -a < "$0"', tty], { encoding: 'utf8' });
      return isRaw(stdout);
    },
    async ended() {
      await waitUntil(() => over, 'the program ends', patienceMs);
      await drawn;
      return Ended.parse(told(1));
    },
    async [Symbol.asyncDispose]() {
      if (!over) {
        // The program first, because it may outlive the one who watches it; it may just have ended by itself, too.
        try {
          terminal.signal('SIGKILL');
        } catch {
          pty.kill('SIGKILL');
        }
        await exit;
      }
      await rm(path.dirname(report), { recursive: true, force: true });
      if (given === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
  return terminal;
}

/** True if `stty -a` tells of a terminal that hands over each key, unechoed. */
export function isRaw(stty: string): boolean {
  return /(?:^|\s)-icanon(?:\s|;|$)/u.test(stty) && /(?:^|\s)-echo(?:\s|;|$)/u.test(stty);
}

/** The screen in a frame, for the message of a test that fails. */
function pictureOf(emulator: Emulator): string {
  const { column, row } = emulator.cursor();
  const lines = emulator.screen().map((line) => `| ${line}`);
  return [...lines, `cursor at ${column},${row}; alternate screen: ${emulator.alternate()}`].join('\n');
}
