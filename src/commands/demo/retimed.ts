import type { Moment } from './recorder.ts';

/** What was written when, in ms since the beginning. */
export interface Taken {
  ms: number;
  kind: 'o' | 'r';
  data: string;
}

/** A screen that people read for `ms`, and that stood from one time to another while it was recorded. */
export interface Reading {
  from: number;
  to: number;
  ms: number;
}

/** Nothing happens for longer than this, in ms, but where something is read. */
const LONGEST_IDLE_MS = 10_000;
/** The same while work is done for a recording alone: how busy this machine is is nobody's business. */
const LONGEST_WORK_MS = 900;
/** What is written within this time is one screen to the eye, in ms. */
const ONE_SCREEN_MS = 12;
/** How long the last screen stands, in ms. */
const LAST_MS = 6000;

/**
 * Times as those who watch should have them: a screen that is read stands as long as that takes, however short it stood,
 * and waiting has an end.
 */
export function retimed(
  taken: readonly Taken[],
  readings: readonly Reading[],
): { moments: Moment[]; seconds: number } {
  const moments: Moment[] = [];
  const longest = readings.length > 0 ? LONGEST_WORK_MS : LONGEST_IDLE_MS;
  const open = [...readings];
  let before = 0;
  let now = 0;
  for (const { ms, kind, data } of taken) {
    now += Math.min(ms - before, longest);
    // What comes after a screen that is read comes when it has been read.
    for (; open[0] !== undefined && ms >= open[0].to; open.shift())
      now += Math.max(0, open[0].ms - (open[0].to - open[0].from));
    const last = moments.at(-1);
    if (
      last !== undefined &&
      kind === 'o' &&
      last[1] === 'o' &&
      ms - before < ONE_SCREEN_MS &&
      seconds(now) - last[0] < ONE_SCREEN_MS / 1000
    )
      moments[moments.length - 1] = [last[0], 'o', last[2] + data];
    else moments.push([seconds(now), kind, data]);
    before = ms;
  }
  return { moments, seconds: seconds(now + LAST_MS) };
}

const seconds = (ms: number): number => Math.round(ms) / 1000;
