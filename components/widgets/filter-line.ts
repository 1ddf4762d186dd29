import { widthOf } from '../../src/print/width.ts';
import { printable } from '../../src/print/printable.ts';
import type { ChoiceQuestion } from '../../src/wizard/question.ts';
import type { Line } from '../line.ts';
import { spread } from '../lines.ts';
import { lineWidth, type Room } from '../panels/layout.ts';
import type { ListState } from './list-state.ts';
import { ending } from './text-line.ts';

/** What is typed to filter a list, and how many are left of how many. Nothing where neither is of use. */
export function filterLine(
  { filter, shown, total }: ListState,
  question: Pick<ChoiceQuestion, 'filter' | 'loading' | 'noun'>,
  { width, marks }: Room,
): Line | undefined {
  const count = countOf(shown.length, total, filter !== '', question.loading, marks.ellipsis);
  const right: Line = count === '' ? [] : [{ text: count, tone: 'dim' }];
  if (!question.filter)
    return question.loading ? spread([], right, lineWidth(right), marks.ellipsis) : undefined;
  const label = { text: 'Filter  ', tone: 'dim' } as const;
  const cursor = { text: marks.cursor, tone: 'accent' } as const;
  if (filter === '')
    return spread(
      [label, cursor, { text: ` type to find a ${question.noun}`, tone: 'dim' }],
      right,
      width,
      marks.ellipsis,
    );
  const none = shown.length === 0 ? `  no ${question.noun} matches` : '';
  const room = width - lineWidth(right) - 2 - widthOf(label.text + marks.cursor) - widthOf(none);
  const typed = ending(printable(filter), Math.max(room, 4), marks.ellipsis);
  return spread(
    [label, { text: typed, bold: true }, cursor, { text: none, tone: 'attention' }],
    right,
    width,
    marks.ellipsis,
  );
}

function countOf(
  shown: number,
  total: number,
  isFiltered: boolean,
  loading: boolean,
  ellipsis: string,
): string {
  const all = total.toLocaleString('en');
  if (loading)
    return isFiltered
      ? `${shown.toLocaleString('en')} of ${all} so far ${ellipsis}`
      : `${all} so far ${ellipsis}`;
  if (isFiltered) return `${shown.toLocaleString('en')} of ${all}`;
  return total === 0 ? 'none' : all;
}
