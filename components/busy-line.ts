import type { Line } from './line.ts';
import { seconds } from './panels/time.ts';
import type { Marks } from './theme.ts';
import type { View } from './view.ts';

/** What takes a moment, and since when: "● Looking for ways to sign in… 3 s". `now` in ms. */
export function busyLine({ what, since }: NonNullable<View['busy']>, now: number, marks: Marks): Line {
  return [
    { text: `${marks.states.acting} `, tone: 'accent' },
    { text: what.charAt(0).toUpperCase() + what.slice(1) },
    { text: `  ${seconds(now - since)}`, tone: 'dim' },
  ];
}
