import type { CloudError } from '../google/errors.ts';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** That the clock of this machine is wrong, which programs here are refused for: "it is 2 hours ahead of Google's". */
export function clockWords({ clockSkewMs }: Pick<CloudError, 'clockSkewMs'>): string | undefined {
  if (clockSkewMs === undefined) return undefined;
  const size = Math.abs(clockSkewMs);
  const [unit, ms] = units.find(([, each]) => size >= each) ?? units[2];
  const count = Math.round(size / ms);
  const off = `${count} ${unit}${count === 1 ? '' : 's'} ${clockSkewMs > 0 ? 'ahead of' : 'behind'}`;
  return `the clock of this machine is ${off} Google's`;
}

/** What to do about it. */
export const setTheClock = 'set the clock, then run this again';
