import type { Change } from '../../wizard/step.ts';
import { labelled, margin } from './layout.ts';

const whatWidth = 12;

/** One change as one line, wrapped: "+ service     run.googleapis.com: off → on". */
export function changeLines(change: Change, width: number, arrow: string): string[] {
  const { sign, what, name, from, to } = change;
  const move = from !== undefined && to !== undefined ? `${from} ${arrow} ${to}` : (to ?? from ?? '');
  return labelled(`  ${sign} ${what}`, move === '' ? name : `${name}: ${move}`, whatWidth + 2, width);
}

/** What a change is for, dim below it. */
export function reasonLines(change: Change, width: number): string[] {
  return labelled('', `${change.why} (${change.source})`, whatWidth + 2, width).map((line) =>
    line.trim() === '' ? margin.trimEnd() : line,
  );
}
