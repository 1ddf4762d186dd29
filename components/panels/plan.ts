import { cut, widthOf } from '../../src/print/width.ts';
import type { PlanQuestion } from '../../src/wizard/question.ts';
import type { Change } from '../../src/wizard/step.ts';
import type { Line } from '../line.ts';
import type { View } from '../view.ts';
import { groupLines, groupsOf, isTrial, signTones, type Group } from './changes.ts';
import { beside, blank, bold, indented, lineWidth, narrow, span, textLines, type Room } from './layout.ts';
import { noteLines } from './notes.ts';
import { briefRows } from './plan-row.ts';

/** A name of a service account in a project of usual length; fewer columns, and sources go below. */
const leastForNames = 40;

/**
 * The plan before the first write: everything that will change, where each value comes from, and what stays. Where the
 * room has a height that this does not fit into, a line for each change; then without the lines that are empty.
 */
export function planLines(given: { question: PlanQuestion; view: View }, room: Room): Line[] {
  const { height = Infinity } = room;
  const full = fullLines(given, room);
  if (full.length <= height) return full;
  const brief = briefLines(given, room, true);
  return brief.length <= height ? brief : briefLines(given, room, false);
}

function fullLines({ question, view }: { question: PlanQuestion; view: View }, room: Room): Line[] {
  const { groups, trials } = partsOf(question);
  return [
    ...titleLines(question, room),
    blank,
    ...rows(groups, room),
    ...(trials.length > 0 && groups.length > 0 ? [blank] : []),
    ...trials.flatMap(({ step, changes: [first] }) => trialLines(step, first, view, room)),
    ...(question.foot.length > 0 ? [blank] : []),
    ...question.foot.flatMap((text) => textLines(text, room.width)),
    ...(question.notes?.length ? [blank] : []),
    ...noteLines(question.notes ?? [], room),
  ];
}

/** A line for each change; what wants attention comes before what stays, because the end may be out of sight. */
function briefLines(
  { question, view }: { question: PlanQuestion; view: View },
  room: Room,
  airy: boolean,
): Line[] {
  const { groups, trials } = partsOf(question);
  const notes = noteLines(question.notes ?? [], room);
  const air = airy ? [blank] : [];
  return [
    ...titleLines(question, room),
    blank,
    ...briefRows(groups, room),
    ...trials.flatMap(({ step }) =>
      textLines(`Then ${titleOf(step, view)}, which changes nothing.`, room.width),
    ),
    ...(notes.length > 0 ? [...air, ...notes] : []),
    ...(question.foot.length > 0 ? [...air, ...textLines(question.foot.join(' '), room.width, 'dim')] : []),
  ];
}

function titleLines({ title }: PlanQuestion, { width }: Room): Line[] {
  return textLines(title, width).map(([text]) => [bold(text?.text ?? '')]);
}

function partsOf({ plan }: PlanQuestion) {
  const changes = plan.steps.flatMap((step) => step.changes);
  return {
    groups: groupsOf(changes.filter((change) => !isTrial(change))),
    trials: plan.steps.filter((step) => step.changes.some(isTrial)),
  };
}

function titleOf(step: string, { steps }: View): string {
  return steps.find(({ id }) => id === step)?.title ?? step;
}

/** A step that writes nothing: what it does, and how it stands now. */
function trialLines(step: string, trial: Change | undefined, view: View, { width }: Room): Line[] {
  const card = view.steps.find(({ id }) => id === step);
  return [
    ...textLines(`Then ${titleOf(step, view)}. ${card?.why ?? ''}`.trimEnd(), width),
    ...(trial?.from === undefined ? [] : textLines(`Now: ${trial.from}`, width, 'dim')),
  ];
}

function rows(groups: readonly Group[], room: Room): Line[] {
  const kindWidth = Math.min(12, Math.max(0, ...groups.map(({ first }) => widthOf(first.what))) + 2);
  const sourceWidth = Math.max(0, ...groups.map(({ first }) => widthOf(first.source)));
  const content = room.width - 2 - kindWidth;
  if (content - sourceWidth - 2 >= leastForNames)
    return groups.flatMap((group) => {
      const nameWidth = content - sourceWidth - 2;
      const [head = blank, ...more] = groupLines(group, { ...room, width: content }, true, nameWidth);
      const rest = [...more, ...brokenLines(group, content)];
      const source = span(group.first.source, 'dim');
      const space = nameWidth - lineWidth(head) + 2;
      const lines =
        space < 2 ? [head, ...rest, [source]] : [[...head, span(' '.repeat(space)), source], ...rest];
      return kindOf(group, lines, kindWidth, room);
    });
  const usual = usualSource(groups);
  const isNarrow = room.width < narrow;
  return [
    ...(usual === undefined ? [] : textLines(`Where no other source is named: ${usual}.`, room.width, 'dim')),
    ...groups.flatMap((group) => {
      const width = isNarrow ? room.width - 2 : content;
      const { first } = group;
      const lines = [
        ...groupLines(group, { ...room, width }, true),
        ...brokenLines(group, width),
        ...(first.source === usual ? [] : textLines(first.source, width, 'dim')),
      ];
      if (!isNarrow) return kindOf(group, lines, kindWidth, room);
      const kind = bold(cut(first.what, width, room.marks.ellipsis));
      return [[span(`${first.sign} `, signTones[first.sign]), kind], ...indented(lines, 2)];
    }),
  ];
}

/** What it breaks that something is not as it should be; several differences of one thing say so one by one. */
function brokenLines({ first, changes }: Group, width: number): Line[] {
  return first.sign === '+' || changes.length > 1 ? [] : textLines(first.why, width, 'dim');
}

function kindOf({ first }: Group, lines: readonly Line[], kindWidth: number, { marks }: Room): Line[] {
  const sign = span(`${first.sign} `, signTones[first.sign]);
  const kind = span(cut(first.what, kindWidth - 2, marks.ellipsis));
  return beside(kind, lines, kindWidth).map((line, index) => [index === 0 ? sign : span('  '), ...line]);
}

/** The source that is said once for all, where several have it. */
function usualSource(groups: readonly Group[]): string | undefined {
  const bySource = Map.groupBy(groups, ({ first }) => first.source);
  const [most] = [...bySource].toSorted(([, some], [, others]) => others.length - some.length);
  return most !== undefined && most[1].length > 1 ? most[0] : undefined;
}
