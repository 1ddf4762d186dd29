import { PassThrough } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setImmediate as turn } from 'node:timers/promises';

/** What is typed on: a terminal, or a pipe with answers, one a line. */
export type KeyStream = NodeJS.ReadableStream & {
  isTTY?: boolean;
  readableEnded?: boolean;
  destroyed?: boolean;
  setRawMode?(raw: boolean): unknown;
};

/** The keys of one prompt. */
export interface Keys {
  /** For inquirer. */
  stream: NodeJS.ReadableStream;
  /** Ends when no more can be typed: Ctrl-D, or the pipe is closed. */
  over: AbortSignal;
  /** True while nothing but Ctrl-C is taken, because what was typed is being checked. */
  deaf: boolean;
  /** Told when the program goes on after Ctrl-Z, on a terminal where others wrote meanwhile. */
  resumed?: () => void;
  /** Lets go of the stream: cooked mode, paused, no listener left. Safe to call twice. */
  close(): void;
}

export interface Keyboard {
  /** True if a person may be at it; a pipe may hold several answers, which are kept for the prompts to come. */
  isTerminal: boolean;
  /** Listens from now on. What was typed on a terminal before there was a prompt to read is dropped: it was no answer. */
  open(): Promise<Keys>;
}

/** What Ctrl-C sends where the terminal is raw. */
export const ctrlC = '\u0003';
const ctrlD = '\u0004';

/**
 * Keys as inquirer's readline wants them: a stream that it sets raw, cooked at Ctrl-Z, and raw again afterwards. It would
 * then be left paused, because readline trusts its user to go on, and inquirer does not.
 */
class KeyLine extends PassThrough {
  readonly setRawMode: (raw: boolean) => void;

  constructor(setRawMode: (raw: boolean) => void) {
    super();
    this.setRawMode = setRawMode;
  }

  override pause(): this {
    return this;
  }
}

export function openKeyboard(stdin: KeyStream): Keyboard {
  const isTerminal = stdin.isTTY === true;
  const decoder = new StringDecoder();
  /** What a pipe gave beyond the line that was asked for. */
  let held = '';

  async function open(): Promise<Keys> {
    const over = new AbortController();
    let stale = isTerminal;
    let closed = false;
    let stopped = false;
    const stream = new KeyLine((raw) => {
      if (closed || !isTerminal) return;
      stdin.setRawMode?.(raw);
      if (raw && stopped) keys.resumed?.();
      stopped = !raw;
    });

    const onData = (chunk: string | Buffer): void => {
      const text = typeof chunk === 'string' ? chunk : decoder.write(chunk);
      if (isTerminal) typed(text);
      else {
        held += text;
        giveLine();
      }
    };
    const typed = (text: string): void => {
      // One chunk is a key or a paste: what follows its line's end would answer a question that nobody has read.
      const [line = ''] = /^[^\r\n]*[\r\n]?/.exec(text) ?? [];
      if (line.includes(ctrlC)) stream.write(ctrlC);
      else if (stale || keys.deaf) return;
      else if (line.includes(ctrlD)) over.abort();
      else stream.write(line);
    };
    const giveLine = (): void => {
      const end = held.indexOf('\n');
      if (end < 0) return;
      const line = held.slice(0, end).replace(/\r$/, '');
      held = held.slice(end + 1);
      letGo();
      stream.write(`${line}\n`);
    };
    // A line that was cut off is no answer.
    const onEnd = (): void => over.abort();
    const letGo = (): void => {
      stdin.pause();
      stdin.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onEnd);
    };
    const keys: Keys = {
      stream,
      over: over.signal,
      deaf: false,
      close() {
        if (closed) return;
        closed = true;
        letGo();
        if (isTerminal) stdin.setRawMode?.(false);
        stream.destroy();
      },
    };

    if (!isTerminal && held.includes('\n')) giveLine();
    else if (stdin.readableEnded === true || stdin.destroyed === true) over.abort();
    else {
      if (isTerminal) stdin.setRawMode?.(true);
      stdin.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onEnd);
      stdin.resume();
      // Twice: what waits in the operating system is read between the two.
      if (isTerminal) for (let turns = 0; turns < 2; turns++) await turn();
      stale = false;
    }
    return keys;
  }

  return { isTerminal, open };
}
