import xterm from '@xterm/headless';

/** The colours of a terminal that our screens may use: its foreground, and the first eight, by their names in ECMA-48. */
export const colours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
export type Colour = (typeof colours)[number];

/** Neighbouring cells that look alike, without the blanks at their ends. */
export interface Run {
  /** From 0. */
  column: number;
  row: number;
  /** In cells: a wide character takes two. */
  width: number;
  text: string;
  /** Undefined is the terminal's foreground. */
  colour?: Colour;
  bold: boolean;
  dim: boolean;
}

/** A terminal's screen, as it can be drawn. */
export interface Cells {
  columns: number;
  rows: number;
  runs: Run[];
}

type Look = Pick<Run, 'colour' | 'bold' | 'dim'>;

/**
 * The screen that these bytes have drawn. A run has no more than one blank between words, and a character beyond ASCII is
 * a run of its own, because other fonts may draw it at another width.
 * @throws Error at a look that a picture of it would not show, such as a background.
 */
export async function cellsOf(written: Uint8Array, columns: number, rows: number): Promise<Cells> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(written, resolve));
  const { active } = terminal.buffer;
  const runs: Run[] = [];
  for (let row = 0; row < rows; row++) {
    let open: Run | undefined;
    for (let column = 0; column < columns; column++) {
      const cell = active.getLine(active.baseY + row)?.getCell(column);
      const text = cell?.getChars() ?? '';
      // The second half of a wide character is nothing, a cell that was never written to is a blank.
      if (cell === undefined || cell.getWidth() === 0 || text === '' || text === ' ') continue;
      const look = lookOf(cell);
      const far = open === undefined ? Infinity : column - open.column - open.width;
      if (open !== undefined && far <= 1 && alike(open, look) && isAscii(open.text) && isAscii(text)) {
        open.text += ' '.repeat(far) + text;
        open.width += far + cell.getWidth();
      } else {
        open = { column, row, width: cell.getWidth(), text, ...look };
        runs.push(open);
      }
    }
  }
  return { columns, rows, runs };
}

function lookOf(cell: xterm.IBufferCell): Look {
  const unseen =
    !cell.isBgDefault() ||
    cell.isInverse() ||
    cell.isUnderline() ||
    cell.isItalic() ||
    cell.isStrikethrough() ||
    cell.isInvisible();
  if (unseen) throw new Error(`the picture cannot show how "${cell.getChars()}" looks on the screen`);
  const look = { bold: cell.isBold() !== 0, dim: cell.isDim() !== 0 };
  if (cell.isFgDefault()) return look;
  const colour = cell.isFgPalette() ? colours[cell.getFgColor()] : undefined;
  if (colour === undefined) throw new Error(`the picture has no colour ${cell.getFgColor()}`);
  return { ...look, colour };
}

function alike(one: Look, other: Look): boolean {
  return one.colour === other.colour && one.bold === other.bold && one.dim === other.dim;
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/u.test(text);
}
