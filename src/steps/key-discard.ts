import type { Cloud } from '../google/cloud.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { Work } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import type { SeenKey, WantedKey } from './key-wanted.ts';

/** A key that was made for nothing, and is still there: its ID, and why. */
export interface LeftKey {
  id: string;
  why?: string;
}

/**
 * Deletes a key that was just made and is of no use, so that nobody finds it.
 * @returns the key where it could not be deleted: the journal goes on remembering it, and the next run deletes it
 */
export async function discardKey(
  cloud: Cloud,
  { wanted, journal, signal }: Pick<Work<WantedKey, SeenKey>, 'wanted' | 'journal' | 'signal'>,
  id: string,
): Promise<LeftKey | undefined> {
  try {
    await againIfUnavailable(() => cloud.keys.delete(wanted.project, wanted.email, id), signal);
  } catch (error) {
    signal.throwIfAborted();
    return { id, why: error instanceof Error ? error.message : String(error) };
  }
  await journal.withdraw('key');
  return undefined;
}

/** What a person has to know of it. */
export function leftWords({ id, why }: LeftKey): string {
  return `key ${id} is in no file, and is ${why === undefined ? 'still there' : `there still, because it could not be deleted: ${why}`}`;
}

/** What is to be done about it. */
export const deletedNext = 'run this again: it deletes that key first';

/** A failure to put a key into its file, and the key where that is still there. */
export function withLeftKey(error: unknown, left: LeftKey | undefined): unknown {
  if (left === undefined || !(error instanceof ProblemError)) return error;
  const { problem } = error;
  const why = [...(problem.why === undefined ? [] : [problem.why]), leftWords(left)].join('; ');
  return new ProblemError({ ...problem, why });
}
