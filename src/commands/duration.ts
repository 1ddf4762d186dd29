import { shown } from './shown.ts';
import { usage } from './usage.ts';

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
/** Longer than anybody means: ten years. */
const MOST_MS = 3650 * unitMs.d;

/**
 * Reads a duration such as 30m, 24h, 7d, 2w or 0. Gives milliseconds.
 * @param flag - whose value it is: "--grace"
 * @throws ProblemError (usage) for anything else
 */
export function durationMs(text: string, flag: string): number {
  const { count, unit } = /^(?<count>\d{1,7})(?<unit>[mhdw]?)$/.exec(text)?.groups ?? {};
  const ms =
    Number(count) * (unit === 'm' || unit === 'h' || unit === 'd' || unit === 'w' ? unitMs[unit] : 0);
  const isBare = unit === '' && Number(count) !== 0;
  if (count === undefined || isBare || ms > MOST_MS)
    throw usage(
      `${flag}: ${shown(text)} is not a duration`,
      `give a number and its unit (m, h, d or w), up to ten years, or 0: ${flag}=24h`,
    );
  return ms;
}
