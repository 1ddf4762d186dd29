import { EventEmitter } from 'node:events';
import { render } from 'ink';
import { App } from '../../components/App.tsx';
import { ascii, unicode, type Marks } from '../../components/theme.ts';
import type { View } from '../../components/view.ts';
import type { Answer } from '../../src/wizard/question.ts';

/** The four sizes at which every screen must be good. */
export const sizes = [
  { columns: 40, rows: 20 },
  { columns: 60, rows: 24 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
] as const;

export const keys = {
  enter: '\r',
  /** As terminals with the kitty protocol say it: nothing has to be waited for. */
  escape: '\u001b[27u',
  /** As the others say it: Ink waits a moment for the rest of a sequence. */
  loneEscape: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  pageDown: '\u001b[6~',
  pageUp: '\u001b[5~',
  home: '\u001b[H',
  end: '\u001b[F',
  backspace: '\u007f',
  delete: '\u001b[3~',
  control: (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 96),
  paste: (text: string) => `\u001b[200~${text}\u001b[201~`,
} as const;

interface Given {
  columns?: number;
  rows?: number;
  marks?: Marks;
  colour?: boolean;
  spoken?: boolean;
  clock?: () => number;
  pressed?: () => boolean;
  /** Told everything that is written to a terminal, where Ink writes as it does in the alternate screen. */
  written?: (text: string) => void;
  /** Keep the question after it is answered, as a store does that is slow. */
  keeps?: boolean;
}

/** A screen of a size of its own, with everything that was answered on it. */
export interface Drawn {
  /** The last frame, as Ink wrote it. */
  frame(): string;
  lines(): string[];
  /** Presses keys one after another. */
  press(...keys: readonly string[]): Promise<void>;
  /** Gives the store another view, and waits until React has taken it in. */
  show(view: View): Promise<void>;
  resize(columns: number, rows: number): void;
  answers: Answer[];
  copied: string[];
  interrupts(): number;
  end(): void;
}

/** Draws the app on a terminal that is not there. */
export function draw(first: View, given: Given = {}): Drawn {
  const { columns = 80, rows = 24, marks = unicode, colour = false, spoken = false, clock = () => 0 } = given;
  const stdout = new Screen(columns, rows, given.written);
  const stdin = new Keyboard();
  let view = first;
  let interrupts = 0;
  const answers: Answer[] = [];
  const copied: string[] = [];
  const listeners = new Set<() => void>();
  const show = (next: View): void => {
    view = next;
    for (const changed of listeners) changed();
  };
  const store = {
    view: () => view,
    subscribe(changed: () => void) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
  const ink = render(
    <App
      store={store}
      marks={marks}
      colour={colour}
      clock={clock}
      answer={(answer) => {
        answers.push(answer);
        if (given.keeps !== true) show({ ...view, question: undefined });
      }}
      interrupt={() => {
        interrupts += 1;
      }}
      copy={(text) => copied.push(text)}
      {...(given.pressed && { pressed: given.pressed })}
    />,
    {
      stdout: stdout as unknown as NodeJS.WriteStream,
      stdin: stdin as unknown as NodeJS.ReadStream,
      debug: given.written === undefined,
      alternateScreen: given.written !== undefined,
      incrementalRendering: true,
      interactive: true,
      exitOnCtrlC: false,
      patchConsole: false,
      isScreenReaderEnabled: spoken,
    },
  );
  opened.push(() => ink.unmount());
  return {
    frame: () => stdout.last,
    lines: () => stdout.last.replace(/\n$/, '').split('\n'),
    async press(...pressed) {
      for (const key of pressed) {
        stdin.give(key);
        await new Promise(setImmediate);
      }
    },
    async show(next) {
      show(next);
      await new Promise(setImmediate);
    },
    resize(nextColumns, nextRows) {
      stdout.columns = nextColumns;
      stdout.rows = nextRows;
      stdout.emit('resize');
    },
    answers,
    copied,
    interrupts: () => interrupts,
    end: () => ink.unmount(),
  };
}

const opened: (() => void)[] = [];

/** Ends every screen that a test opened. */
export function endAll(): void {
  for (const end of opened.splice(0)) end();
}

/** The same signs in ASCII, for the tables of tests. */
export const faces = { unicode, ascii } as const;

class Screen extends EventEmitter {
  readonly isTTY = true;
  columns: number;
  rows: number;
  last = '';
  private readonly written: ((text: string) => void) | undefined;

  constructor(columns: number, rows: number, written?: (text: string) => void) {
    super();
    this.written = written;
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string): boolean {
    this.written?.(text.replaceAll('\n', '\r\n'));
    // Modes of the terminal, such as bracketed paste, are no frame.
    if (!text.startsWith('\u001b[?')) this.last = text;
    return true;
  }
}

class Keyboard extends EventEmitter {
  readonly isTTY = true;
  private waiting: string | null = null;

  give(text: string): void {
    this.waiting = text;
    this.emit('readable');
  }

  read(): string | null {
    const text = this.waiting;
    this.waiting = null;
    return text;
  }

  setEncoding(): void {}
  setRawMode(): void {}
  ref(): void {}
  unref(): void {}
}
