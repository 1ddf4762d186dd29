import type { Change } from '../../wizard/step.ts';
import { labelled } from '../../print/layout.ts';

const whatWidth = 12;

/**
 * One change as one line, wrapped: "~ account     remotion-sa@…: disabled → enabled".
 * @param found - what is new says how it was found, too: it may have been there before
 */
export function changeLines(change: Change, width: number, arrow: string, found = false): string[] {
  const { sign, what, name, from, to } = change;
  const moved = from !== undefined && to !== undefined ? `${from} ${arrow} ${to}` : (from ?? to);
  const told = sign === '+' && !found ? to : moved;
  return labelled(`  ${sign} ${what}`, told === undefined ? name : `${name}: ${told}`, whatWidth + 2, width);
}

/** What a change is for, below it; and where its value comes from, unless that is the profile like most. */
export function reasonLines(change: Change, width: number): string[] {
  const source = change.source === 'asked by the profile' ? '' : ` (${change.source})`;
  return labelled('', `${change.why}${source}`, whatWidth + 2, width);
}
