import { printable } from '../../src/print/printable.ts';
import { cut, widthOf } from '../../src/print/width.ts';
import type { Line } from '../line.ts';
import type { Marks } from '../theme.ts';
import { clustersOf, type TextState } from './text-state.ts';

/** What is typed, with a cursor in it, on `width` columns: what does not fit is left out around the cursor. */
export function textLine({ text, cursor }: TextState, width: number, marks: Marks): Line {
  const clusters = clustersOf(text);
  const before = printable(clusters.slice(0, cursor).join(''));
  const after = printable(clusters.slice(cursor).join(''));
  const room = Math.max(width - widthOf(marks.cursor), 1);
  const bar = { text: marks.cursor, tone: 'accent' } as const;
  if (widthOf(before) + widthOf(after) <= room) return [{ text: before }, bar, { text: after }];
  const forAfter = Math.min(widthOf(after), Math.floor(room / 3));
  const shown = ending(before, room - forAfter, marks.ellipsis);
  return [{ text: shown }, bar, { text: cut(after, room - widthOf(shown), marks.ellipsis) }];
}

/** As much of the end of a text as fits into `width` columns, behind an ellipsis where it is not all. */
export function ending(text: string, width: number, ellipsis: string): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const cluster of clustersOf(text).toReversed()) {
    if (widthOf(ellipsis) + widthOf(cluster + kept) > width) break;
    kept = cluster + kept;
  }
  return ellipsis + kept;
}
