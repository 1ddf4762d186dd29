/** What is wrong with a profile, or with the name of one. */
export interface ProfileProblem {
  /** `unknown`: no profile has that name. `unreadable`: no text could be read. `invalid`: the text is no profile. */
  readonly kind: 'unknown' | 'unreadable' | 'invalid';
  /** One line: what was found and what was expected. */
  readonly message: string;
  /** The file as the person named it, or the built-in file's path. */
  readonly file?: string | undefined;
  /** Counted from 1. */
  readonly line?: number | undefined;
  /** Counted from 1. */
  readonly column?: number | undefined;
  readonly found: string;
  readonly expected: string;
  /** The one next step. */
  readonly remedy: string;
  /** How many more problems the same file has; the message tells it too. */
  readonly others?: number;
}

/**
 * A profile that cannot be used. It is always the person's move: `message` is one clear line, `remedy` the next
 * step. Nothing in it carries control characters.
 */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  readonly kind: ProfileProblem['kind'];
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
  readonly others: number;

  constructor(problem: ProfileProblem) {
    super(problem.message);
    this.kind = problem.kind;
    this.file = problem.file;
    this.line = problem.line;
    this.column = problem.column;
    this.found = problem.found;
    this.expected = problem.expected;
    this.remedy = problem.remedy;
    this.others = problem.others ?? 0;
  }
}
