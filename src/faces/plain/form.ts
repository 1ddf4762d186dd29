import type { Answer, Question } from '../../wizard/question.ts';
import type { StepCard } from '../../wizard/presentation.ts';
import type { Session } from '../../wizard/session.ts';
import type { Marks } from '../text/problem.ts';

/** What a typed line means: an answer; something to tell before it is asked again; or nothing, and why. */
export type Reading =
  /** `chosen`: what the line was taken for, where the line does not say it itself. */
  { answer: Answer; chosen?: string } | { say: readonly string[] } | { wrong: string };

/** A question as it is asked on paper. */
export interface Form {
  /** What the question shows, without its notes, title and reason. */
  lines(): string[];
  /** What to type, ending in a colon. */
  prompt: string;
  /** What Enter alone stands for, as it is shown as an answer. */
  blank?: string;
  /** True if a line that is wrong is there to be mended, not to be typed anew. */
  mends: boolean;
  /** What can be typed besides `back`, `leave` and `?`, each with its meaning, or none. */
  help: readonly (readonly [typed: string, meaning: string])[];
  /** Reads a line, without spaces around it. `signal` ends with the question. */
  read(typed: string, signal: AbortSignal): Reading | Promise<Reading>;
  /** Resolves when there is enough of the question to show it; absent: at once. `signal` ends with the question. */
  ready?(signal: AbortSignal): Promise<void>;
  /** Takes the same question with more options; gives what is worth telling at once. */
  update?(question: Question): string[];
}

/** What forms know besides their question. */
export interface Surroundings {
  /** Fresh at every use: a terminal may be resized. */
  marks(): Marks;
  cards: readonly StepCard[];
  session: Session | undefined;
}
