import type { Question } from '../../wizard/question.ts';
import { labelled, margin, wrap } from '../../print/layout.ts';
import type { Form, Reading } from './form.ts';

/**
 * The words that work at every question: `back`, `leave` and `?`, in the form of a sentence or an answer. Undefined: the
 * line is none of them. With `letters`, a first letter is enough; that is for questions where nothing else is typed.
 */
export function commonReading(
  typed: string,
  question: Question,
  form: Form,
  width: number,
  letters: boolean,
): Reading | undefined {
  const is = (word: string): boolean => isWord(typed, word, letters);
  if (typed === '?' || is('help')) return { say: helpLines(question, form, width) };
  if (is('leave')) return { answer: { kind: 'leave' } };
  if (!is('back')) return undefined;
  if (question.canGoBack) return { answer: { kind: 'back' } };
  return { wrong: 'there is nothing to go back to from here; leave ends the wizard, and nothing is lost' };
}

/** True if the line is this word, in whatever case, or its first letter where that is enough. */
export function isWord(typed: string, word: string, letters: boolean): boolean {
  const line = typed.toLowerCase();
  return line === word || (letters && line === word.slice(0, 1));
}

function helpLines({ canGoBack, flag }: Question, form: Form, width: number): string[] {
  const words = [
    ...form.help,
    ...(canGoBack ? [['back', 'to the question before'] as const] : []),
    ['leave', 'ends the wizard; the next run goes on from here'] as const,
    ['?', 'tells this again'] as const,
  ];
  return [
    '',
    `${margin}You can type:`,
    ...words.flatMap(([word, meaning]) => labelled(`  ${word}`, meaning, 12, width)),
    ...wrap(`Where nobody is there to answer, ${flag} does.`, width - 2).map((line) => margin + line),
    '',
  ];
}
