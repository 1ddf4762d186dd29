import type { Journal } from './journal.ts';
import { ProblemError, type Problem } from './problem.ts';
import type { Change, Check, Evidence, Fact, Made, Settling, Step, Waiting } from './step.ts';

/** What one look came to. `stale`: older than our own last write, so it says nothing either way. */
export interface Finding {
  changes: readonly Change[];
  facts: readonly Fact[];
  checks?: readonly Check[];
  stale: boolean;
}

/** What an act needs to see cannot be seen yet; it passes once the earlier steps have taken effect everywhere. */
export class NotSeenYetError extends Error {
  override readonly name = 'NotSeenYetError';
}

/** What an act was to make is there by now: nothing was written, and it is looked at again. */
export class AlreadyThereError extends Error {
  override readonly name = 'AlreadyThereError';
}

/** What of these changes takes something away, each as one word to compare. */
function removalsOf(changes: readonly Change[]): Set<string> {
  const removals = changes.filter(({ sign }) => sign === '-');
  return new Set(removals.map(({ what, name, from = '' }) => [what, name, from].join('\n')));
}

/**
 * What could not be seen was approved as an assumption, and others go on writing: nothing goes that was not in the plan.
 * @throws ProblemError naming it: the next run shows it in its plan.
 */
function refuseRemovals(changes: readonly Change[], approved: ReadonlySet<string>): void {
  const removed = [...removalsOf(changes)]
    .filter((each) => !approved.has(each))
    .map((each) => each.replaceAll('\n', ' '));
  if (removed.length === 0) return;
  throw new ProblemError({
    mover: 'person',
    what: `this came to light only now, and you were not asked about removing it: ${removed.join('; ')}`,
    next: 'run this again: it is in the plan then',
    exit: 'blocked',
  });
}

/** One step set to one goal, its own types closed over: what the runner drives. */
export interface Attempt {
  readonly id: string;
  readonly needs: readonly string[];
  readonly settling: Settling;
  /**
   * True if an earlier run acted here, or was interrupted on the point of it: then a difference is a surprise, and may be a
   * replica that lags.
   */
  actedBefore(): boolean;
  /** Looks so many times side by side, once when absent, and gives the reading that is not as wanted, if there is one. */
  look(times?: number): Promise<Finding>;
  /**
   * Finds out why the last look did not find all as wanted, and so does each further look; nothing where the step does not.
   * `inVain`: it does not pass by itself.
   */
  explain(): Promise<{ finding: Finding; inVain: boolean } | undefined>;
  /** Mends what the last look found. */
  act(): Promise<void>;
  /** All is as wanted: an act that was interrupted before it could report is now reported, if it was ours. */
  adopt(): Promise<void>;
  passing(error: unknown, acted: ReadonlySet<string>): boolean;
  problem(error: unknown): Problem;
  waiting(): Waiting & { checks?: readonly Check[] };
}

/** A step whose own types are closed over, so that steps of different types stand in one list. */
export interface AnyStep<Tools, Goal> {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly undo: string;
  readonly needs: readonly string[];
  readonly settling: Settling;
  begin(tools: Tools, goal: Goal, journal: Journal, signal: AbortSignal): Attempt;
}

/** What was made, with what only the act itself could tell of it. */
function completed(making: readonly Made[], evidence: Evidence): Made[] {
  return making.map((each) => ({ ...each, evidence: { ...evidence, ...each.evidence } }));
}

/** What an act will have made, with what an interrupted one was to make and has made: nothing of that is left to do. */
function withDone(earlier: readonly Made[], making: readonly Made[]): readonly Made[] {
  if (making.length === 0) return making;
  const open = new Set(making.map((each) => JSON.stringify(each)));
  return [...earlier.filter((each) => !open.has(JSON.stringify(each))), ...making];
}

