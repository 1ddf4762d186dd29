import { cut, padded, widthOf } from '../../src/print/width.ts';
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
  const widest = more.length === 0 ? room : Math.ceil(room / 2);
  const labelWidth = more.length === 0 ? room : Math.min(at.columns[0] ?? 0, widest);
  const label = cut(option.label, labelWidth, marks.ellipsis);
  const tone = unavailable !== undefined ? 'dim' : focus ? 'accent' : 'plain';
  const rest = moreText(more, at.columns.slice(1), room - labelWidth - 2, marks.ellipsis);
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

/** Fewer columns than this tell little. */
const leastWidth = 10;

/** Texts below those of the other options. Where all have no room: the widest is cut, and then the last ones fall away. */
function moreText(texts: readonly string[], columns: Columns, room: number, ellipsis: string): string {
  const [only] = texts;
  if (texts.length === 0) return '';
  if (texts.length === 1 && only !== undefined) return cut(only, room, ellipsis);
  const count = Math.max(Math.min(texts.length, Math.floor((room + 2) / (leastWidth + 2))), 1);
  const isAll = count === texts.length;
  const space = room - 2 * (count - 1) - (isAll ? 0 : widthOf(ellipsis) + 1);
  const widths = texts.slice(0, count).map((text, index) => columns[index] ?? widthOf(text));
  let over = widths.reduce((sum, width) => sum + width, 0) - space;
  while (over > 0) {
    const sorted = widths.toSorted((one, other) => other - one);
    const [most = 0, next = 0] = sorted;
    const by = Math.min(over, Math.max(most - next, 1));
    widths[widths.indexOf(most)] = most - by;
    over -= by;
  }
  const cells = widths.map((width, index) => padded(cut(texts[index] ?? '', width, ellipsis), width));
  return (cells.join('  ') + (isAll ? '' : ` ${ellipsis}`)).trimEnd();
}
