import type { Line } from '../line.ts';
import { blank, signed, span, textLines, type Room } from '../panels/layout.ts';

/** What is said about what is typed. */
export type Verdict =
  { state: 'none' | 'waiting' | 'asking' | 'fine' | 'unknown' } | { state: 'wrong'; why: string };

/** The verdict in words, below the field. */
export function verdictLines(verdict: Verdict, room: Room): Line[] {
  const { states, ellipsis } = room.marks;
  switch (verdict.state) {
    case 'wrong':
      return signed(
        span(states.blocked, 'attention'),
        verdict.why,
        { ...room, width: Math.min(room.width, 49) },
        'attention',
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
