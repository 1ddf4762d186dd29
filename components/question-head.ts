import type { Question } from '../src/wizard/question.ts';
import type { Line } from './line.ts';
import { firstLines } from './lines.ts';
import { textLines, type Room } from './panels/layout.ts';
import { noteLines } from './panels/notes.ts';

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
  const found = noteLines(notes, room);
  return firstLines([...heading, ...found, ...textLines(why, width)], most, marks.ellipsis);
}
