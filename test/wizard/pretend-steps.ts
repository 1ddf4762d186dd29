import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyStep, type AnyStep } from '../../src/wizard/attempt.ts';
import { openJournal, type Journal } from '../../src/wizard/journal.ts';
import { ProblemError } from '../../src/wizard/problem.ts';
import type { Change } from '../../src/wizard/step.ts';

const staysAside = { mover: 'person', what: 'theirs', next: 'ask', exit: 'blocked', aside: true } as const;

/** A tiny world for walking the machine: each step has one number, wanted to be 1. */
export interface Shelf {
  value: Map<string, number>;
  /** What happened, in order: "look a", "act a". */
  log: string[];
  /** Steps whose look or act throws. */
  broken?: { step: string; when: 'look' | 'act' };
  /** A step that is to stay as it is. */
  aside?: string;
}

/** Steps over a shelf: the first is always as wanted, the others may need each other. */
export function shelfSteps(needs: Record<string, string[]>): AnyStep<Shelf, null>[] {
  return Object.entries(needs).map(([id, needed]) =>
    anyStep<string, number, Shelf, null>({
      id,
      title: id,
      why: id,
      undo: 'take it off the shelf',
      needs: needed,
      settling: { agree: 2, usuallyMs: 1, patienceMs: 50 },
      want: () => id,
      look(shelf) {
        shelf.log.push(`look ${id}`);
        if (shelf.broken?.step === id && shelf.broken.when === 'look')
          return Promise.reject(new Error('broken'));
        if (shelf.aside === id) return Promise.reject(new ProblemError(staysAside));
        return Promise.resolve(shelf.value.get(id) ?? 0);
      },
      compare: (wanted, seen): Change[] =>
        seen === 1 ? [] : [{ sign: '+', what: 'number', name: wanted, why: 'w', source: 's', requires: [] }],
      facts: () => [],
      act(shelf) {
        shelf.log.push(`act ${id}`);
        if (shelf.broken?.step === id && shelf.broken.when === 'act')
          return Promise.reject(new Error('broken'));
        shelf.value.set(id, 1);
        return Promise.resolve({ id });
      },
      waiting: () => ({ waitingFor: 'it' }),
      problem: () => ({ mover: 'cloud', what: 'broken', next: 'again', exit: 'cloud' }),
    }),
  );
}

/** A journal of its own in a temporary folder. */
export async function freshJournal(): Promise<Journal> {
  return openJournal(join(await mkdtemp(join(tmpdir(), 'iamready-run-')), 'journal.json'));
}