/** Closes a step over its types. */
export function anyStep<Wanted, Seen, Tools, Goal>(
  step: Step<Wanted, Seen, Tools, Goal>,
): AnyStep<Tools, Goal> {
  return {
    id: step.id,
    title: step.title,
    why: step.why,
    undo: step.undo,
    needs: step.needs,
    settling: step.settling,
    begin(tools, goal, journal, signal) {
      const wanted = step.want(goal);
      const isForeign = (error: unknown): boolean =>
        error instanceof AlreadyThereError || (step.foreign?.(error) ?? false);
      let last: { seen: Seen; changes: Change[] } | undefined;
      // What was in the plan when it was approved, however often the act is tried.
      let removals: ReadonlySet<string> | undefined;
      let explains = false;
      const explained = async (seen: Seen): Promise<Seen> =>
        explains ? ((await step.explain?.(tools, wanted, seen, journal)) ?? seen) : seen;
      const look = async (times = 1): Promise<Finding> => {
        const reading = async () => {
          const seen = await step.look(tools, wanted, journal);
          const changes = step.compare(wanted, seen);
          const assumed = step.unseen?.(seen) === true;
          return { seen, changes: assumed ? changes.map((each) => ({ ...each, assumed })) : changes };
        };
        const [first, ...others] = await Promise.all([
          reading(),
          ...Array.from({ length: times - 1 }, reading),
        ]);
        last = others.find(({ changes }) => changes.length > 0) ?? first;
        if (last.changes.length > 0) last = { ...last, seen: await explained(last.seen) };
        return findingOf(last);
      };
      const findingOf = ({ seen, changes }: NonNullable<typeof last>): Finding => {
        const evidence = journal.receipt(step.id);
        return {
          changes,
          facts: step.facts(wanted, seen),
          ...(step.checks && { checks: step.checks(wanted, seen) }),
          stale: evidence !== undefined && (step.stale?.(seen, evidence) ?? false),
        };
      };
      return {
        id: step.id,
        needs: step.needs,
        settling: step.settling,
        actedBefore: () =>
          step.asked !== true &&
          (journal.receipt(step.id) !== undefined || journal.intent(step.id) !== undefined),
        look,
        async explain() {
          if (step.explain === undefined || last === undefined || last.changes.length === 0) return undefined;
          explains = true;
          last = { ...last, seen: await explained(last.seen) };
          return { finding: findingOf(last), inVain: step.inVain?.(last.seen) ?? false };
        },
        async act() {
          removals ??= removalsOf(last?.changes ?? []);
          if (last !== undefined && step.unseen?.(last.seen)) await look();
          if (last === undefined) throw new Error(`${step.id} was told to act before it looked`);
          if (step.unseen?.(last.seen)) throw new NotSeenYetError(`${step.id} cannot be seen yet`);
          refuseRemovals(last.changes, removals);
          if (last.changes.length === 0) return;
          const earlier = journal.intent(step.id)?.making;
          const interrupted = earlier !== undefined;
          const making = withDone(earlier ?? [], step.makes?.(wanted, last.seen) ?? []);
          if (making.length > 0 && !step.intends) await journal.intend(step.id, {}, making);
          try {
            const evidence = await step.act(tools, { wanted, ...last, journal, signal });
            if (evidence !== undefined) await journal.record(step.id, evidence, completed(making, evidence));
          } catch (error) {
            // Somebody was faster: it is theirs, unless an earlier run of ours was at it.
            if (!interrupted && !step.intends && isForeign(error)) await journal.withdraw(step.id);
            throw error;
          }
        },
        async adopt() {
          if (last === undefined || !journal.writable) return;
          await step.foundSo?.(wanted, last.seen, journal);
          const intent = journal.intent(step.id);
          if (intent === undefined) return;
          const evidence = step.evidence?.(wanted, last.seen, intent.evidence);
          if (evidence === undefined) return;
          await journal.record(step.id, evidence, completed(intent.making, evidence));
        },
        passing: (error, acted) =>
          error instanceof NotSeenYetError ||
          error instanceof AlreadyThereError ||
          (step.passing?.(error, acted) ?? false),
        problem: (error) =>
          error instanceof ProblemError ? error.problem : step.problem(error, wanted, last?.seen),
        waiting: () => ({
          ...step.waiting(wanted, last?.seen),
          ...(last && step.checks && { checks: step.checks(wanted, last.seen) }),
        }),
      };
    },
  };
}
