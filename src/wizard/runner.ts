import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyStep, Attempt, Finding } from './attempt.ts';
import type { Journal } from './journal.ts';
import { observe, settle } from './observe.ts';
import type { Problem } from './problem.ts';
import {
  newSession,
  nodeOf,
  planOf,
  reduce,
  staysAside,
  type Session,
  type SessionEvent,
} from './session.ts';
import type { Change } from './step.ts';

/** What would be done, for whoever decides: the differing steps, in order. */
export interface Plan {
  steps: readonly { step: string; changes: readonly Change[] }[];
}

export interface RunOptions<Tools, Goal> {
  steps: readonly AnyStep<Tools, Goal>[];
  tools: Tools;
  goal: Goal;
  journal: Journal;
  /**
   * Answers a plan with the steps to go on with; the others are declined. `undefined` leaves every one as it is
   * (check, dry run, nobody to ask).
   */
  decide(plan: Plan, session: Session): Promise<ReadonlySet<string> | undefined>;
  /** Steps to leave out: what stands in their way does not stop the others, and they are declined where they differ. */
  skip?: ReadonlySet<string>;
  /**
   * Asked right before an approved step acts, for a person who goes step by step; false declines it, and what rests on it
   * is not begun. Steps that do not need each other may be asked about side by side.
   */
  before?(step: string, changes: readonly Change[], session: Session): Promise<boolean>;
  /** What of these changes the operator may not make; asked before anything is approved. */
  lacking(changes: readonly Change[]): Promise<Problem | undefined>;
  /**
   * Told when everything was looked at, before a plan is made of it: gives further steps to leave out. What it throws ends
   * the run before anything is done.
   */
  looked?(session: Session): Promise<ReadonlySet<string>>;
  /** Told of every event, after it has been taken in. */
  emit(event: SessionEvent, session: Session): void;
  /** Nothing is mended here, so that what differs is explained at once. */
  explains?: boolean;
  signal: AbortSignal;
  /** Waits so many ms; a test may move the simulator's clock instead. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Takes the steps from wherever the cloud is to ready: look, compare, ask, act, look again. The only effects of a run.
 * The first step is looked at alone, the others together; acts run side by side as far as their needs allow.
 * Gives the session as it ended; failures of steps are in it, only bugs and cancellation are thrown.
 */
export async function run<Tools, Goal>(options: RunOptions<Tools, Goal>): Promise<Session> {
  const { steps, journal, signal } = options;
  const attempts = steps.map((step) => step.begin(options.tools, options.goal, journal, signal));
  const pause = options.pause ?? ((ms, stop) => sleep(ms, undefined, { signal: stop }));
  let skip = options.skip ?? new Set();
  const acted = new Set<string>();
  let session = newSession(steps.map((step) => step.id));

  const dispatch = (event: SessionEvent): void => {
    signal.throwIfAborted();
    session = reduce(session, event);
    options.emit(event, session);
  };

  const lookAt = async (attempt: Attempt): Promise<void> => {
    const step = attempt.id;
    dispatch({ step, type: 'look' });
    const found = await observed(attempt).catch((error: unknown) => attempt.problem(error));
    if (!('what' in found) && found.changes.length === 0) await attempt.adopt();
    dispatch({ step, ...(await judged(found)) });
  };

  const observed = async (attempt: Attempt): Promise<Finding> => {
    const finding = await observe(attempt, pause, signal);
    if (!options.explains || finding.changes.length === 0) return finding;
    return (await attempt.explain())?.finding ?? finding;
  };

  const judged = async (found: Finding | Problem) => {
    if ('what' in found) return { type: 'cannot', problem: found } as const;
    const { changes } = found;
    if (changes.length === 0) return { type: 'seen-same', ...found } as const;
    const problem = await options.lacking(changes);
    return problem === undefined
      ? ({ type: 'seen-else', ...found } as const)
      : ({ type: 'cannot', problem } as const);
  };

  const approved = new Set<string>();
  /** False if this run is only to look. */
  const decide = async (): Promise<boolean> => {
    const open = planOf(session).filter(({ step }) => !skip.has(step));
    if (open.length === 0 || isBlocked(session, skip)) return false;
    const answer = await options.decide({ steps: open }, session);
    signal.throwIfAborted();
    if (answer === undefined) return false;
    for (const { step } of planOf(session))
      if (answer.has(step) && !skip.has(step)) approved.add(step);
      else dispatch({ step, type: 'decline' });
    return true;
  };

  const actOn = async (attempt: Attempt): Promise<void> => {
    const step = attempt.id;
    dispatch({ step, type: 'approve' });
    const failure = await actUntilDone(attempt);
    if (failure !== undefined) {
      dispatch({ step, type: 'failed', problem: failure });
      return;
    }
    acted.add(step);
    dispatch({ step, type: 'acted' });
    // What no other step has written just now is not on its way.
    const isAlone = acted.size === 1;
    const settled = await settle(
      ...([attempt, pause, signal] as const),
      (progress) => dispatch({ step, type: 'progress', progress }),
      isAlone ? 0 : attempt.settling.usuallyMs,
    );
    if ('what' in settled) dispatch({ step, type: 'too-long', problem: settled });
    else dispatch({ step, type: 'seen-same', ...settled });
  };

  /** Acts; where Google's answer only means "not yet", looks again and repeats until patience ends. */
  const actUntilDone = async (attempt: Attempt): Promise<Problem | undefined> => {
    const began = performance.now();
    for (let wait = 100; ; wait = Math.min(wait * 1.6, 3000)) {
      try {
        await attempt.act();
        return undefined;
      } catch (error) {
        signal.throwIfAborted();
        const elapsedMs = performance.now() - began;
        const { usuallyMs, patienceMs } = attempt.settling;
        if (!attempt.passing(error, acted) || elapsedMs > patienceMs) return attempt.problem(error);
        const progress = { ...attempt.waiting(), elapsedMs, usuallyMs };
        dispatch({ step: attempt.id, type: 'progress', progress });
        await pause(wait * (0.5 + Math.random() / 2), signal);
        const again = await attempt.look().catch(() => undefined);
        if (again?.changes.length === 0) {
          await attempt.adopt();
          return undefined;
        }
      }
    }
  };

  /**
   * Brings one step to its end, after the steps that it needs, each started once. Gives whether it stands: it is ready, or
   * stays aside, and so is all that it rests on, however far below.
   */
  const finishing = new Map<string, Promise<boolean>>();
  const finish = (attempt: Attempt): Promise<boolean> => {
    const known = finishing.get(attempt.id);
    if (known !== undefined) return known;
    const finished = (async () => {
      const needed = attempts.filter((other) => attempt.needs.includes(other.id));
      const standing = await Promise.all(needed.map(finish));
      if (standing.includes(false)) return false;
      const node = nodeOf(session, attempt.id);
      if (node.state === 'differs' && approved.has(attempt.id)) {
        const goesOn = (await options.before?.(attempt.id, node.changes, session)) ?? true;
        if (goesOn) await actOn(attempt);
        else dispatch({ step: attempt.id, type: 'decline' });
      }
      const ended = nodeOf(session, attempt.id);
      return ended.state === 'ready' || staysAside(ended);
    })();
    finishing.set(attempt.id, finished);
    return finished;
  };

  const [first, ...rest] = attempts;
  if (first === undefined) return session;
  await lookAt(first);
  if (nodeOf(session, first.id).state !== 'ready') return session;
  await Promise.all(rest.map(lookAt));
  if (options.looked) skip = new Set([...skip, ...(await options.looked(session))]);
  if (await decide()) await Promise.all(attempts.map(finish));
  return session;
}

function isBlocked(session: Session, skip: ReadonlySet<string>): boolean {
  return session.order.some((id) => {
    const node = nodeOf(session, id);
    return node.state === 'blocked' && !staysAside(node) && !skip.has(id);
  });
}
