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
  /** Undefined where the steps are one line above the panel. */
  rail: { width: number; gap: number } | undefined;
  panel: { width: number; height: number };
  /** Lines above the hints, for what is going on and for the narration. */
  status: number;
  hints: number;
}

const header = 2;
const widestPanel = 110;

/** The layout for a terminal of this size: three widths, and a little more air where there are rows for it.
 * `narration` is told above the hints, on up to three lines. */
export function layoutFor({ columns, rows }: { columns: number; rows: number }, narration = ''): Layout {
  const narrow = columns < 60;
  const margin = columns < 30 ? 0 : 2;
  const width = Math.max(columns - 2 * margin, 1);
  const rail = narrow ? undefined : columns < 100 ? { width: 16, gap: 2 } : { width: 20, gap: 4 };
  const hints = narrow ? 2 : 1;
  const told = narration === '' ? 0 : textLines(narration, width).length;
  const status = Math.max(Math.min(told, narrow ? 3 : 2), 1);
  const top = rows >= 28 ? 1 : 0;
  const airBelow = rows >= 24 ? 1 : 0;
  const height = Math.max(rows - 1, 1);
  const others = top + header + 1 + (narrow ? 2 : 0) + airBelow + status + hints;
  const panelWidth = width - (rail ? rail.width + rail.gap : 0);
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

/** Where the screen is read aloud: sentences are not broken, and a list is told ten at a time or so. */
export const spokenLayout: Layout = {
  ...layoutFor({ columns: 80, rows: 24 }),
  panel: { width: 1000, height: 14 },
};
