import type { Question } from '../wizard/question.ts';
import type { Session, SessionEvent } from '../wizard/session.ts';
import { margin, wrap } from '../print/layout.ts';
import { printed } from '../print/printable.ts';
import type { Conversation, Opening } from './conversation.ts';
import type { Face } from './face.ts';
import { glyphsFor } from '../print/glyphs.ts';
import { answerText } from './text/answer.ts';
import { problemLines } from './text/problem.ts';
import { questionLines } from './text/question.ts';

/** A question came up where nobody can answer it: the flag that does is named. */
export class UnansweredError extends Error {
  override readonly name = 'UnansweredError';
  readonly question: Question;

  constructor(question: Question) {
    super(`nobody is here to answer "${question.title}"; ${question.flag} does`);
    this.question = question;
  }
}

export interface ToldOptions {
  /** Where questions and their answers are told as lines; absent where the face's events are all (`--json`). */
  out?: NodeJS.WritableStream;
  /** What says whether more than ASCII is shown; nothing is where it is not given. */
  env?: NodeJS.ProcessEnv;
  /** Columns to fill; 80 where it is not given. */
  width?: number;
  /** Waits out the time to read a question, in ms; absent: nothing waits. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * A conversation without a person: each question is told with the answer that an autopilot suggests. Where it suggests
 * none, asking rejects with UnansweredError. Events and plans go to the face, which whoever opens this begins and ends:
 * who, where and what for is told there, so that headers and steps are not told again.
 */
export function openTold(
  face: Face,
  _opening: Opening,
  { out, width = 80, env = {}, pause }: ToldOptions = {},
): Conversation {
  const say = (given: readonly string[]): void => {
    out?.write(printed(given));
  };
  const tell = (text: string): void => say(wrap(text, width - 2).map((line) => margin + line));

  return {
    header: () => undefined,
    steps: () => undefined,
    async ask(question, signal, suggestion) {
      signal.throwIfAborted();
      if (suggestion === undefined) throw new UnansweredError(question);
      say(questionLines(question, width));
      if (question.kind === 'plan') face.plan(question.plan, true);
      if (question.kind === 'problem')
        say(problemLines(question.problem, undefined, { glyphs: glyphsFor(env), arrow: '', width }));
      tell(suggestion.narration);
      await pause?.(suggestion.afterMs, signal);
      signal.throwIfAborted();
      tell(`> ${answerText(suggestion.answer, question)}`);
      return suggestion.answer;
    },
    update: () => undefined,
    busy(what) {
      if (what !== undefined) tell(`${what.charAt(0).toUpperCase()}${what.slice(1)}.`);
    },
    session(session: Session, event?: SessionEvent) {
      if (event !== undefined) face.event(event, session);
    },
    narrate: tell,
    handOver: (run) => run(),
    close: () => Promise.resolve(),
  };
}
