import type { ExitName } from './exit-codes.ts';
import type { Change } from './step.ts';

/** The Google call that failed, for the one line that a support person needs. */
export interface FailedCall {
  api: string;
  method: string;
  httpStatus?: number;
  status?: string;
  reason?: string;
}

/** A key of the account, where a person has to choose one. Times are ISO 8601, of Google's clock. */
export interface ListedKey {
  id: string;
  created: string;
  ageDays: number;
  /** Made by Google, or uploaded by somebody. */
  origin: 'google' | 'uploaded';
  disabled: boolean;
  /** Absent where it does not expire. */
  expires?: string;
  expired: boolean;
  /** The day it last signed in; null: not in the time that Google keeps; absent: not known. */
  lastUsed?: string | null;
  /** The file on this machine that holds it, where one was found. */
  file?: string;
  /** It is the key in the key file, which is not for choosing. */
  inUse?: true;
}

/** Something a person reads: whose move it is, what happened, why, and one next step. */
export interface Problem {
  /** Whose move it is: the person's, the cloud's (try later), or ours (a bug). */
  mover: 'person' | 'cloud' | 'us';
  what: string;
  why?: string;
  next: string;
  /** How the run ends if nothing is done about it. */
  exit: ExitName;
  call?: FailedCall;
  /** It concerns one thing that stays as it is: nothing else waits for it, and nobody needs to be asked. */
  aside?: true;
  /** A way out that a run can take by itself, once a person has chosen it. */
  offers?: 'keyless';
  /** Permissions the operator lacks, where that is the cause. */
  missing?: readonly string[];
  /** Where they are missing, if not on the project: exact, and as people call it. */
  missingAt?: { place: string; called: string };
  /** What would be changed, were they not missing. */
  stops?: readonly Change[];
  /** Where the world is not what it was when a plan was made, a line each. */
  differences?: readonly string[];
  /** The keys of the account, where one of them has to go. */
  keys?: readonly ListedKey[];
}

/** A problem on its way up. `cause` is for `--debug` only and never holds a secret. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.what, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}
