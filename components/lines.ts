import { printable } from '../src/print/printable.ts';
import { beginning, cut, widthOf } from '../src/print/width.ts';
import type { Line, Span, Tone } from './line.ts';
import { lineWidth } from './panels/layout.ts';

/** One line in one tone. */
export function say(text: string, tone: Tone = 'plain'): Line {
  return [{ text, tone }];
}

/** The line, printable, and cut with an ellipsis where it is wider than `width` columns. */
export function cutLine(line: Line, width: number, ellipsis: string): Line {
  const safe = line.map((span) => ({ ...span, text: printable(span.text) }));
  if (lineWidth(safe) <= width) return safe;
  const kept: Span[] = [];
  let room = width - widthOf(ellipsis);
  if (room < 0) return [{ text: cut('…', Math.max(width, 0), ellipsis.slice(0, Math.max(width, 0))) }];
  for (const span of safe) {
    const text = beginning(span.text, room);
    kept.push({ ...span, text });
    room -= widthOf(text);
    if (text !== span.text) break;
  }
  const last = kept.at(-1);
  return [...kept.slice(0, -1), { ...last, text: `${last?.text.trimEnd() ?? ''}${ellipsis}` }];
}

/** Left and right on one line of `width` columns; the left is cut where both do not fit. */
export function spread(left: Line, right: Line, width: number, ellipsis: string): Line {
  const rightWidth = lineWidth(right);
  if (rightWidth === 0) return cutLine(left, width, ellipsis);
  const cutLeft = cutLine(left, Math.max(width - rightWidth - 2, 0), ellipsis);
  const gap = Math.max(width - lineWidth(cutLeft) - rightWidth, 0);
  return [...cutLeft, { text: ' '.repeat(gap) }, ...right];
}

/** At most `most` of the lines; the last says with an ellipsis that there are more. */
export function firstLines(lines: readonly Line[], most: number, ellipsis: string): readonly Line[] {
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, Math.max(most, 0));
  const last = kept.at(-1);
  const end = last?.at(-1);
  if (last === undefined || end === undefined) return kept;
  return [
    ...kept.slice(0, -1),
    [...last.slice(0, -1), { ...end, text: `${end.text}${end.text.endsWith('.') ? ' ' : ''}${ellipsis}` }],
  ];
}

/** A line as it is read aloud: columns become pauses. */
export function spoken(line: Line): string {
  return printable(line.map((span) => span.text).join(''))
    .trim()
    .replaceAll(/ {2,}| (?=,)/g, (gap) => (gap === ' ' ? '' : ', '));
}
