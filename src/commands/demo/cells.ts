import xterm from '@xterm/headless';

/** The colours of a terminal that our screens may use: the first eight, by their names in ECMA-48. */
const colours = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
export type Colour = (typeof colours)[number];

/** Neighbouring cells that look alike, without the blanks at their ends. */
export interface Run {
  /** From 0. */
  column: number;
  /** In cells: a wide character takes two. */
  width: number;
  text: string;
  /** Undefined is the terminal's foreground. */
  colour?: Colour;
  bold: boolean;
  dim: boolean;
}

/** A row of a screen, as it can be drawn. */
export type Row = readonly Run[];

type Look = Pick<Run, 'colour' | 'bold' | 'dim'>;

/** A terminal without a window. */
export interface Cells {
  /** Resolves when all of it was obeyed. */
  write(text: string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** What is on the screen; undefined while a frame is being written (synchronised output): nobody sees that. */
  screen(): Row[] | undefined;
}

/**
 * Opens a terminal of so many cells. What it shows is told in runs: a run has no more than one blank between words, and a
 * character beyond ASCII is a run of its own, because other fonts may draw it at another width.
 */
export function openCells(columns: number, rows: number): Cells {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  let synchronised = false;
  const mode =
    (on: boolean) =>
    (parameters: (number | number[])[]): boolean => {
      if (parameters.includes(2026)) synchronised = on;
      return false;
    };
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, mode(true));
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, mode(false));
  return {
    write: (text) => new Promise((resolve) => terminal.write(text, resolve)),
    resize: (wide, high) => terminal.resize(wide, high),
    screen() {
      if (synchronised) return undefined;
      const { active } = terminal.buffer;
      return Array.from({ length: terminal.rows }, (_, row) =>
        runsOf(active.getLine(active.baseY + row), terminal.cols),
      );
    },
  };
}

function runsOf(line: xterm.IBufferLine | undefined, columns: number): Row {
  const runs: Run[] = [];
  let open: Run | undefined;
  for (let column = 0; column < columns; column++) {
    const cell = line?.getCell(column);
    const text = cell?.getChars() ?? '';
    // The second half of a wide character is nothing, a cell that was never written to is a blank.
    if (cell === undefined || cell.getWidth() === 0 || text === '' || text === ' ') continue;
    const look = lookOf(cell);
    const far = open === undefined ? Infinity : column - open.column - open.width;
    if (open !== undefined && far <= 1 && alike(open, look) && isAscii(open.text) && isAscii(text)) {
      open.text += ' '.repeat(far) + text;
      open.width += far + cell.getWidth();
    } else {
      open = { column, width: cell.getWidth(), text, ...look };
      runs.push(open);
    }
  }
  return runs;
}

/** Our screens use no other looks: no backgrounds, nothing underlined. */
function lookOf(cell: xterm.IBufferCell): Look {
  const look = { bold: cell.isBold() !== 0, dim: cell.isDim() !== 0 };
  // The eight bright ones are drawn as the others.
  const colour = cell.isFgPalette() ? colours[cell.getFgColor() % 8] : undefined;
  return colour === undefined ? look : { ...look, colour };
}

function alike(one: Look, other: Look): boolean {
  return one.colour === other.colour && one.bold === other.bold && one.dim === other.dim;
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/u.test(text);
}
