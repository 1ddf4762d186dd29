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
  const rest = more.map((text, index) =>
    index === more.length - 1 ? text : padded(text, at.columns[index + 1] ?? 0),
  );
  const line: Line = [
    ...lead,
    {
      text: more.length === 0 ? label : padded(label, labelWidth),
      tone,
      ...(focus && { bold: true as const }),
    },
    ...rest.map((text) => ({ text: `  ${text}`, tone: 'dim' as const })),
  ];
  return cutLine(line, width, marks.ellipsis);
}
