import type { ViewStore } from '../../../components/app-props.ts';
import type { Span, View } from '../../../components/view.ts';
import type { Question } from '../../wizard/question.ts';
import { nodeOf, type Session, type SessionEvent } from '../../wizard/session.ts';

/** Holds the view, and tells who draws it after each change. */
export interface Store extends ViewStore {
  /** Puts another view in place; the same one changes nothing and tells nobody. */
  change(next: (view: View) => View): void;
}

export const emptyView: View = {
  header: {},
  steps: [],
  session: undefined,
  spans: {},
  question: undefined,
  asked: 0,
  busy: undefined,
  narration: undefined,
};

export function createStore(): Store {
  let view = emptyView;
  const listeners = new Set<() => void>();
  return {
    view: () => view,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    change(next) {
      const before = view;
      view = next(before);
      if (view !== before) for (const changed of [...listeners]) changed();
    },
  };
}

/** A new question is open, with what is said beside it for those who watch. */
export function withQuestion(view: View, question: Question, narration: string | undefined): View {
  return { ...view, question, asked: view.asked + 1, narration };
}

/** From now on it plays itself, or a person took over, and nobody tells them anything any more. */
export function withAutopilot(view: View, isOn: boolean): View {
  if (isOn) return view.suggesting === true ? view : { ...view, suggesting: true };
  return { ...view, suggesting: false, narration: undefined };
}

/** No question is open any more, and nothing is said about it. */
export function withoutQuestion(view: View): View {
  return { ...view, question: undefined, narration: undefined };
}

/** The open question with other contents; any other question's are out of date. */
export function withUpdate(view: View, question: Question): View {
  return view.question?.id === question.id ? { ...view, question } : view;
}

/** Something is going on since `now`, or it is over. Saying the same again does not begin it anew. */
export function withBusy(view: View, what: string | undefined, now: number): View {
  if (what === view.busy?.what) return view;
  return { ...view, busy: what === undefined ? undefined : { what, since: now } };
}

/** The session after an event at `now`; without an event it is that of a new run. */
export function withSession(
  view: View,
  session: Session,
  event: SessionEvent | undefined,
  now: number,
): View {
  return { ...view, session, spans: event ? spansAfter(view.spans, session, event, now) : {} };
}

function spansAfter(spans: View['spans'], session: Session, event: SessionEvent, now: number): View['spans'] {
  const { step, type } = event;
  const set = (span: Span): View['spans'] => ({ ...spans, [step]: span });
  if (type === 'look' || type === 'approve') return set({ began: now });
  const span = spans[step];
  if (span === undefined || span.ended !== undefined || atWork(session, step)) return spans;
  return set({ ...span, ended: now });
}

function atWork(session: Session, step: string): boolean {
  return ['looking', 'acting', 'settling'].includes(nodeOf(session, step).state);
}
