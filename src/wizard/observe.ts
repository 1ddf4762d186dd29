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

/** Where one reading said otherwise, replicas lag, and a lucky few prove little: so many times as many must agree. */
const caution = 4;

/**
 * Looks until enough readings in a row say "as wanted". Those do not depend on each other, so they are taken side by side,
 * which also reaches more replicas; after a reading that says otherwise, one goes ahead of the others. Waits only between
 * readings that do not agree. Gives the last finding, or the problem once patience has ended.
 * @param explainAfterMs when to find out why it takes so long; where that does not pass by itself, waiting ends
 */
export async function settle(
  attempt: Attempt,
  pause: Pause,
  signal: AbortSignal,
  report: (progress: Progress) => void,
  explainAfterMs = Infinity,
): Promise<(Finding & { waits: readonly Wait[] }) | Problem> {
  const { agree, usuallyMs, patienceMs } = attempt.settling;
  const began = performance.now();
  const waited = new Map<string, number>();
  let failure: unknown;
  const look = async (times: number): Promise<Finding | undefined> => {
    failure = undefined;
    const finding = await attempt.look(times).catch((error: unknown) => {
      failure = error ?? new Error('unknown');
      return undefined;
    });
    signal.throwIfAborted();
    return finding;
  };
  let wait = 50;
  let isExplained = false;
  let finding = await look(agree);
  for (;;) {
    if (finding?.changes.length === 0)
      return { ...finding, waits: [...waited].map(([waitedFor, ms]) => ({ waitedFor, ms })) };
    const elapsedMs = performance.now() - began;
    const isLate = elapsedMs > patienceMs;
    if (failure === undefined && (isLate || (elapsedMs >= explainAfterMs && !isExplained))) {
      isExplained = true;
      const why = await attempt.explain();
      signal.throwIfAborted();
      if (why?.inVain) return attempt.problem(failure);
    }
    if (isLate) return attempt.problem(failure);
    const waiting = attempt.waiting();
    report({ ...waiting, elapsedMs, usuallyMs });
    await pause(wait * (0.5 + Math.random() / 2), signal);
    const before = [...waited.values()].reduce((sum, ms) => sum + ms, 0);
    const spent = (waited.get(waiting.waitingFor) ?? 0) + performance.now() - began - before;
    waited.set(waiting.waitingFor, spent);
    wait = Math.min(wait * 1.5, 3000);
    finding = await look(1);
    if (finding?.changes.length === 0 && agree > 1) finding = await look(agree * caution - 1);
  }
}
