import { widthOf } from '../../src/print/width.ts';
import type { Change } from '../../src/wizard/step.ts';
import type { Line, Tone } from '../line.ts';
import type { View } from '../view.ts';
import { pairs, span, textLines, type Room } from './layout.ts';

/** Changes of one thing in one manner, such as everything that a role lost. */
export interface Group {
  first: Change;
  changes: readonly Change[];
}

export const signTones: Readonly<Record<Change['sign'], Tone>> = {
  '+': 'good',
  '~': 'attention',
  '-': 'bad',
};

/** Neighbours that are about the same thing, together. */
export function groupsOf(changes: readonly Change[]): Group[] {
  const groups: { first: Change; changes: Change[] }[] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    const { sign, what, name } = last?.first ?? {};
    if (last && sign === change.sign && what === change.what && name === change.name)
      last.changes.push(change);
    else groups.push({ first: change, changes: [change] });
  }
  return groups;
}

/** True for what is only tried out, and writes nothing: it is told apart from what changes. */
export function isTrial({ what }: Change): boolean {
  return what === 'validate';
}

/** What becomes of it: "disabled → enabled". What is new only says what it will be. */
export function becomes({ sign, from, to }: Change, arrow: string): string {
  if (sign === '+') return to ?? '';
  return [from, to].filter((part) => part !== undefined).join(` ${arrow} `);
}

/**
 * A group: its name and what becomes of it; where that is several things, each in a line with its reason. `head` is how
 * much room its first line has, where that is less.
 */
export function groupLines({ first, changes }: Group, room: Room, brief = false, head = room.width): Line[] {
  const { width, marks } = room;
  const nameWidth = widthOf(first.name);
  const name = textLines(first.name, nameWidth <= head ? head : width);
  if (changes.length > 1) {
    const rows = changes.map((change) => ({ name: becomes(change, marks.arrow), why: change.why }));
    return [...name, ...pairs(rows, room, brief)];
  }
  const told = becomes(first, marks.arrow);
  if (told === '') return name;
  return nameWidth + 2 + widthOf(told) <= head
    ? [[span(first.name), span('  '), span(told, 'dim')]]
    : [...name, ...textLines(told, width, 'dim')];
}

/** The changes of a step that the view knows of: those asked about, else those of the session. */
export function changesOf({ question, session }: View, step: string): readonly Change[] {
  if (question?.kind === 'step' && question.step === step) return question.changes;
  const planned =
    question?.kind === 'plan' ? question.plan.steps.find((each) => each.step === step) : undefined;
  if (planned) return planned.changes;
  const node = session?.nodes[step];
  if (node === undefined) return [];
  if ('changes' in node) return node.changes;
  return 'changed' in node ? node.changed : [];
}
