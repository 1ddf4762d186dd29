import type { Change } from '../../wizard/step.ts';
import type { StepCard } from '../../wizard/presentation.ts';
import { labelled, margin } from '../../print/layout.ts';

/** Said where nothing has details. */
export const noDetails = ['', `${margin}There is nothing more to tell.`];

/** All that a step is about: each permission with its reason, and the gcloud commands that do the same. Nothing, where there is none. */
export function detailLines(
  step: string,
  cards: readonly StepCard[],
  changes: readonly Change[],
  width: number,
): string[] {
  const card = cards.find(({ id }) => id === step);
  const details = card?.details ?? [];
  // Commands are not wrapped: they are there to be copied.
  const commands = [...new Set(changes.flatMap(({ gcloud }) => (gcloud === undefined ? [] : [gcloud])))];
  if (details.length + commands.length === 0) return [];
  return [
    '',
    `${margin}${card?.title ?? step}`,
    ...details.flatMap(({ name, why }) => [`${margin}  ${name}`, ...labelled('', why, 6, width)]),
    ...(commands.length === 0 ? [] : [`${margin}  The same with gcloud:`]),
    ...commands.map((command) => `${margin}    ${command}`),
  ];
}
