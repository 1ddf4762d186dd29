import type { Conversation, Suggestion } from '../../faces/conversation.ts';
import type { Answer, Question } from '../../wizard/question.ts';

/** The person wants to leave: nothing is wrong, and nothing is lost. */
export class LeftError extends Error {
  override readonly name = 'LeftError';
}

/** What every stage of the wizard has: somebody to ask. */
export interface Talk {
  conversation: Conversation;
  /** Ends the wizard. */
  signal: AbortSignal;
  /**
   * Asks, and gives the answer, which is never `leave`.
   * @throws LeftError where the person wants to leave.
   */
  ask(question: Question, signal?: AbortSignal): Promise<Exclude<Answer, { kind: 'leave' }>>;
}

/** How a stage ended: with what it was for, or by going back to the stage before it. */
export type Ending<T> = { kind: 'done'; value: T } | { kind: 'back' };

/** A conversation in which `leave` is thrown, and which answers itself as far as `suggest` knows an answer. */
export function talkIn(
  conversation: Conversation,
  signal: AbortSignal,
  suggest?: (question: Question) => Suggestion | undefined,
): Talk {
  return {
    conversation,
    signal,
    async ask(question, until = signal) {
      const suggestion = suggest?.(question);
      const answer = await conversation.ask(question, until, suggestion);
      if (suggestion?.after !== undefined) conversation.narrate(suggestion.after);
      if (answer.kind === 'leave') throw new LeftError();
      return answer;
    },
  };
}
