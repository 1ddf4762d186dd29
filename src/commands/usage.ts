import { ProblemError } from '../wizard/problem.ts';

/** Something on the command line that is wrong (exit 64). */
export function usage(what: string, next: string): ProblemError {
  return new ProblemError({ mover: 'person', what, next, exit: 'usage' });
}

/** An answer that nobody is there to give (exit 4); `next` names the flag. */
export function unanswered(what: string, next: string): ProblemError {
  return new ProblemError({ mover: 'person', what, next, exit: 'unanswered' });
}
