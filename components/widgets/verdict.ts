import { widthOf } from '../../src/print/width.ts';
import type { Line } from '../line.ts';
import { beside, blank, span, textLines, type Room } from '../panels/layout.ts';

/** What is said about what is typed. */
export type Verdict =
  { state: 'none' | 'waiting' | 'asking' | 'fine' | 'unknown' } | { state: 'wrong'; why: string };

/** The verdict in words, below the field. */
export function verdictLines(verdict: Verdict, room: Room): Line[] {
  const { states, attention, ellipsis } = room.marks;
  const column = widthOf(attention) + 1;
  switch (verdict.state) {
    case 'wrong':
      return beside(
        span(attention, 'attention'),
        textLines(verdict.why, room.width - column, 'attention'),
        column,
      );
    case 'asking':
      return textLines(`checking${ellipsis}`, room.width, 'dim');
    case 'fine':
      return [[span(states.ready, 'good'), span(' it can be used', 'dim')]];
    case 'unknown':
      return textLines(
        'This could not be checked; go on, and it is found out when it is used.',
        room.width,
        'dim',
      );
    case 'waiting':
    case 'none':
      return [blank];
  }
}
