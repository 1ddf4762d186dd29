import type { Option } from '../../wizard/question.ts';
import { labelled, margin } from '../../print/layout.ts';
import { padded, widthOf } from '../../print/width.ts';

const pageSize = 20;
// So few that each can be told with its detail; the longer a list, the less of each is read.
const detailed = 10;
const labelWidth = 6;

/** A list that is printed page by page. A number means the option beside which it was printed last. */
export interface OptionList {
  /** Begins a list anew, from 1; gives its first page. */
  begin(options: readonly Option[], width: number): string[];
  /** Goes on with what was not printed yet: numbers that somebody may be about to type keep their meaning. */
  extend(options: readonly Option[], width: number): string[];
  /** The next page; nothing where all was shown. */
  more(width: number): string[];
  /** The ID of the option that was printed with this number. */
  numbered(number: number): string | undefined;
}

export function optionList(): OptionList {
  let ids: string[] = [];
  let rest: readonly Option[] = [];
  let total = 0;
  let details = false;

  const print = (options: readonly Option[], width: number): string[] => {
    const text = inColumns(options, width - margin.length - labelWidth);
    return options.flatMap((option) => {
      ids.push(option.id);
      const { unavailable, detail } = option;
      return [
        ...labelled(`${ids.length}`.padStart(4), text(option), labelWidth, width),
        ...(details && detail !== undefined ? labelled('', detail, labelWidth + 2, width) : []),
        ...(unavailable === undefined
          ? []
          : labelled('', `cannot be chosen: ${unavailable}`, labelWidth + 2, width)),
      ];
    });
  };
  const page = (pinned: readonly Option[], width: number): string[] => {
    const options = rest.slice(0, pageSize - pinned.length);
    rest = rest.slice(options.length);
    const lines = print([...options, ...pinned], width);
    if (rest.length > 0) lines.push(`${margin}${total - rest.length} of ${total}; more shows the next.`);
    return lines;
  };

  return {
    begin(options, width) {
      ids = [];
      total = options.length;
      details = total <= detailed;
      rest = options.filter(({ pinned }) => pinned !== true);
      return page(options.filter(({ pinned }) => pinned === true).slice(0, pageSize - 1), width);
    },
    extend(options, width) {
      total = options.length;
      rest = options.filter(({ id }) => !ids.includes(id));
      return page([], width);
    },
    more: (width) => (rest.length === 0 ? [] : page([], width)),
    numbered: (number) => ids[number - 1],
  };
}

/** An option as a line: in columns where all of them fit, else with commas. */
function inColumns(options: readonly Option[], room: number): (option: Option) => string {
  const rows = options.map(({ label, columns = [] }) => [label, ...columns]);
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, widthOf(cell));
  const fits = widths.reduce((sum, each) => sum + each + 2, -2) <= room;
  return ({ label, columns = [] }) => {
    const cells = [label, ...columns];
    if (!fits) return cells.filter((cell) => cell !== '').join(', ');
    return cells
      .map((cell, at) => padded(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  };
}
