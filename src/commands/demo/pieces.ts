import type { Row } from './cells.ts';
import type { Frame } from './frames.ts';

/** What is seen at the same times: rows, each at its place. */
export interface Piece {
  rows: readonly { at: number; runs: Row }[];
  /** From and to, in seconds, one after the other. */
  times: readonly (readonly [from: number, to: number])[];
  /** It belongs to the frame that says most. */
  still: boolean;
}

/**
 * Takes frames apart into what changes together, so that a row which stays is drawn once, however many frames it is in.
 * Times begin with the first frame.
 */
export function piecesOf(frames: readonly Frame[]): Piece[] {
  const began = frames[0]?.from ?? 0;
  const stillFrame = fullest(frames);
  const drawn = new Map<string, { at: number; runs: Row; times: [number, number][]; still: boolean }>();
  for (const frame of frames)
    frame.rows.forEach((runs, at) => {
      if (runs.length === 0) return;
      const key = `${at} ${JSON.stringify(runs)}`;
      const row = drawn.get(key) ?? { at, runs, times: [], still: false };
      drawn.set(key, row);
      const [from, to] = [frame.from - began, frame.to - began];
      const last = row.times.at(-1);
      if (last?.[1] === from) last[1] = to;
      else row.times.push([from, to]);
      row.still ||= frame === stillFrame;
    });
  const together = Map.groupBy(drawn.values(), ({ times }) => JSON.stringify(times));
  return [...together.values()].map((rows) => ({
    rows: rows.map(({ at, runs }) => ({ at, runs })),
    times: rows[0]?.times ?? [],
    still: rows.some(({ still }) => still),
  }));
}

/** Of the frames that stand long enough to be read, the one with the most text. Which one stands longest is a matter of milliseconds. */
function fullest(frames: readonly Frame[]): Frame | undefined {
  const longest = Math.max(...frames.map(({ from, to }) => to - from));
  const read = frames.filter(({ from, to }) => to - from >= longest / 2);
  const size = ({ rows }: Frame): number => rows.flat().reduce((sum, { text }) => sum + text.length, 0);
  return read.toSorted((one, other) => size(other) - size(one))[0];
}
