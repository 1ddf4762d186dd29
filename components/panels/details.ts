import type { Detail } from '../../src/wizard/question.ts';
import type { StepCard } from '../../src/wizard/presentation.ts';
import type { Line } from '../line.ts';
import type { View } from '../view.ts';
import { changesOf, groupLines, groupsOf, isTrial, signTones } from './changes.ts';
import { beside, blank, bold, indented, pairs, span, textLines, wrapped, type Room } from './layout.ts';

/** A step's ID, or every step. */
interface Asked {
  view: View;
  step: string;
}

/** Every single thing with its reason, then the gcloud commands that do the same as the changes. */
export function detailLines({ view, step }: Asked, room: Room): Line[] {
  const sections = cardsOf(view, step).flatMap((card) => {
    const lines = cardLines(card, view, room);
    return lines.length === 0 ? [] : [[...headLines(card, room), ...lines]];
  });
  if (sections.length === 0) return textLines('There is nothing more to tell here.', room.width);
  return sections.flatMap((lines, index) => (index === 0 ? lines : [blank, ...lines]));
}

/** The commands of all changes as text to copy, one a line; empty where nothing in the cloud changes. */
export function gcloudOf({ view, step }: Asked): string {
  return cardsOf(view, step)
    .flatMap(({ id }) => commandsOf(view, id))
    .join('\n');
}

function cardsOf({ steps }: View, step: string): readonly StepCard[] {
  return step === 'all' ? steps : steps.filter(({ id }) => id === step);
}

function commandsOf(view: View, step: string): string[] {
  const commands = changesOf(view, step).flatMap(({ gcloud }) => (gcloud === undefined ? [] : [gcloud]));
  return [...new Set(commands)];
}

function headLines({ title, details }: StepCard, room: Room): Line[] {
  const count = details.length > 1 ? ` (${details.length})` : '';
  return wrapped(title + count, room.width).map((text) => [bold(text)]);
}

function cardLines(card: StepCard, view: View, room: Room): Line[] {
  const inner = { ...room, width: room.width - 2 };
  const commands = commandsOf(view, card.id);
  const changes = changedLines(card.id, view, inner);
  return [
    ...indented(changes, 2),
    ...(changes.length > 0 && card.details.length + commands.length > 0 ? [blank] : []),
    ...indented(pairs(card.details satisfies readonly Detail[], inner), 2),
    ...(commands.length > 0 && card.details.length > 0 ? [blank] : []),
    ...(commands.length > 0 ? indented([[span('The same with gcloud:', 'dim')]], 2) : []),
    ...commands.flatMap((command) => commandLines(command, inner)),
  ];
}

/** The changes in full, as the plan has no room for everywhere; a question about the step alone shows them itself. */
function changedLines(step: string, view: View, room: Room): Line[] {
  if (view.question?.kind !== 'plan') return [];
  const groups = groupsOf(changesOf(view, step).filter((change) => !isTrial(change)));
  const inner = { ...room, width: room.width - 2 };
  return groups.flatMap((group) =>
    beside(
      span(group.first.sign, signTones[group.first.sign]),
      [...groupLines(group, inner, true), ...textLines(group.first.source, inner.width, 'dim')],
      2,
    ),
  );
}

/** A command over as many lines as it takes, all but the first further in. */
function commandLines(command: string, { width }: Room): Line[] {
  return wrapped(command, width - 2).map((text, index) => [span(index === 0 ? '  ' : '    '), span(text)]);
}
