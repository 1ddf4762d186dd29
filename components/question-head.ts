import { widthOf } from '../src/print/width.ts';
import type { Question } from '../src/wizard/question.ts';
import type { Line } from './line.ts';
import { firstLines } from './lines.ts';
import { beside, span, textLines, type Room } from './panels/layout.ts';

/**
 * What stands above a list or a field: the title, what was found, and what it is for, in at most `most` lines. What does
 * not fit is in the help.
 */
export function questionHead(
  { title, notes = [], why }: Question,
  room: Room,
  most: number,
): readonly Line[] {
  const { width, marks } = room;
  const heading = textLines(title, width).map((line) =>
    line.map((span) => ({ ...span, bold: true as const })),
  );
  const sign = marks.attention;
  const column = widthOf(sign) + 1;
  const found = notes.flatMap(({ tone, text }) =>
    tone === 'note'
      ? textLines(text, width)
      : beside(span(sign, 'attention'), textLines(text, width - column), column),
  );
  return firstLines([...heading, ...found, ...textLines(why, width)], most, marks.ellipsis);
}
