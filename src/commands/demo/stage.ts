import { PassThrough, Writable } from 'node:stream';
import * as z from 'zod';

/** Where a conversation is held: a terminal, or what stands for one. */
export interface Stage {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  env: NodeJS.ProcessEnv;
}

/** In character cells, as most terminals open. */
const size = { columns: 80, rows: 24 };

// What the screens use of a terminal; the rest of Node's classes needs a real one.
const asInput = z.custom<NodeJS.ReadStream>(
  (value) => value instanceof PassThrough && 'setRawMode' in value && 'unref' in value,
);
const asOutput = z.custom<NodeJS.WriteStream>(
  (value) => value instanceof Writable && 'columns' in value && 'hasColors' in value,
);

/**
 * A terminal without a window, where a demo plays for nobody but its recorder: 80 by 24 cells, and sixteen colours unless
 * NO_COLOR is set. No key is ever pressed there.
 */
export function emptyStage(env: NodeJS.ProcessEnv): Stage {
  if (!process.stderr.isTTY) withoutCursor(process.stderr);
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  });
  // No descriptor: what is written to the real one at a sudden end is not for this terminal.
  const stdout = Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), {
    ...size,
    fd: -1,
    isTTY: true,
    hasColors: () => true,
  });
  return {
    stdin: asInput.parse(stdin),
    stdout: asOutput.parse(stdout),
    env: { ...env, TERM: 'xterm-256color' },
  };
}

/**
 * Ink's cursor library (restore-cursor) shows the cursor on the real stderr when the process ends, terminal or not: where that
 * is a file, it would be the one thing in it.
 */
function withoutCursor(stderr: NodeJS.WriteStream): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called on its stream
  stderr.write = new Proxy(stderr.write, {
    apply(target, self, args: unknown[]) {
      if (args[0] === '\u001B[?25h') return true;
      const written: unknown = Reflect.apply(target, self, args);
      return written;
    },
  });
}
