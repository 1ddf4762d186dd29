/** The simulator's own time. Tokens, lag, quotas, operations and conditions all run on it. */
export interface Clock {
  /** The simulator's time, in milliseconds since the epoch. */
  now(): number;
  /** Moves the clock forward by so many milliseconds. */
  advance(milliseconds: number): void;
  /** What this clock showed, or will show, when the machine's shows `wall` (both ms since the epoch). */
  when(wall: number): number;
}

/**
 * Makes a clock that starts at the machine's time and runs `speed` times as fast.
 * A speed of 0 stands still until it is advanced, which is what deterministic tests want.
 */
export function createClock(speed = 1): Clock {
  const start = Date.now();
  const legs = [{ wall: start, shown: start }];
  const when = (wall: number): number => {
    // Before it started it was the machine's clock, and nobody knows where it will be moved.
    const present = Math.min(wall, Date.now());
    const leg = legs.findLast((candidate) => candidate.wall <= present);
    return Math.floor(leg ? leg.shown + (present - leg.wall) * speed + (wall - present) : wall);
  };
  // The machine's clock may be set back; this one never goes back.
  let latest = start;
  const now = () => (latest = Math.max(latest, when(Date.now())));
  return {
    now,
    when,
    advance(milliseconds) {
      legs.push({ wall: Date.now(), shown: now() + milliseconds });
    },
  };
}

/** Formats microseconds (World.stamp()) as RFC 3339 with all six digits, as newer APIs do (recorded). */
export function microTimestamp(stamp: number): string {
  const micros = String(stamp % 1_000_000).padStart(6, '0');
  return `${new Date(Math.floor(stamp / 1000)).toISOString().slice(0, 19)}.${micros}Z`;
}

/** Formats simulator time as Google does: RFC 3339, UTC, without a zero fraction. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}
