import { textLines } from './panels/layout.ts';

/** Where everything stands, in columns and rows. */
export interface Layout {
  columns: number;
  /** Of the whole frame: a row less than the terminal has, or Ink would scroll it. */
  height: number;
  margin: number;
  /** Between the margins. */
  width: number;
  /** Lines above the header. */
  top: number;
  /** Where the steps are: in a column, in a line above the panel, or in the header. */
  rail: { at: 'left'; width: number; gap: number } | { at: 'line' | 'header' };
  panel: { width: number; height: number };
  /** Lines above the hints, for what is going on and for the narration. */
  status: number;
  hints: number;
}

const header = 2;
const widestPanel = 110;

/** What a screen has to say that changes the layout. */
interface Content {
  /** Told above the hints, on up to three lines. */
  narration?: string | undefined;
  /** True for a panel that needs every column: then the steps are in the header, up to 100 columns. */
  wide?: boolean;
}

/** The layout for a terminal of this size: three widths, and a little more air where there are rows for it. */
export function layoutFor(
  { columns, rows }: { columns: number; rows: number },
  { narration = '', wide = false }: Content = {},
): Layout {
  const narrow = columns < 60;
  const margin = columns < 30 ? 0 : 2;
  const width = Math.max(columns - 2 * margin, 1);
  const rail = railFor(columns, wide);
  const hints = narrow ? 2 : 1;
  const told = narration === '' ? 0 : textLines(narration, narrationWidth(width)).length;
  const status = Math.max(Math.min(told, narrow ? 3 : 2), 1);
  const top = rows >= 28 ? 1 : 0;
  const airBelow = rows >= 24 ? 1 : 0;
  const height = Math.max(rows - 1, 1);
  const others = top + header + 1 + (rail.at === 'line' ? 2 : 0) + airBelow + status + hints;
  const panelWidth = width - (rail.at === 'left' ? rail.width + rail.gap : 0);
  return {
    columns,
    height,
    margin,
    width,
    top,
    rail,
    panel: { width: Math.min(panelWidth, widestPanel), height: Math.max(height - others, 1) },
    status,
    hints,
  };
}

function railFor(columns: number, wide: boolean): Layout['rail'] {
  if (columns >= 100) return { at: 'left', width: 20, gap: 4 };
  if (wide) return { at: 'header' };
  return columns < 60 ? { at: 'line' } : { at: 'left', width: 16, gap: 2 };
}

/** Columns of the narration behind its mark, whatever the marks are. */
export function narrationWidth(width: number): number {
  return width - 3;
}

/** Where the screen is read aloud: sentences are not broken, and a list is told ten at a time or so. */
export const spokenLayout: Layout = {
  ...layoutFor({ columns: 80, rows: 24 }),
  panel: { width: 1000, height: 14 },
};
