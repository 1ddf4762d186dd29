import { cut, padded, widthOf } from '../../src/print/width.ts';
import { printable } from '../../src/print/printable.ts';
import type { Option } from '../../src/wizard/question.ts';
import type { Line } from '../line.ts';
import { cutLine } from '../lines.ts';
import type { Marks } from '../theme.ts';

/** Widths of a list's columns, the label's first. */
export type Columns = readonly number[];

const known = new WeakMap<readonly Option[], Columns>();

/** How wide each column must be for all of these options; remembered for as long as the options are. */
export function columnsOf(options: readonly Option[]): Columns {
  const before = known.get(options);
  if (before !== undefined) return before;
  const widths: number[] = [];
  for (const { label, columns = [] } of options)
    [label, ...columns].forEach((text, at) => {
      widths[at] = Math.max(widths[at] ?? 0, widthOf(text));
    });
  known.set(options, widths);
  return widths;
}

/** One option on a line of `width` columns: its mark, a letter that chooses it, its label, and more about it. */
export function optionLine(
  option: Option,
  at: { width: number; columns: Columns; focus: boolean; letter: string | undefined; marks: Marks },
): Line {
  const { width, focus, marks } = at;
  const { unavailable } = option;
  const mark = unavailable === undefined ? (focus ? marks.focus : marks.noFocus) : marks.states.declined;
  const markWidth = Math.max(widthOf(marks.focus), widthOf(marks.noFocus), widthOf(marks.states.declined));
  const lead: Line = [
    { text: `${padded(mark, markWidth)} `, tone: focus ? 'accent' : 'dim' },
    ...(at.letter === undefined ? [] : [{ text: `${at.letter}  `, tone: 'dim' as const }]),
  ];
  const room = width - markWidth - 1 - (at.letter === undefined ? 0 : 3);
  const more = unavailable === undefined ? (option.columns ?? []) : [unavailable];
  const beside = 2 + (at.columns[1] ?? 0);
  const widest = more.length === 0 ? room : Math.max(Math.ceil(room * mostForLabels), room - beside);
  const labelWidth = more.length === 0 ? room : Math.min(at.columns[0] ?? 0, widest);
  // An ID that was cut is no ID: the few that are longer than the others take the room of their columns.
  const isLong = unavailable === undefined && widthOf(option.label) > labelWidth;
  const label = cut(option.label, isLong ? room : labelWidth, marks.ellipsis);
  const tone = unavailable !== undefined ? 'dim' : focus ? 'accent' : 'plain';
  const rest = moreText(
    more,
    at.columns.slice(1),
    room - Math.max(labelWidth, widthOf(label)) - 2,
    marks.ellipsis,
  );
  const line: Line = [
    ...lead,
    {
      text: more.length === 0 ? label : padded(label, labelWidth),
      tone,
      ...(focus && { bold: true as const }),
    },
    ...(rest === '' ? [] : [{ text: `  ${rest}`, tone: 'dim' as const }]),
  ];
  return cutLine(line, width, marks.ellipsis);
}

/** What the columns of an option say, where its line does not say all of it. */
export function untold(option: Option, at: Parameters<typeof optionLine>[1]): string | undefined {
  const { columns = [], unavailable } = option;
  const line = optionLine(option, at)
    .map(({ text }) => text)
    .join('');
  const wanted = unavailable === undefined ? columns : [unavailable];
  return wanted.every((text) => line.includes(printable(text))) ? undefined : wanted.join(', ');
}

/** The part of a line that labels may take of what is said of them, so that most lists stay in columns. */
const mostForLabels = 0.6;

/** Fewer columns than this tell little. */
const leastWidth = 10;

/**
 * Texts below those of the other options. Where all have no room: the widest is cut, but to no less than tells something;
 * then the last ones are left out.
 */
function moreText(texts: readonly string[], columns: Columns, room: number, ellipsis: string): string {
  const wanted = texts.map((text, index) => Math.max(columns[index] ?? 0, widthOf(text)));
  for (let count = texts.length; count > 0; count--) {
    const widths = shared(wanted.slice(0, count), room - 2 * (count - 1));
    if (widths === undefined) continue;
    const cells = widths.map((width, index) => padded(cut(texts[index] ?? '', width, ellipsis), width));
    return cells.join('  ').trimEnd();
  }
  return '';
}

/** Widths that fit into `room`, the widest of them cut; undefined where one would be left too narrow. */
function shared(wanted: readonly number[], room: number): number[] | undefined {
  const widths = [...wanted];
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const [most = 0, next = 0] = widths.toSorted((one, other) => other - one);
    const by = Math.min(over, Math.max(most - next, 1));
    if (most - by < leastWidth) return undefined;
    widths[widths.indexOf(most)] = most - by;
    over -= by;
  }
  return widths;
}
