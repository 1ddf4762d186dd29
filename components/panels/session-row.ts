import { duration } from '../../src/print/layout.ts';
import { widthOf } from '../../src/print/width.ts';
import type { Node } from '../../src/wizard/node.ts';
import type { Change } from '../../src/wizard/step.ts';
import type { Line } from '../line.ts';
import { stateTones } from '../theme.ts';
import type { Span } from '../view.ts';
import { groupsOf, isTrial } from './changes.ts';
import { bold, indented, sides, span, type Room } from './layout.ts';
import { seconds } from './time.ts';

/** One step of a session, ready to be drawn. */
export interface Row {
  title: string;
  node: Node;
  /** How long it has been at work; absent where it has not. */
  worked: Span | undefined;
}

export function isAtWork({ state }: Node): boolean {
  return state === 'acting' || state === 'settling';
}

/** A step in one line; what matters now takes a second one, where it does not fit. */
export function rowLines({ title, node, worked }: Row, titleWidth: number, now: number, room: Room): Line[] {
  const { marks } = room;
  const markWidth = Math.max(...Object.values(marks.states).map(widthOf)) + 1;
  const tone = stateTones[node.state];
  const quiet = node.state === 'pending' || node.state === 'declined';
  const mark = marks.states[node.state];
  const head = [
    span(mark + ' '.repeat(markWidth - widthOf(mark)), tone),
    isAtWork(node) ? bold(title) : span(title, quiet ? 'dim' : undefined),
  ];
  const text = saying(node, room);
  const said = span(text, quiet ? 'dim' : undefined);
  const time = timeOf(node, worked, now, room.width - markWidth - widthOf(title) - 2, room);
  const ending = time === '' ? undefined : span(time, 'dim');
  if (text === '') return [sides(head, ending, room)];
  const filled = [...head, span(' '.repeat(Math.max(titleWidth - widthOf(title), 0) + 2)), said];
  const needs = markWidth + titleWidth + 2 + widthOf(text) + (time === '' ? 0 : widthOf(time) + 2);
  const matters = isAtWork(node) || node.state === 'blocked' || node.state === 'failed';
  if (needs <= room.width || !matters) return [sides(filled, ending, room)];
  const below = sides([said], undefined, { ...room, width: room.width - markWidth });
  return [sides(head, ending, room), ...indented([below], markWidth)];
}

function saying(node: Node, { marks }: Room): string {
  switch (node.state) {
    case 'pending':
      return '';
    case 'looking':
      return 'looking';
    case 'ready': {
      const { changed, checks, facts } = node;
      if (checks?.length)
        return `${checks.filter(({ ok }) => ok).length} of ${checks.length} permissions granted, asked as itself`;
      if (changed.length > 0 && !changed.some(isTrial)) return done(changed);
      return facts.find(({ tone }) => tone === 'note')?.text ?? 'as wanted';
    }
    case 'differs':
      return toCome(node.changes);
    case 'declined':
      return 'left as it is';
    case 'blocked':
    case 'failed':
      return node.problem.what;
    case 'acting':
    case 'settling': {
      const { progress } = node;
      if (progress === undefined) return doing(node.changes, node.state) + marks.ellipsis;
      return `waiting for ${progress.waitingFor}`;
    }
  }
}

/** `room`: what is left beside the title; how long it usually takes is said only where that has room. */
function timeOf(node: Node, worked: Span | undefined, now: number, room: number, { marks }: Room): string {
  if (worked === undefined) return '';
  const { began, ended } = worked;
  const isOn = isAtWork(node) || (node.state === 'looking' && ended === undefined);
  // Looking takes no time worth reading; making does.
  if (!isOn) return ended === undefined || !hasMade(node) ? '' : duration(ended - began);
  const elapsed = seconds(now - began);
  const progress = 'progress' in node ? node.progress : undefined;
  if (progress === undefined) return elapsed;
  const { done: sofar, total, usuallyMs } = progress;
  const far = sofar === undefined || total === undefined ? '' : `${sofar} of ${total} ${marks.dot} `;
  const whole = `${far}${elapsed}, usually ${seconds(usuallyMs)}`;
  return widthOf(whole) <= room ? whole : far + elapsed;
}

function hasMade(node: Node): boolean {
  return node.state === 'failed' || (node.state === 'ready' && node.changed.length > 0);
}

const verbs: Readonly<Record<Change['sign'], string>> = { '+': 'made', '~': 'mended', '-': 'removed' };
const verbsOf: Readonly<Record<string, string>> = { service: 'turned on', grant: 'granted' };

/** "made RemotionSA"; things of one manner together. */
function done(changes: readonly Change[]): string {
  const byVerb = Map.groupBy(groupsOf(changes), ({ first }) =>
    first.sign === '+' ? (verbsOf[first.what] ?? verbs['+']) : verbs[first.sign],
  );
  return [...byVerb]
    .map(([verb, groups]) => `${verb} ${groups.map(({ first }) => first.name).join(', ')}`)
    .join('; ');
}

function toCome(changes: readonly Change[]): string {
  if (changes.some(isTrial)) return 'to be tried';
  return groupsOf(changes)
    .map(({ first }) => `${first.sign} ${first.name}`)
    .join(', ');
}

function doing(changes: readonly Change[], state: 'acting' | 'settling'): string {
  if (changes.some(isTrial)) return 'signing in';
  const names = groupsOf(changes).map(({ first }) => first.name);
  return `${state === 'acting' ? 'writing' : 'reading back'} ${names.join(', ')} `;
}
