import { isCloudError } from '../google/errors.ts';
import { anyStep, type AnyStep } from '../wizard/attempt.ts';
import type { Journal } from '../wizard/journal.ts';
import { ProblemError, type Problem } from '../wizard/problem.ts';
import type { Change, Fact, Made } from '../wizard/step.ts';
import { cloudProblem } from './cloud-problem.ts';
import type { Goal, Tools } from './goal.ts';
import type { Trace } from './undo-entries.ts';
import type { Ours } from './undo-ours.ts';

/** What one step of undo is about. */
export interface Given {
  id: string;
  needs: readonly string[];
  /** What it takes away, the oldest first; never empty. */
  traces: readonly Trace[];
  /** All that runs made. */
  ours: Ours;
  journal: Pick<Journal, 'receipt'>;
  project: string;
  /** Whether services go off, too. */
  services: boolean;
  /** What steps of this run did not find, and what is so young that the journal is still to remember it. */
  unfound: { entries: readonly Made[]; steps: readonly string[] }[];
}

/**
 * Takes a reading, and more where it does not show what is looked for: replicas alternate after a write. Gives the one that
 * shows it, first.
 */
export type Read = <T>(read: () => Promise<T>, shows: (seen: T) => boolean) => Promise<readonly [T, ...T[]]>;

/** How it is taken away. */
export interface Undoing<Seen> {
  title: string;
  why: string;
  undo: string;
  /** What is there. @throws ProblemError `aside` where it is not ours any more */
  look(tools: Tools, read: Read): Promise<Seen>;
  /** Pure. Nothing means: none of it is there. */
  compare(seen: Seen): Change[];
  facts?(seen: Seen): Fact[];
  /** What stays of it once it is taken away, and how it comes back. */
  remains?(seen: Seen): string[];
  /** Takes away what `seen` shows. */
  act(tools: Tools, seen: Seen, signal: AbortSignal): Promise<void>;
  /** What keeps it from being seen or taken away: "look at or delete the role RemotionSA". */
  doing: string;
  /** A refusal of Google's that is about this thing alone. */
  problem?(error: unknown): Problem | undefined;
  /** It is there, and stays: never forgotten. */
  keeps?: boolean;
  /** Nothing else can be looked at once it is taken away: what was not found is then forgotten, for it would stop every undo. */
  blinds?: boolean;
}

/** Replicas know what was made this long ago; of what is younger, not seeing it proves little. In ms. */
const YOUNG_MS = 300_000;

/** A step that takes away what runs made; the journal forgets it as soon as Google has confirmed that. */
export function undoStep<Seen>(given: Given, undoing: Undoing<Seen>): AnyStep<Tools, Goal> {
  const { id, needs, traces, project, unfound } = given;
  const entries = traces.map(({ made }) => made);
  // Nothing that rests on it is true any more; least of all that the account was seen to be ready.
  const steps = [...new Set([...traces.map(({ step }) => step), 'validate'])];
  const isYoung = traces.some(({ at }) => Date.now() - at.getTime() < YOUNG_MS);
  let isTaken = false;
  let remains: string[] = [];

  const read: Read = async (once, shows) => {
    const first = await once();
    // What we took away is not looked for: that readings agree on it is the runner's to see.
    if (isTaken || shows(first)) return [first];
    const others = await Promise.all(Array.from({ length: isYoung ? 11 : 3 }, once));
    const all = [first, ...others] as const;
    const found = others.find(shows);
    return found === undefined ? all : [found, ...all];
  };

  return anyStep<null, Seen, Tools, Goal>({
    id,
    needs,
    title: undoing.title,
    why: undoing.why,
    undo: undoing.undo,
    settling: { agree: 3, usuallyMs: 10_000, patienceMs: 300_000 },
    want: () => null,
    look: (tools) => undoing.look(tools, read),
    compare: (_wanted, seen) => undoing.compare(seen),
    facts: (_wanted, seen) => [
      ...(undoing.facts?.(seen) ?? []),
      ...remains.map((text) => ({ tone: 'note' as const, text })),
    ],

    async foundSo(_wanted, _seen, journal) {
      if (undoing.keeps === true) return;
      if (isYoung) unfound.push({ entries, steps });
      else await journal.forget(entries, steps);
    },

    async act(tools, { changes, journal, signal }) {
      // A person has read the plan meanwhile, and others have gone on writing.
      const seen = await undoing.look(tools, read);
      refuseNew(undoing.compare(seen), changes);
      await undoing.act(tools, seen, signal);
      isTaken = true;
      remains = undoing.remains?.(seen) ?? [];
      const gone = [{ entries, steps }, ...(undoing.blinds === true ? unfound : [])];
      await journal.forget(
        gone.flatMap((each) => each.entries),
        gone.flatMap((each) => each.steps),
      );
      return undefined;
    },

    passing: (error) => isCloudError(error, 'conflict'),
    waiting: () => ({ waitingFor: 'every replica to know that it is gone' }),
    problem: (error) => {
      if (error !== undefined)
        return undoing.problem?.(error) ?? cloudProblem(error, { project, doing: undoing.doing });
      return {
        mover: 'cloud',
        what: 'it was taken away, but Google still shows it',
        next: 'wait a few minutes, then run this again',
        exit: 'cloud',
      };
    },
  });
}

/** @throws ProblemError for what was not in the plan that was approved */
function refuseNew(now: readonly Change[], approved: readonly Change[]): void {
  const names = now.map(({ what, name }) => `${what} ${name}`);
  const unknown = names.filter((name) => !approved.some((each) => `${each.what} ${each.name}` === name));
  if (unknown.length === 0) return;
  throw new ProblemError({
    mover: 'person',
    what: `this came to light only now, and you were not asked about it: ${unknown.join(', ')}`,
    next: 'run this again: it is in the plan then',
    exit: 'blocked',
  });
}
