import type { Attempt, Finding } from './attempt.ts';
import type { Progress, Wait } from './node.ts';
import type { Problem } from './problem.ts';

type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * Looks at a step. Google's replicas lag behind each other, so one reading that contradicts what an earlier run made
 * proves nothing: it is read again until two in a row say "as wanted" or eight in a row say otherwise. Readings that
 * are provably older than our own write do not count.
 */
export async function observe(attempt: Attempt, pause: Pause, signal: AbortSignal): Promise<Finding> {
  let finding = await attempt.look();
  if (finding.changes.length === 0 || !attempt.actedBefore()) return finding;
  const began = performance.now();
  let same = 0;
  let other = finding.stale ? 0 : 1;
  for (let wait = 10; same < 2 && other < 8; wait = Math.min(wait * 1.3, 1000)) {
    await pause(wait, signal);
    finding = await attempt.look();
    if (finding.stale) {
      if (performance.now() - began > attempt.settling.patienceMs) return finding;
    } else if (finding.changes.length === 0) {
      same++;
      other = 0;
    } else {
      other++;
      same = 0;
    }
  }
  return finding;
}

/**
 * Looks until enough readings in a row say "as wanted". Waits only between readings that do not.
 * Gives the last finding, or the problem once patience has ended.
 */
export async function settle(
  attempt: Attempt,
  pause: Pause,
  signal: AbortSignal,
  report: (progress: Progress) => void,
): Promise<(Finding & { waits: readonly Wait[] }) | Problem> {
  const { agree, usuallyMs, patienceMs } = attempt.settling;
  const began = performance.now();
  const waited = new Map<string, number>();
  let inARow = 0;
  let wait = 50;
  for (;;) {
    let failure: unknown;
    const finding = await attempt.look().catch((error: unknown) => {
      failure = error ?? new Error('unknown');
      return undefined;
    });
    signal.throwIfAborted();
    inARow = finding?.changes.length === 0 ? inARow + 1 : 0;
    if (finding !== undefined && inARow >= agree)
      return { ...finding, waits: [...waited].map(([waitedFor, ms]) => ({ waitedFor, ms })) };
    const elapsedMs = performance.now() - began;
    if (inARow > 0) continue;
    if (elapsedMs > patienceMs) return attempt.problem(failure);
    const waiting = attempt.waiting();
    report({ ...waiting, elapsedMs, usuallyMs });
    await pause(wait * (0.5 + Math.random() / 2), signal);
    const before = [...waited.values()].reduce((sum, ms) => sum + ms, 0);
    const spent = (waited.get(waiting.waitingFor) ?? 0) + performance.now() - began - before;
    waited.set(waiting.waitingFor, spent);
    wait = Math.min(wait * 1.5, 3000);
  }
}
