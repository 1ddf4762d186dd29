/** One mistake at one place of a profile. */
export interface ProfileMistake {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** What was found, with the name of the field: "role.id is "a"". */
  readonly says: string;
  /** The field: `permissions[3].name`. Absent where the file is no YAML. */
  readonly field?: string | undefined;
  /** The value. */
  readonly found: string;
  readonly expected: string;
  /** The valid value that is nearest to it, where one is. */
  readonly nearest?: string | undefined;
  /** The one next step. */
  readonly remedy: string;
}

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
  /** All of them, this one first. */
  readonly mistakes?: readonly ProfileMistake[];
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
  /** Everything that is wrong in the file, in its order; empty where no file could be read. */
  readonly mistakes: readonly ProfileMistake[];

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
    this.mistakes = problem.mistakes ?? [];
  }
}
