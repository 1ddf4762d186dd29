import type { Question } from '../../wizard/question.ts';
import { labelled, margin, wrap } from '../../print/layout.ts';

/** What stands above every question: what was found out, the title, and what it is for. */
export function questionLines({ notes = [], title, why }: Question, width: number): string[] {
  const text = (line: string): string[] => wrap(line, width - 2).map((part) => margin + part);
  return [
    '',
    ...notes.flatMap((note) =>
      note.tone === 'attention' ? labelled('!', note.text, 3, width) : text(note.text),
    ),
    ...(notes.length > 0 ? [''] : []),
    ...text(title),
    ...text(why),
    '',
  ];
}
