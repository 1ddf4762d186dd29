import type { Header, StepCard } from '../wizard/presentation.ts';
import type { Answer, Question } from '../wizard/question.ts';
import type { Session, SessionEvent } from '../wizard/session.ts';

/** What an autopilot would answer, and what it says while people read. */
export interface Suggestion {
  answer: Answer;
  narration: string;
  /** What it says next, while the answer is carried out. */
  after?: string | undefined;
  /** How long people need to read the screen, in ms. */
  afterMs: number;
}

/** How a wizard meets a person: it asks one question at a time, and shows the session between them. */
export interface Conversation {
  /** Shown from now on. */
  header(header: Header): void;
  /** The steps, once the profile is known. */
  steps(steps: readonly StepCard[]): void;
  /**
   * Asks, and resolves with the answer. Where `signal` ends, the question is taken away and this rejects.
   * With a suggestion, it answers itself after the time to read it, unless a key is pressed: then the person has taken
   * over, and `tookOver` of the opening is told.
   */
  ask(question: Question, signal: AbortSignal, suggestion?: Suggestion): Promise<Answer>;
  /** The open question, with more options or other notes. Ignored if it is no longer open. */
  update(question: Question): void;
  /** Something that takes a moment is going on: "looking for ways to sign in". Undefined: it is over. */
  busy(what: string | undefined): void;
  /** The session, after each event in it; a new run begins with a session without an event. */
  session(session: Session, event?: SessionEvent): void;
  /** One line for those who watch, where no question is open. */
  narrate(text: string): void;
  /** Gives the terminal to another program while `run` lasts. */
  handOver<T>(run: () => Promise<T>): Promise<T>;
  /** Gives the terminal back for good, as it was. Safe to call twice; nothing may be called afterwards. */
  close(): Promise<void>;
}

/** What every opening of a conversation takes. */
export interface Opening {
  /** Told when the person interrupts (Ctrl-C, or q) while no question is open: the run is to be ended. */
  interrupted: () => void;
  /** Told when a key was pressed during a suggestion: there will be no more suggestions. */
  tookOver: () => void;
}
