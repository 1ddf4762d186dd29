import { expect } from 'vitest';
import type { Line } from '../../../components/line.ts';
import type { Room } from '../../../components/panels/layout.ts';
import { ascii, unicode } from '../../../components/theme.ts';
import { widthOf } from '../../../src/print/width.ts';

/** Every width that matters, with signs and with their ASCII twins. */
export const rooms: Room[] = [40, 60, 80, 120].flatMap((width) => [
  { width, marks: unicode },
  { width, marks: ascii },
]);

export const wide: Room = { width: 80, marks: unicode };
export const small: Room = { width: 40, marks: unicode };

/** A panel as a reader sees it, without its colours. */
export function drawn(lines: readonly Line[]): string {
  return `\n${lines
    .map((line) =>
      line
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .join('\n')}\n`;
}

/** All words of a panel, with those put together again that were broken over lines. */
export function unbroken(lines: readonly Line[]): string {
  return drawn(lines).replaceAll(/\s+/gu, '');
}

export function expectToFit(lines: readonly Line[], { width }: Room): void {
  const columns = (line: Line): number => line.reduce((sum, { text }) => sum + widthOf(text), 0);
  expect(lines.filter((line) => columns(line) > width)).toEqual([]);
}
