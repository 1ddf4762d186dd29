import type { Option } from '../../src/wizard/question.ts';
import type { Line } from '../line.ts';
import { firstLines } from '../lines.ts';
import { blank, textLines, type Room } from '../panels/layout.ts';

/** Details that are measured: more of them would take time at every key, and they are alike. */
const measured = 40;
const measuredBefore = new WeakMap<readonly Option[], Map<number, number>>();

/** Lines of the longest detail of a list, as far as it is worth knowing; remembered for as long as the options are. */
export function longestDetail(options: readonly Option[], width: number): number {
  const known = measuredBefore.get(options) ?? new Map<number, number>();
  measuredBefore.set(options, known);
  let most = known.get(width);
  if (most === undefined) {
    const details = options.flatMap(({ detail }) => (detail === undefined ? [] : [detail]));
    const some = [...details.slice(0, measured), ...details.slice(-measured)];
    most = Math.max(0, ...some.map((detail) => textLines(detail, width).length));
    known.set(width, most);
  }
  return most;
}

/** More about the option that has the focus, below an empty line, in at most `most` lines (all, where read aloud). */
export function detailOf(option: Option | undefined, room: Room, most: number, spoken = false): Line[] {
  if (option?.detail === undefined) return [];
  const lines = textLines(option.detail, room.width, 'dim');
  return [blank, ...firstLines(lines, spoken ? Infinity : most - 1, room.marks.ellipsis)];
}
