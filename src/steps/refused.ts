import { ProblemError } from '../wizard/problem.ts';

/** Something that stays, because it is not ours, or not ours alone any more; the rest goes on without it. */
export function refused(what: string, why: string, next: string): ProblemError {
  return new ProblemError({ mover: 'person', what, why, next, exit: 'blocked', aside: true });
}
