import { beginning, cut, padded, widthOf } from '../../src/print/width.ts';
import type { Line, Span, Tone } from '../line.ts';
import type { Marks } from '../theme.ts';

/** What a panel has: columns, signs, and where it matters rows (as many as it needs, where absent: it is scrolled). */
export interface Room {
  width: number;
  marks: Marks;
  height?: number;
}

const labelWidth = 8;
/** Fewer columns than this, and labels stand above what they label. */
export const narrow = 50;
const gap = 2;

/** A piece of a line; plain where no tone is given. */
export function span(text: string, tone?: Tone): Span {
  return tone === undefined ? { text } : { text, tone };
}

export function bold(text: string, tone?: Tone): Span {
  return { ...span(text, tone), bold: true };
}

/** An empty line. */
export const blank: Line = [span('')];

export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/**
 * Breaks a text into lines of at most `width` columns, at spaces. A word that is longer is broken, best behind
 * one of `/ , = @`, else `. -`: all of a name must be readable, also where it does not fit.
 */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let room = -1;
  for (const word of text.split(' ')) {
    const columns = lines.length === 0 ? Infinity : widthOf(word) + 1;
    if (columns <= room) {
      lines.push(`${lines.pop() ?? ''} ${word}`);
      room -= columns;
    } else {
      lines.push(...brokenWord(word, width));
      room = width - widthOf(lines.at(-1) ?? '');
    }
  }
  return lines;
}

function brokenWord(word: string, width: number): string[] {
  const lines: string[] = [];
  let rest = word;
  for (;;) {
    const whole = beginning(rest, width);
    if (whole === rest) return [...lines, rest];
    // A single cluster that is wider than the room, which only a hostile text has.
    if (whole === '') return [...lines, cut(rest, width, '...')];
    const far = /^.*[/,=@]/su.exec(whole)?.[0] ?? '';
    const near = /^.*[.-]/su.exec(whole)?.[0] ?? '';
    const piece = widthOf(far) * 4 > width ? far : widthOf(near) * 2 > width ? near : whole;
    lines.push(piece);
    rest = rest.slice(piece.length);
  }
}

/** A text as lines of one tone. */
export function textLines(text: string, width: number, tone?: Tone): Line[] {
  return wrapped(text, width).map((line) => [span(line, tone)]);
}

/** The line, or its beginning and the ellipsis where it is wider than `width`. */
export function cutLine(line: Line, width: number, ellipsis: string): Line {
  if (lineWidth(line) <= width) return line;
  const kept: Span[] = [];
  let room = width - widthOf(ellipsis);
  for (const piece of line) {
    const needs = widthOf(piece.text);
    if (needs > room) return [...kept, { ...piece, text: beginning(piece.text, room).trimEnd() + ellipsis }];
    kept.push(piece);
    room -= needs;
  }
  return kept;
}

/** A text at the left, cut where it must be, and one at the right edge, such as a time. */
export function sides(left: Line, right: Span | undefined, { width, marks }: Room): Line {
  if (right === undefined) return cutLine(left, width, marks.ellipsis);
  const end = { ...right, text: cut(right.text, Math.max(width - 12, 0), marks.ellipsis) };
  const room = width - widthOf(end.text) - gap;
  const start = cutLine(left, room, marks.ellipsis);
  return [...start, span(' '.repeat(room - lineWidth(start) + gap)), end];
}

export function indented(lines: readonly Line[], columns: number): Line[] {
  return lines.map((line) => [span(' '.repeat(columns)), ...line]);
}

/** Lines with something before the first, in a column of its own. */
export function beside(label: Span, lines: readonly Line[], column: number): Line[] {
  const [first = blank, ...rest] = lines;
  return [[{ ...label, text: padded(label.text, column) }, ...first], ...indented(rest, column)];
}

/** What a label labels: beside it, or below it where it is narrow. Nothing, for no lines. */
export function labelled(label: Span, content: (width: number) => Line[], room: Room): Line[] {
  const above = room.width < narrow;
  const lines = content(room.width - (above ? gap : labelWidth));
  if (lines.length === 0) return [];
  return above ? [[label], ...indented(lines, gap)] : beside(label, lines, labelWidth);
}

/** A label beside what it labels, however narrow it is: where rows are rarer than columns. */
export function labelledShort(label: Span, content: (width: number) => Line[], room: Room): Line[] {
  const lines = content(room.width - labelWidth);
  return lines.length === 0 ? [] : beside(label, lines, labelWidth);
}

/** A text behind a sign; `aligned`: in the column of the labels, where there is one. */
export function signed(sign: Span, text: string, room: Room, aligned: boolean): Line[] {
  const column = aligned && room.width >= narrow ? labelWidth : widthOf(sign.text) + 1;
  return beside(sign, textLines(text, room.width - column), column);
}

/** One thing in a grid. */
export interface Cell {
  mark?: Span;
  text: string;
  tone?: Tone;
}

/** Cells in as many aligned columns as fit, three at most, read downwards. A name that no column holds is cut. */
export function grid(cells: readonly Cell[], { width, marks }: Room): Line[] {
  const markWidth = Math.max(0, ...cells.map(({ mark }) => (mark ? widthOf(mark.text) + 1 : 0)));
  const wanted = Math.max(0, ...cells.map(({ text }) => widthOf(text))) + markWidth;
  const columns = Math.max(1, Math.min(3, Math.floor((width + gap) / (wanted + gap))));
  const rows = Math.ceil(cells.length / columns);
  const cellWidth = Math.min(wanted, width);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => cells[column * rows + row]).flatMap((cell, column) => {
      if (cell === undefined) return [];
      const text = cut(cell.text, cellWidth - markWidth, marks.ellipsis);
      const isLast = cells[(column + 1) * rows + row] === undefined;
      return [
        ...(cell.mark ? [{ ...cell.mark, text: padded(cell.mark.text, markWidth) }] : []),
        span(isLast ? text : padded(text, cellWidth - markWidth + gap), cell.tone),
      ];
    }),
  );
}

/**
 * Names with a reason each: in two columns where both have room, else the reason below its name. `brief` keeps each
 * reason to one line.
 */
export function pairs(
  rows: readonly { name: string; why: string }[],
  { width, marks }: Room,
  brief = false,
): Line[] {
  const nameWidth = Math.max(0, ...rows.map(({ name }) => widthOf(name))) + gap;
  const reasons = (why: string, room: number): Line[] =>
    brief ? [[span(cut(why, room, marks.ellipsis), 'dim')]] : textLines(why, room, 'dim');
  if (width - nameWidth >= 22)
    return rows.flatMap(({ name, why }) => beside(span(name), reasons(why, width - nameWidth), nameWidth));
  return rows.flatMap(({ name, why }) => [
    ...textLines(name, width),
    ...indented(reasons(why, width - gap), gap),
  ]);
}
