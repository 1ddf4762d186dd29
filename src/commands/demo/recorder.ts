import { StringDecoder } from 'node:string_decoder';
import { retimed, type Taken } from './retimed.ts';

/** One thing that a terminal was told: text to obey (`o`), or its new size (`r`), so many seconds after the beginning. */
export type Moment = readonly [seconds: number, kind: 'o' | 'r', data: string];

/** What a terminal was told, from an empty screen on. */
export interface Recording {
  columns: number;
  rows: number;
  moments: readonly Moment[];
  /** How long the last screen stands, in seconds. */
  seconds: number;
}

export interface Recorder {
  /** What is on the screen from now on would be read for so long, in ms, where it is waited for only `waitedMs`. */
  reading(ms: number, waitedMs: number): void;
  /** Ends it. */
  done(): Recording;
}

/** Records all that is written to a terminal from now on, and its size. What is written there is not changed. */
export function record(stdout: NodeJS.WriteStream): Recorder {
  const { columns, rows } = stdout;
  const taken: Taken[] = [];
  const decoder = new StringDecoder('utf8');
  const began = performance.now();
  const take = (kind: Taken['kind'], data: string): void => {
    // A terminal's driver does this on the way, and players have none.
    const obeyed = data.replaceAll(/\r?\n/gu, '\r\n');
    if (data !== '') taken.push({ ms: performance.now() - began, kind, data: obeyed });
  };
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back as it was, and called on its stream
  const { write } = stdout;
  stdout.write = new Proxy(write, {
    apply(target, self, args: unknown[]) {
      const [chunk] = args;
      if (typeof chunk === 'string') take('o', chunk);
      else if (chunk instanceof Uint8Array) take('o', decoder.write(Buffer.from(chunk)));
      const written: unknown = Reflect.apply(target, self, args);
      return written;
    },
  });
  const resized = (): void => take('r', `${stdout.columns}x${stdout.rows}`);
  stdout.on('resize', resized);
  const readings: { from: number; to: number; ms: number }[] = [];
  return {
    reading(ms, waitedMs) {
      const from = performance.now() - began;
      readings.push({ from, to: from + waitedMs, ms });
    },
    done() {
      stdout.write = write;
      stdout.off('resize', resized);
      return { columns, rows, ...retimed(taken, readings) };
    },
  };
}
