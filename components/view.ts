import type { Header, StepCard } from '../src/wizard/presentation.ts';
import type { Question } from '../src/wizard/question.ts';
import type { Session } from '../src/wizard/session.ts';

/** When something began and ended, in ms of the clock that the view is drawn with. */
export interface Span {
  began: number;
  ended?: number;
}

/** Everything that is on the screen, as a value. What only concerns one widget (focus, filter, scrolling) is its own. */
export interface View {
  header: Header;
  /** Empty until the profile is known. */
  steps: readonly StepCard[];
  session: Session | undefined;
  /** How long each step has been at work in this run. */
  spans: Readonly<Record<string, Span>>;
  question: Question | undefined;
  /** Grows with every new question, so that widgets begin afresh; an update of a question keeps it. */
  asked: number;
  busy: { what: string; since: number } | undefined;
  /** A line for those who watch a demo that plays itself. */
  narration: string | undefined;
  /** True while it plays itself: any key takes over. */
  suggesting?: boolean;
}
