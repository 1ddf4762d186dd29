import { wrap } from '../../print/layout.ts';
import { printable } from '../../print/printable.ts';
import type { Keyboard } from './keyboard.ts';
import { endOfLine, type Paper } from './paper.ts';

export interface LineOptions {
  /** What to type, ending in a colon. */
  prompt: string;
  /** What Enter alone stands for, to be shown as the answer. */
  blank?: string;
  /** What is wrong with the line, so that it is asked again and can be mended; called on Enter. Never rejects. */
  check: (typed: string) => Promise<string | undefined>;
}

/** inquirer without looks of its own: two columns of margin, no colour, no spinner. */
const theme = {
  prefix: ' ',
  spinner: { interval: 1_000_000, frames: [' '] },
  style: {
    message: (text: string) => text,
    answer: (text: string) => text,
    error: (text: string) => text,
  },
};

/**
 * Asks for one line, through inquirer. Undefined: the person leaves, by Ctrl-C, Ctrl-D, or because nothing more can be
 * typed.
 * @throws the reason of `signal`, where that ends.
 */
export async function askLine(
  { prompt, blank = '', check }: LineOptions,
  paper: Paper,
  keyboard: Keyboard,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { input } = await import('./input.ts');
  const keys = await keyboard.open();
  const lines = wrap(printable(prompt), paper.width() - 2);
  try {
    signal.throwIfAborted();
    if (keys.over.aborted) return undefined;
    paper.say(lines.slice(0, -1).map((line) => `  ${line}`));
    keys.resumed = () => paper.say([]);
    return await withLineEditing(() =>
      input(
        {
          message: lines.at(-1) ?? '',
          theme,
          transformer: (value, { isFinal }) => (isFinal && value === '' ? blank : value) + endOfLine,
          async validate(typed) {
            keys.deaf = true;
            const wrong = await check(typed);
            keys.deaf = false;
            return wrong === undefined ? true : printable(wrong);
          },
        },
        {
          input: keys.stream,
          output: paper.sheet(),
          signal: AbortSignal.any([signal, keys.over]),
        },
      ),
    );
  } catch (error) {
    signal.throwIfAborted();
    if (keys.over.aborted || (error instanceof Error && error.name === 'ExitPromptError')) return undefined;
    throw error;
  } finally {
    keys.close();
  }
}

/**
 * Node's readline reads TERM when it begins, and edits no line where that is dumb: a backspace would be a character. The
 * paper needs nothing of a terminal, so lines can be edited on any; nobody else runs while TERM is another.
 */
function withLineEditing<T>(begin: () => T): T {
  const { TERM } = process.env;
  if (TERM !== 'dumb') return begin();
  process.env['TERM'] = 'edited';
  try {
    return begin();
  } finally {
    process.env['TERM'] = TERM;
  }
}
