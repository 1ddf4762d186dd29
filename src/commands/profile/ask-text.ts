import type { Note } from '../../wizard/question.ts';
import type { Talk } from '../wizard/talk.ts';

interface Text {
  id: string;
  title: string;
  why: string;
  flag: string;
  noun: string;
  value: string;
  canGoBack: boolean;
  notes?: readonly Note[];
  check: (text: string) => string | undefined;
}

/** One line of text, trimmed; undefined where the person went back. */
export async function askForText(talk: Talk, question: Text): Promise<string | undefined> {
  const answer = await talk.ask({ kind: 'text', at: 'profile', ...question });
  return answer.kind === 'typed' ? answer.text.trim() : undefined;
}

/** Checks one line of text of so many bytes. */
export const lineOf =
  (bytes: number) =>
  (text: string): string | undefined =>
    text.trim() === '' || Buffer.byteLength(text) > bytes || /\p{C}/u.test(text)
      ? `write one line of 1 to ${bytes} bytes`
      : undefined;

/** A reason, or what the account does. */
export const sentence = lineOf(500);
