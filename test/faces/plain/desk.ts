import { PassThrough } from 'node:stream';
import { openPlain } from '../../../src/faces/plain/open.ts';

export interface DeskOptions {
  env?: NodeJS.ProcessEnv;
  columns?: number;
  /** False: a pipe on stdin. */
  isTerminal?: boolean;
}

/** A person's desk: a keyboard and a line printer, with the plain conversation between them. */
export function openDesk({ env = { LANG: 'C.UTF-8' }, columns = 80, isTerminal = true }: DeskOptions = {}) {
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: isTerminal,
    setRawMode: (mode: boolean) => raw.push(mode),
  });
  const stdout = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true, columns });
  let text = '';
  let waiting: (() => void)[] = [];
  stdout.on('data', (chunk: string) => {
    if (chunk.includes('\u001b')) throw new Error(`an escape was printed: ${JSON.stringify(chunk)}`);
    text += chunk;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  });
  let tookOver = 0;
  const conversation = openPlain(
    { interrupted: () => undefined, tookOver: () => tookOver++ },
    { stdin, stdout, env },
  );
  let read = 0;

  return {
    conversation,
    stdin,
    raw,
    /** All that was printed. */
    paper: () => text,
    tookOver: () => tookOver,
    /** Waits until this is printed after what was waited for before; gives what was printed up to its end. */
    async until(wanted: string): Promise<string> {
      for (;;) {
        const at = text.indexOf(wanted, read);
        if (at >= 0) {
          const from = read;
          read = at + wanted.length;
          return text.slice(from, read);
        }
        await new Promise<void>((wake) => waiting.push(wake));
      }
    },
    /** Waits for the next prompt, with this standing in it; gives what was printed up to it. */
    async asked(typed = ''): Promise<string> {
      while (!text.slice(read).endsWith(`: ${typed}`)) await new Promise<void>((wake) => waiting.push(wake));
      const from = read;
      read = text.length;
      return text.slice(from);
    },
    /** Types key by key, each waited for. */
    async type(keys: string): Promise<void> {
      for (const key of keys) {
        stdin.write(key);
        await this.until(key);
      }
    },
    press: (keys: string) => void stdin.write(keys),
  };
}

export type Desk = ReturnType<typeof openDesk>;

/** Ends with nothing, for questions that nobody takes away. */
export const never = new AbortController().signal;
