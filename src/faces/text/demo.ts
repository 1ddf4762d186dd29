import type { Scene } from '../face.ts';
import { labelled, margin, wrap } from '../../print/layout.ts';

/** What a demo says before it begins: that it is one, and what the steps are. */
export function demoLines({ steps }: Scene, width: number): string[] {
  const intro =
    'A demo. The Google Cloud in it runs on this machine, its clock sixty times as fast; nothing leaves, and all of it is gone afterwards. Every step looks first and changes only what differs.';
  return [
    '',
    ...wrap(intro, width - 2).map((line) => margin + line),
    '',
    ...steps.flatMap(({ title, why }, index) => labelled(`${index + 1}  ${title}`, why, 17, width)),
    '',
  ];
}
