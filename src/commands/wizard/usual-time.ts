import type { ToldStep } from './cards.ts';

/** About how long these steps take, in ms: the longest chain of those that need each other. */
export function usualTime(steps: readonly ToldStep[], planned: ReadonlySet<string>): number {
  const until = new Map<string, number>();
  for (const { id, needs, settling } of steps)
    until.set(
      id,
      Math.max(0, ...needs.map((need) => until.get(need) ?? 0)) + (planned.has(id) ? settling.usuallyMs : 0),
    );
  return Math.max(0, ...until.values());
}

/** "a minute", "3 minutes": rounded up. @param ms how long it takes */
export function inMinutes(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
