import type { Note } from '../../src/wizard/question.ts';
import type { Line } from '../line.ts';
import { signed, span, textLines, type Room } from './layout.ts';

/** Notes and facts as they are read: what wants attention behind its sign. */
export function noteLines(notes: readonly Note[], room: Room): Line[] {
  return notes.flatMap(({ tone, text }) =>
    tone === 'attention'
      ? signed(span(room.marks.states.blocked, 'attention'), text, room)
      : textLines(text, room.width),
  );
}
