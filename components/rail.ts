import type { NodeState } from '../src/wizard/node.ts';
import { padded, widthOf } from '../src/print/width.ts';
import type { Line, Tone } from './line.ts';
import { cutLine } from './lines.ts';
import type { RailEntry } from './rail-entries.ts';
import { stateTones, type Marks } from './theme.ts';

/** Each state as a word: for those who hear it, and for the help. */
export const stateWords: Readonly<Record<NodeState, string>> = {
  pending: 'to come',
  looking: 'being looked at',
  ready: 'ready',
  differs: 'differs',
  blocked: 'blocked',
  declined: 'left as it is',
  acting: 'being made',
  settling: 'waiting for Google',
  failed: 'failed',
};

/** The rail at the left, one line a step; where `more` is set, a last one says that the steps are not known yet. */
export function railLines(
  entries: readonly RailEntry[],
  { width, height, marks, more }: { width: number; height: number; marks: Marks; more: boolean },
): Line[] {
  const markWidth = widestMark(marks);
  const lines = entries.map((entry): Line => {
    const title = { text: entry.title, ...titleLook(entry) };
    return cutLine([{ ...glyph(entry, marks, markWidth) }, { text: ' ' }, title], width, marks.ellipsis);
  });
  if (more) lines.push([{ text: `${' '.repeat(markWidth + 1)}${marks.ellipsis}`, tone: 'dim' }]);
  const here = entries.findIndex((entry) => entry.here);
  const start = Math.max(Math.min(here - height + 2, lines.length - height), 0);
  return lines.slice(start, start + height);
}

/** The rail in one line, `✓✓●○○○○  3/7 Custom role`. */
export function railLine(entries: readonly RailEntry[], marks: Marks, width: number): Line {
  const glyphs = railGlyphs(entries, marks);
  const here = entries.findIndex((entry) => entry.here);
  const ready = entries.filter((entry) => entry.state === 'ready').length;
  const place = `${here + 1}/${entries.length} ${entries[here]?.title ?? ''}`;
  const text = here === -1 ? `${ready}/${entries.length} ready` : place;
  const look = here === -1 ? { tone: 'dim' as const } : { tone: 'accent' as const, bold: true as const };
  return cutLine([...glyphs, { text: '  ' }, { text, ...look }], width, marks.ellipsis);
}

/** The steps as their marks alone, `✓✓●○○○○`. */
export function railGlyphs(entries: readonly RailEntry[], marks: Marks): Line {
  const gap = widestMark(marks) > 1 ? ' ' : '';
  return entries.flatMap((entry, at) => [
    ...(at > 0 && gap !== '' ? [{ text: gap }] : []),
    glyph(entry, marks, 1),
  ]);
}

/** The mark of a step: where we are, whatever its state, but for one that must be told from all others. */
function glyph({ state, here }: RailEntry, marks: Marks, width: number) {
  const isStuck = state === 'blocked' || state === 'failed';
  const mark = here && !isStuck ? marks.focus : marks.states[state];
  return { text: padded(mark, width), tone: here && !isStuck ? 'accent' : stateTones[state] } as const;
}

function titleLook({ here, state }: RailEntry): { tone: Tone; bold?: true } {
  if (here) return { tone: 'accent', bold: true };
  return { tone: state === 'pending' || state === 'declined' ? 'dim' : 'plain' };
}

function widestMark(marks: Marks): number {
  return Math.max(...Object.values(marks.states).map(widthOf));
}
