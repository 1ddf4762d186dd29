import type { Note } from '../../src/wizard/question.ts';
import type { Line } from '../line.ts';
import { signed, span, textLines, type Room } from './layout.ts';

/** Notes and facts as they are read, each once: what wants attention behind its sign. `aligned`: as labels are. */
export function noteLines(notes: readonly Note[], room: Room, aligned = false): Line[] {
  const different = [...new Map(notes.map((note) => [note.text, note])).values()];
  return different.flatMap(({ tone, text }) =>
    tone === 'attention'
      ? signed(span(room.marks.attention, 'attention'), text, room, aligned)
      : textLines(text, room.width),
  );
}
