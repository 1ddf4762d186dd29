import type { Conversation } from '../../../src/faces/conversation.ts';
import { talkIn, type Talk } from '../../../src/commands/wizard/talk.ts';
import type { Header, StepCard } from '../../../src/wizard/presentation.ts';
import type { Answer, ChoiceQuestion, Option, Question } from '../../../src/wizard/question.ts';
import type { Session, SessionEvent } from '../../../src/wizard/session.ts';

/**
 * What a person does at a question: answers at once, waits until they see what they look for (a function, asked again at
 * every change of the question, until it answers), or tries a text that they expect to be refused, and goes on.
 */
export type Reply = Answer | Seeking | { kind: 'tries'; text: string };
export type Seeking = (question: Question) => Answer | undefined | Promise<Answer>;

/** The ID of the question that is expected, and what the person does there. */
export type Line = readonly [question: string, reply: Reply];

/** Everything that a person was shown and did. */
export interface Person {
  talk: Talk;
  conversation: Conversation;
  /** Each question as it stood when it was answered. */
  asked: Question[];
  /** What was said against the texts that were tried. */
  complaints: string[];
  headers: Header[];
  steps: readonly StepCard[];
  sessions: { session: Session; event?: SessionEvent }[];
  narrated: string[];
  busy: string[];
  /** How often the terminal was given to another program. */
  handedOver: number;
  closed: boolean;
  /** The question of this ID as it was answered last; throws if it never was. */
  question: (id: string) => Question;
  /** The same, which must be a choice. */
  choice: (id: string) => ChoiceQuestion;
  /** An option of that choice; throws if it was not there. */
  option: (question: string, id: string) => Option;
  /** The lines that nobody has asked for yet. */
  rest: () => readonly Line[];
}

/** Chooses this option as soon as it is there and can be chosen. */
export function choose(id: string): Seeking {
  return (question) => {
    if (question.kind !== 'choice' && question.kind !== 'problem')
      throw new Error(`${question.id} is no choice, and ${id} was to be chosen`);
    const option = question.options.find((each) => each.id === id);
    if (option !== undefined && option.unavailable === undefined) return { kind: 'chosen', id };
    if (question.kind === 'choice' && question.loading) return undefined;
    const why = option?.unavailable ?? `only ${question.options.map((each) => each.id).join(', ')}`;
    throw new Error(`${question.id}: ${id} cannot be chosen: ${why}`);
  };
}

/** Answers as soon as nothing more is on its way, so that the last state of the question is the one that is recorded. */
export function whenLoaded(reply: Answer | Seeking): Seeking {
  return (question) => {
    if (question.kind === 'choice' && question.loading) return undefined;
    return typeof reply === 'function' ? reply(question) : reply;
  };
}

/** Types a text that is expected to be taken. */
export const type = (text: string): Answer => ({ kind: 'typed', text });
/** Types a text that is expected to be refused, and stays at the question for the next line. */
export const tries = (text: string): Reply => ({ kind: 'tries', text });
export const yes: Answer = { kind: 'yes' };
export const no: Answer = { kind: 'no' };
export const back: Answer = { kind: 'back' };
export const leave: Answer = { kind: 'leave' };

/**
 * Somebody at the other end of a conversation, who follows a script: one line a question, in order. A question that the
 * script does not expect, an option that is not there, or a text that is refused fails the test, and never hangs it.
 */
export function person(script: readonly Line[], signal = new AbortController().signal): Person {
  const lines = [...script];
  let open: { question: Question; seen: () => void } | undefined;

  const follow = async (first: Question, until: AbortSignal): Promise<Answer> => {
    for (;;) {
      const [expected, reply] = lines.shift() ?? [];
      if (expected === undefined || reply === undefined)
        throw new Error(`nobody expected to be asked ${first.id}: ${JSON.stringify(first.notes ?? [])}`);
      if (expected !== first.id)
        throw new Error(
          `${expected} was expected, and ${first.id} was asked: ${JSON.stringify(first.notes ?? [])}`,
        );
      if (typeof reply === 'function') return await seek(first, reply, until);
      if (reply.kind !== 'tries' && reply.kind !== 'typed') return recorded(first, reply);
      const complaint = await complaintAbout(first, reply.text, until);
      if (reply.kind === 'typed' && complaint === undefined) return recorded(first, reply);
      if (reply.kind === 'typed') throw new Error(`${first.id} refused ${reply.text}: ${complaint ?? ''}`);
      if (complaint === undefined) throw new Error(`${first.id} took ${reply.text}`);
      told.complaints.push(complaint);
    }
  };

  const recorded = (question: Question, answer: Answer): Answer => {
    if (answer.kind === 'back' && !question.canGoBack)
      throw new Error(`${question.id} is a wall: nobody can go back there`);
    told.asked.push(question);
    return answer;
  };

  const seek = (first: Question, find: Seeking, until: AbortSignal): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const { question } = open ?? { question: first };
        try {
          const answer = find(question);
          if (answer instanceof Promise)
            answer.then((late) => resolve(recorded(question, late))).catch(reject);
          else if (answer !== undefined) resolve(recorded(question, answer));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      open = { question: first, seen: look };
      until.addEventListener('abort', () => reject(asError(until.reason)), { once: true });
      look();
    });

  const conversation: Conversation = {
    header: (header) => void told.headers.push(header),
    steps: (steps) => {
      told.steps = steps;
    },
    async ask(question, until, suggestion) {
      until.throwIfAborted();
      if (open !== undefined) throw new Error(`${question.id} was asked while ${open.question.id} was open`);
      open = { question, seen: () => undefined };
      try {
        if (suggestion !== undefined && lines.length === 0) return recorded(question, suggestion.answer);
        return await follow(question, until);
      } finally {
        open = undefined;
      }
    },
    update(question) {
      if (open?.question.id !== question.id) return;
      open.question = question;
      open.seen();
    },
    busy(what) {
      if (what !== undefined) told.busy.push(what);
    },
    session: (session, event) => void told.sessions.push({ session, ...(event && { event }) }),
    narrate: (text) => void told.narrated.push(text),
    handOver(run) {
      if (open !== undefined)
        throw new Error(`the terminal was given away while ${open.question.id} was open`);
      told.handedOver += 1;
      return run();
    },
    close() {
      told.closed = true;
      return Promise.resolve();
    },
  };

  const told: Person = {
    talk: talkIn(conversation, signal),
    conversation,
    asked: [],
    complaints: [],
    headers: [],
    steps: [],
    sessions: [],
    narrated: [],
    busy: [],
    handedOver: 0,
    closed: false,
    question(id) {
      const question = told.asked.findLast((each) => each.id === id);
      if (question === undefined) throw new Error(`${id} was never asked`);
      return question;
    },
    choice(id) {
      const question = told.question(id);
      if (question.kind !== 'choice') throw new Error(`${id} is a ${question.kind}`);
      return question;
    },
    option(question, id) {
      const { options } = told.choice(question);
      const option = options.find((each) => each.id === id);
      if (option === undefined)
        throw new Error(`${question} has no ${id}, only ${options.map((each) => each.id).join(', ')}`);
      return option;
    },
    rest: () => lines,
  };
  return told;
}

async function complaintAbout(
  question: Question,
  text: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (question.kind !== 'text') throw new Error(`${question.id} is no text, and ${text} was to be typed`);
  return question.check(text) ?? (await question.confirm?.(text, signal));
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
