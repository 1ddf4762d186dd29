import { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { labelled } from '../../print/layout.ts';
import { printable, printed } from '../../print/printable.ts';
import { widthOf } from '../../print/width.ts';

/**
 * Stands at the end of a prompt's line, put there by whoever asks: inquirer trims its lines and writes an error below, so
 * that a typed space and the end of the line could not be told otherwise. It is never written.
 */
export const endOfLine = '\0';

/** Where lines are written: a terminal, or a stream that others read. */
export type PaperStream = NodeJS.WritableStream & { columns?: number; isTTY?: boolean };

/** A terminal used like a line printer: nothing that stands is touched again, and no escape sequence is ever written. */
export interface Paper {
  /** Columns to fill with text: those of the terminal, between 30 and 100; 80 where nobody knows. */
  width: () => number;
  /** Writes lines. Where a prompt is open, they come below it, and the prompt again below them. */
  say: (lines: readonly string[]) => void;
  /** A stream for one prompt of inquirer: it redraws as for a screen, and only what is new is written. */
  sheet: () => Writable;
}

// Wide enough that inquirer never breaks a line itself: where it breaks, what it redraws could not be compared.
const inquirerColumns = 1_000_000;

/**
 * A paper on a stream. A character that is taken back is overtyped with a space ("\b \b") where `out` is a terminal that
 * is not dumb and all that goes stands in the last row; else the whole line is written anew below.
 */
export function openPaper(out: PaperStream, env: NodeJS.ProcessEnv): Paper {
  const overtypes = out.isTTY === true && env['TERM'] !== 'dumb';
  /** The line of the open prompt, as it stands on the paper. */
  let standing: string | undefined;
  /** What inquirer last wrote below that line. */
  let below = '';

  const width = (): number => Math.max(30, Math.min(100, out.columns || 80));
  const say = (lines: readonly string[]): void => {
    out.write(standing === undefined ? printed(lines) : `\n${printed(lines)}${standing}`);
  };

  const draw = (chunk: string): void => {
    const text = stripVTControlCharacters(chunk);
    const end = text.indexOf(endOfLine);
    if (end >= 0) redraw(printable(text.slice(0, end)), text.slice(end + endOfLine.length).trim());
    else if (text.includes('\n') && standing !== undefined) {
      standing = undefined;
      below = '';
      out.write('\n');
    }
  };

  const redraw = (line: string, error: string): void => {
    const before = standing ?? '';
    standing = line;
    if (error !== '' && error !== below) {
      out.write(`\n${printed(labelled('!', error, 3, width()))}${line}`);
    } else out.write(difference(before, line));
    below = error;
  };

  /** What to write so that the line `to` stands where `from` stood. */
  const difference = (from: string, to: string): string => {
    let same = 0;
    while (same < from.length && from[same] === to[same]) same++;
    const gone = from.length - same;
    if (gone === 0) return to.slice(same);
    const inRow = widthOf(from) % (out.columns || Infinity);
    const isPlain = /^[\x20-\x7e]*$/.test(from.slice(same));
    if (overtypes && isPlain && gone < inRow) return '\b \b'.repeat(gone) + to.slice(same);
    return `\n${to}`;
  };

  const sheet = (): Writable => {
    const stream = new Writable({
      write(chunk: unknown, _encoding, done) {
        draw(String(chunk));
        done();
      },
    });
    return Object.assign(stream, { isTTY: true, columns: inquirerColumns });
  };

  return { width, say, sheet };
}
