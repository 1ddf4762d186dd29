import { margin, wrap } from './layout.ts';

/** A text, and what hangs below it. */
export interface Branch {
  readonly text: string;
  /** More about the same, in lines of their own below it. */
  readonly more?: readonly string[];
  readonly below?: readonly Branch[];
}

interface Marks {
  each: string;
  last: string;
  through: string;
}
const drawn: Marks = { each: '├─ ', last: '└─ ', through: '│  ' };
const ascii: Marks = { each: '|- ', last: '`- ', through: '|  ' };

/** Draws a tree in lines, with texts wrapped beside their marks. @param width in columns @param unicode else in ASCII */
export function treeLines(branches: readonly Branch[], width: number, unicode: boolean): string[] {
  const marks = unicode ? drawn : ascii;
  const draw = (all: readonly Branch[], before: string): string[] =>
    all.flatMap(({ text, more = [], below = [] }, at) => {
      const isLast = at === all.length - 1;
      const beside = before + (isLast ? '   ' : marks.through);
      const [first = '', ...rest] = wrap(text, Math.max(width - beside.length, 24));
      const under = below.length === 0 ? beside : beside + marks.through;
      return [
        before + (isLast ? marks.last : marks.each) + first,
        ...rest.map((line) => under + line),
        ...more.flatMap((each) => wrap(each, Math.max(width - under.length, 24))).map((line) => under + line),
        ...draw(below, beside),
      ];
    });
  return draw(branches, margin).map((line) => line.trimEnd());
}
