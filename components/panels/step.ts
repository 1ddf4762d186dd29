import type { Detail, StepQuestion } from '../../src/wizard/question.ts';
import type { Change, Fact } from '../../src/wizard/step.ts';
import type { Line } from '../line.ts';
import type { View } from '../view.ts';
import { groupLines, groupsOf, isTrial, signTones, type Group } from './changes.ts';
import {
  beside,
  blank,
  bold,
  indented,
  labelled,
  labelledShort,
  pairs,
  span,
  textLines,
  type Room,
} from './layout.ts';
import { noteLines } from './notes.ts';
import { briefRows } from './plan-row.ts';

/** How much is told of a new role's permissions: so many, each with its reason, which may be cut to a line. */
interface Examples {
  count: number;
  brief: boolean;
}

const fewerAndFewer: readonly Examples[] = [
  { count: 3, brief: false },
  { count: 3, brief: true },
  { count: 2, brief: true },
  { count: 1, brief: true },
];

/**
 * One step before it acts: what it is for, what was found, what it will do, and how to take that back. Where the room has
 * a height that this does not fit into, with fewer examples, and then without what the details tell.
 */
export function stepLines(given: { question: StepQuestion; view: View }, room: Room): Line[] {
  const { height = Infinity } = room;
  for (const examples of fewerAndFewer) {
    const lines = linesOf(given, room, examples);
    if (lines.length <= height) return lines;
  }
  return linesOf(given, room, undefined);
}

function linesOf(
  { question, view }: { question: StepQuestion; view: View },
  room: Room,
  examples: Examples | undefined,
): Line[] {
  const { changes, notes = [] } = question;
  const card = view.steps.find(({ id }) => id === question.step);
  const node = view.session?.nodes[question.step];
  const facts = node !== undefined && 'facts' in node ? node.facts : [];
  const attention = facts.filter(({ tone }) => tone === 'attention');
  const groups = groupsOf(changes);
  const labels = examples ? labelled : labelledShort;
  const make = (width: number): Line[] =>
    examples
      ? makeLines(groups, card?.details ?? [], { ...room, width }, examples)
      : shortLines(groups, { ...room, width });
  return [
    ...textLines(question.title, room.width).map(([text]) => [bold(text?.text ?? '')]),
    ...textLines(question.why, room.width),
    ...(examples ? [blank] : []),
    ...labels(
      span('Found', 'dim'),
      (width) => foundTexts(facts, changes).flatMap((text) => textLines(text, width)),
      room,
    ),
    ...labels(bold(verb(changes)), make, room),
    ...noteLines([...attention, ...notes], room, true),
    ...labels(span('Undo', 'dim'), (width) => (card === undefined ? [] : textLines(card.undo, width)), room),
  ];
}

/** What is new, in a line each; of what is there, how it changes. */
function shortLines(groups: readonly Group[], room: Room): Line[] {
  return groups.flatMap((group) => {
    const { sign } = group.first;
    if (sign === '+') return briefRows([group], room, false);
    return beside(
      span(sign, signTones[sign]),
      groupLines(group, { ...room, width: room.width - 2 }, true),
      2,
    );
  });
}

/** What is there, and what is not there yet. What differs says itself what it is. */
function foundTexts(facts: readonly Fact[], changes: readonly Change[]): string[] {
  const found = facts.filter(({ tone }) => tone === 'note').map(({ text }) => text);
  const absent = changes.filter(({ sign }) => sign === '+');
  const byFrom = Map.groupBy(absent, ({ from }) => from);
  const texts = [...byFrom].map(([from, group]) => {
    const names = group.map(({ name }) => name).join(', ');
    if (from === undefined) return `no ${group[0]?.what ?? 'thing'} ${names} yet`;
    return absent.length === 1 && absent[0]?.what !== 'service' ? from : `${from}: ${names}`;
  });
  const all = [...found, ...texts];
  return all.length === 0 && changes.every(({ sign }) => sign === '+') ? ['nothing yet'] : all;
}

function verb(changes: readonly Change[]): string {
  if (changes.some(isTrial)) return 'Try';
  const signs = new Set(changes.map(({ sign }) => sign));
  if (signs.size > 1 || signs.has('~')) return 'Change';
  if (signs.has('-')) return 'Remove';
  return changes.every(({ what }) => what === 'service') ? 'Turn on' : 'Make';
}

function makeLines(groups: readonly Group[], details: readonly Detail[], room: Room, few: Examples): Line[] {
  const inner = { ...room, width: room.width - 2 };
  return groups.flatMap((group, index) => {
    const { first } = group;
    const isNewRole = first.what === 'role' && first.sign === '+';
    const isTold = groups[index + 1]?.first.source === first.source;
    const lines = [
      ...(first.what === 'service' ? pairs([first], inner) : groupLines(group, inner)),
      ...(isTrial(first) ? textLines(first.why, inner.width, 'dim') : []),
      ...(isTold ? [] : textLines(first.source, inner.width, 'dim')),
      ...(isNewRole && details.length > 0 ? exampleLines(details, inner, few) : []),
    ];
    return beside(span(first.sign, signTones[first.sign]), lines, 2);
  });
}

/** A few of what a new role holds: of different services, and each the one that is told in the fewest words. */
function exampleLines(details: readonly Detail[], room: Room, few: Examples): Line[] {
  const byService = Map.groupBy(
    details.toSorted((one, other) => one.why.length - other.why.length),
    ({ name }) => name.split('.', 1)[0],
  );
  const shortest = [...byService.values()].toSorted((some, others) => others.length - some.length);
  const examples = [0, 1, 2]
    .flatMap((rank) => shortest.flatMap((group) => group[rank] ?? []))
    .slice(0, few.count);
  const count = `${details.length} permissions, for example`;
  return [
    ...textLines(count, room.width),
    ...indented(pairs(examples, { ...room, width: room.width - 2 }, few.brief), 2),
  ];
}
