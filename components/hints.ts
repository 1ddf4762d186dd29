import { widthOf } from '../src/print/width.ts';
import { keysShown, type Binding } from './binding.ts';
import type { Line } from './line.ts';
import { cutLine } from './lines.ts';
import type { Marks } from './theme.ts';

interface Hint {
  keys: string;
  label: string;
}

const kept: ReadonlySet<string> = new Set(['enter', 'escape', 'q', 'ctrl-c', '?', 'ctrl-g']);

/**
 * The keys that can be pressed, in at most `most` lines. Where there is no room: shorter labels, the last ones first; then
 * the last of the hints go, but never those for going on, going back, leaving and help.
 */
export function hintLines(bindings: readonly Binding[], width: number, most: number, marks: Marks): Line[] {
  const hint = (binding: Binding, short: boolean): Hint => ({
    keys: keysShown(binding, marks),
    label: short ? (binding.short ?? binding.label) : binding.label,
  });
  let left = bindings.filter((binding) => binding.hidden !== true);
  for (let short = 0; short < left.length; short++) {
    const from = left.length - short;
    const lines = packed(
      left.map((binding, at) => hint(binding, at >= from)),
      width,
    );
    if (lines.length <= most) return lines.map(drawn);
  }
  for (;;) {
    const lines = packed(
      left.map((binding) => hint(binding, true)),
      width,
    );
    const drop = left.findLastIndex(({ keys }) => !keys.some((key) => kept.has(key)));
    if (lines.length <= most || drop === -1)
      return lines.slice(0, most).map((line) => cutLine(drawn(line), width, marks.ellipsis));
    left = left.filter((_, at) => at !== drop);
  }
}

function packed(hints: readonly Hint[], width: number): Hint[][] {
  const lines: Hint[][] = [];
  let room = 0;
  for (const hint of hints) {
    const needs = widthOf(hint.keys) + (hint.label === '' ? 0 : 1 + widthOf(hint.label));
    const last = lines.at(-1);
    if (last !== undefined && needs + 2 <= room) {
      last.push(hint);
      room -= needs + 2;
    } else {
      lines.push([hint]);
      room = width - needs;
    }
  }
  return lines;
}

function drawn(hints: readonly Hint[]): Line {
  return hints.flatMap(({ keys, label }, at) => [
    ...(at === 0 ? [] : [{ text: '  ' }]),
    { text: keys, tone: 'accent' as const },
    ...(label === '' ? [] : [{ text: ` ${label}`, tone: 'dim' as const }]),
  ]);
}
