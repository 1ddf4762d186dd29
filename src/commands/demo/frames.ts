import { openCells, type Row } from './cells.ts';
import type { Recording } from './recorder.ts';

/** What a terminal showed from one moment to another, in seconds. */
export interface Frame {
  from: number;
  to: number;
  rows: readonly Row[];
}

/** What stands for less than this is not worth drawing, in seconds: the eye takes the next for it. */
const SHORTEST = 0.1;

/** The screens of a recording, one after the other, each different from the one before. */
export async function framesOf(recording: Recording): Promise<Frame[]> {
  const cells = openCells(recording.columns, recording.rows);
  const frames: (Frame & { look: string })[] = [];
  const show = (rows: Row[], from: number): void => {
    const look = JSON.stringify(rows);
    const last = frames.at(-1);
    if (last?.look === look) return;
    if (last !== undefined && from - last.from < SHORTEST) {
      frames.pop();
      show(rows, last.from);
      return;
    }
    if (last !== undefined) last.to = from;
    frames.push({ from, to: recording.seconds, rows, look });
  };
  for (const [seconds, kind, data] of recording.moments) {
    if (kind === 'o') await cells.write(data);
    else cells.resize(...sizeOf(data));
    const rows = cells.screen();
    if (rows !== undefined) show(rows, seconds);
  }
  // It begins with something to see.
  return frames.filter(({ rows }, at) => at > 0 || rows.some((row) => row.length > 0));
}

function sizeOf(text: string): [columns: number, rows: number] {
  const [columns = 80, rows = 24] = text.split('x').map(Number);
  return [columns, rows];
}
