import { cut, widthOf } from '../../src/print/width.ts';
import type { Node } from '../../src/wizard/node.ts';
import type { Line } from '../line.ts';
import type { View } from '../view.ts';
import { checkLines } from './checks.ts';
import { blank, bold, span, textLines, wrapped, type Room } from './layout.ts';
import { noteLines } from './notes.ts';
import { isAtWork, rowLines, type Row } from './session-row.ts';

/** The session while no question is open: a row a step; while permissions are tested, those. `now` in ms. */
export function sessionLines({ view, now }: { view: View; now: number }, room: Room): Line[] {
  const { session } = view;
  if (session === undefined) return [];
  const rows = session.order.flatMap((id) => {
    const node = session.nodes[id];
    const title = view.steps.find((card) => card.id === id)?.title ?? id;
    return node === undefined ? [] : [{ id, title, node, worked: view.spans[id] }];
  });
  const checking = rows.find(({ node }) => checksOf(node) > 0);
  const shown = checking === undefined ? rows : rows.filter((row) => row !== checking && isTelling(row.node));
  const titleWidth = Math.max(0, ...rows.map(({ title }) => widthOf(title)));
  const atWork = rows.find(({ node }) => isAtWork(node));
  const lines = [
    ...(checking === undefined ? headLines(rows, view, room) : checkingLines(checking, now, room)),
    ...(shown.length > 0 ? [blank] : []),
    ...shown.flatMap((row) => rowLines(row, titleWidth, now, room)),
    ...noteSection(rows, room),
  ];
  const left = (room.height ?? Infinity) - lines.length;
  const about = [cardLines(view, atWork?.id, room, true), cardLines(view, atWork?.id, room, false)];
  return [...lines, ...(about.find((each) => each.length <= left) ?? [])];
}

function checksOf(node: Node): number {
  return 'progress' in node ? (node.progress?.checks?.length ?? 0) : 0;
}

/** True for what must not go unseen beside the permissions. */
function isTelling(node: Node): boolean {
  return isAtWork(node) || node.state === 'blocked' || node.state === 'failed';
}

function checkingLines({ node, worked }: Row, now: number, room: Room): Line[] {
  if (!('progress' in node) || node.progress === undefined) return [];
  const { changes, progress } = node;
  const elapsedMs = worked === undefined ? progress.elapsedMs : now - worked.began;
  return checkLines({ changes, progress, elapsedMs }, room);
}

function headLines(rows: readonly Row[], view: View, { width }: Room): Line[] {
  return wrapped(heading(rows, view.header.project ?? 'the project'), width).map((text) => [bold(text)]);
}

function heading(rows: readonly Row[], project: string): string {
  const count = (...states: Node['state'][]): number =>
    rows.filter(({ node }) => states.includes(node.state)).length;
  const ready = `${count('ready')} of ${rows.length} ready`;
  const working = rows.filter(({ node }) => isAtWork(node)).length;
  if (working > 1) return `Working in ${project}, on ${working} steps at once. ${ready}.`;
  if (working === 1) return `Working in ${project}. ${ready}.`;
  if (count('looking') > 0 || count('pending') === rows.length)
    return `Looking at ${project}. Nothing is changed.`;
  if (count('ready') === rows.length) return `All ${rows.length} steps are ready.`;
  if (count('failed', 'blocked') > 0) return `Stopped in ${project}. ${ready}.`;
  return `Looked at ${project}. ${ready}.`;
}

/** What the step at work is for, and how to take it back: `whole`, or in a line each. */
function cardLines({ steps }: View, id: string | undefined, { width, marks }: Room, whole: boolean): Line[] {
  const card = steps.find((each) => each.id === id);
  if (card === undefined) return [];
  const texts = [`${card.title}: ${card.why}`, `Undo: ${card.undo}`];
  return [
    blank,
    ...texts.flatMap((text) =>
      whole ? textLines(text, width, 'dim') : [[span(cut(text, width, marks.ellipsis), 'dim')]],
    ),
  ];
}

function noteSection(rows: readonly Row[], room: Room): Line[] {
  const facts = rows.flatMap(({ node }) => ('facts' in node ? node.facts : []));
  const attention = facts.filter(({ tone }) => tone === 'attention');
  return attention.length === 0 ? [] : [blank, ...noteLines(attention, room)];
}
