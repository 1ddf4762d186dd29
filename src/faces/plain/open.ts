import type { Header, StepCard } from '../../wizard/presentation.ts';
import type { Answer, Question } from '../../wizard/question.ts';
import type { Session } from '../../wizard/session.ts';
import { glyphsFor, showsUnicode } from '../../print/glyphs.ts';
import { margin, wrap } from '../../print/layout.ts';
import type { Conversation, Opening, Suggestion } from '../conversation.ts';
import { answerText } from '../text/answer.ts';
import { eventTeller } from '../text/events.ts';
import { questionLines } from '../text/question.ts';
import { askUntilAnswered, formOf } from './ask.ts';
import { waitForKey } from './autopilot.ts';
import { busyTeller } from './busy.ts';
import type { Form } from './form.ts';
import { headerSentence } from './header.ts';
import { openKeyboard, type KeyStream } from './keyboard.ts';
import { openPaper, type PaperStream } from './paper.ts';

export interface PlainOptions {
  stdin: KeyStream;
  stdout: PaperStream;
  env: NodeJS.ProcessEnv;
}

/**
 * The wizard as one question after another, on any terminal and for any reader: what was written is never touched again,
 * and no escape sequence is sent. Between questions nothing reads the keyboard, so Ctrl-C is the system's own signal.
 */
export function openPlain(opening: Opening, { stdin, stdout, env }: PlainOptions): Conversation {
  const paper = openPaper(stdout, env);
  const keyboard = openKeyboard(stdin);
  const glyphs = glyphsFor(env);
  const arrow = showsUnicode(env) ? '→' : '->';
  const marks = () => ({ glyphs, arrow, width: paper.width() });
  const closing = new AbortController();

  let cards: readonly StepCard[] = [];
  let session: Session | undefined;
  let headed: string | undefined;
  let open: { question: Question; form: Form; shown: boolean } | undefined;

  const tell = (text: string): void => paper.say(wrap(text, paper.width() - 2).map((line) => margin + line));
  const newTeller = () =>
    eventTeller({
      say: paper.say,
      title: (step) => cards.find(({ id }) => id === step)?.title ?? step,
      glyphs,
      width: paper.width(),
    });
  const tellBusy = busyTeller(tell);
  let tellEvent = newTeller();

  /** "Step 3 of 7: Custom role", where the question belongs to a step; a plan is about all of them. */
  const place = ({ at, kind, title }: Question): string[] => {
    const index = kind === 'plan' ? -1 : cards.findIndex(({ id }) => id === at);
    const card = cards[index];
    if (card === undefined) return [];
    const named = card.title === title ? '' : `: ${card.title}`;
    return ['', `${margin}Step ${index + 1} of ${cards.length}${named}`];
  };

  const ask = async (question: Question, until: AbortSignal, suggestion?: Suggestion): Promise<Answer> => {
    const signal = AbortSignal.any([until, closing.signal]);
    signal.throwIfAborted();
    if (open !== undefined) throw new Error(`"${question.id}" is asked while "${open.question.id}" is open`);
    const form = formOf(question, { marks, cards, session });
    const asked = { question, form, shown: false };
    open = asked;
    try {
      await form.ready?.(signal);
      signal.throwIfAborted();
      asked.shown = true;
      paper.say([...place(question), ...questionLines(asked.question, paper.width()), ...form.lines()]);
      const ended = await (suggestion && suggested(question, suggestion, signal));
      return ended ?? (await askUntilAnswered(question, form, paper, keyboard, signal));
    } finally {
      open = undefined;
    }
  };

  /** The answer after the time to read the question; undefined where somebody took over. */
  const suggested = async (
    question: Question,
    { narration, afterMs, answer }: Suggestion,
    signal: AbortSignal,
  ): Promise<Answer | undefined> => {
    tell(narration);
    const ended = await waitForKey(afterMs, keyboard, signal);
    if (ended === 'leave') return { kind: 'leave' };
    if (ended === 'key') {
      opening.tookOver();
      return undefined;
    }
    tell(`> ${answerText(answer, question)}`);
    return answer;
  };

  return {
    header(header: Header) {
      const sentence = headerSentence(header);
      if (sentence === undefined || sentence === headed) return;
      headed = sentence;
      tell(sentence);
    },
    steps(given) {
      cards = given;
    },
    ask,
    update(question) {
      if (open?.question.id !== question.id) return;
      const { form, shown } = open;
      const told = notesOf(open.question);
      open.question = question;
      const lines = form.update?.(question) ?? [];
      if (!shown) return;
      for (const { text } of question.notes ?? []) if (!told.has(text)) tell(text);
      if (lines.length > 0) paper.say(lines);
    },
    busy: tellBusy,
    session(given, event) {
      session = given;
      if (event === undefined) tellEvent = newTeller();
      else tellEvent(event, given);
    },
    narrate: tell,
    // Nothing is held between questions.
    handOver: (run) => run(),
    close() {
      closing.abort(new Error('the conversation is closed'));
      tellBusy(undefined);
      stdin.pause();
      return Promise.resolve();
    },
  };
}

function notesOf({ notes = [] }: Question): ReadonlySet<string> {
  return new Set(notes.map(({ text }) => text));
}
