import type { Option } from '../../src/wizard/question.ts';
import type { Line } from '../line.ts';
import { firstLines } from '../lines.ts';
import { blank, textLines, type Room } from '../panels/layout.ts';

/** More about the option that has the focus, below an empty line, in at most `most` lines (all, where read aloud). */
export function detailOf(option: Option | undefined, room: Room, most: number, spoken = false): Line[] {
  if (option?.detail === undefined) return [];
  const lines = textLines(option.detail, room.width, 'dim');
  return [blank, ...firstLines(lines, spoken ? Infinity : most - 1, room.marks.ellipsis)];
}
