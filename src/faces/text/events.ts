import type { Node, Progress } from '../../wizard/node.ts';
import { nodeOf, type Session, type SessionEvent } from '../../wizard/session.ts';
import type { Change } from '../../wizard/step.ts';
import type { Glyphs } from '../../print/glyphs.ts';
import { duration, labelled } from '../../print/layout.ts';

export interface EventOptions {
  /** Takes lines as they come; it makes them printable. */
  say: (lines: readonly string[]) => void;
  /** The title of a step by its ID. */
  title: (step: string) => string;
  glyphs: Glyphs;
  /** Columns to fill. */
  width: number;
}

// A wait that goes on is told again after these many ms, so that a log shows it lives without being flooded.
const retellMs = 5000;
// What takes less than this is not worth a line.
const silentMs = 1000;

/**
 * Tells the events of one run as lines: what a look found in the order of the steps, what acts, what it waits for, and how
 * it ended. It remembers what it told, so each run needs its own.
 */
export function eventTeller({
  say,
  title,
  glyphs,
  width,
}: EventOptions): (event: SessionEvent, session: Session) => void {
  const told = new Map<string, { waitingFor: string; at: number }>();
  const began = new Map<string, number>();
  const seen = new Set<string>();

  const step = (node: Node, id: string, text: string): string[] =>
    labelled(`${glyphs[node.state].padEnd(2)} ${title(id)}`, text, 17, width);

  return (event, session) => {
    const node = nodeOf(session, event.step);
    if (event.type === 'progress') {
      if (isWorthTelling(event.step, event.progress)) say(step(node, event.step, waitText(event.progress)));
      return;
    }
    if (event.type === 'approve') {
      began.set(event.step, performance.now());
      say(step(node, event.step, names('changes' in node ? node.changes : [])));
    } else if (began.has(event.step)) tell(event.step, node);
    else tellSeen(session);
  };

  function tell(id: string, node: Node): void {
    if (node.state === 'ready') {
      say(step(node, id, readyText(node, began.get(id))));
      // What a person has to decide stands at the end.
      for (const { text } of node.facts.filter((each) => each.tone === 'attention' && !each.flag))
        say(labelled('!', text, 17, width));
    } else if (node.state === 'blocked' || node.state === 'failed') say(step(node, id, node.problem.what));
  }

  /** Looks end in any order; they are told in that of the steps. */
  function tellSeen(session: Session): void {
    for (const id of session.order) {
      const node = nodeOf(session, id);
      if (node.state === 'pending' || node.state === 'looking') return;
      if (seen.has(id)) continue;
      seen.add(id);
      tell(id, node);
    }
  }

  function isWorthTelling(id: string, { waitingFor, elapsedMs }: Progress): boolean {
    if (elapsedMs < silentMs) return false;
    const last = told.get(id);
    if (last?.waitingFor === waitingFor && elapsedMs - last.at < retellMs) return false;
    told.set(id, { waitingFor, at: elapsedMs });
    return true;
  }
}

function waitText({ waitingFor, done, total, elapsedMs, usuallyMs }: Progress): string {
  const far = done !== undefined && total !== undefined ? ` (${done} of ${total})` : '';
  return `waiting for ${waitingFor}${far}; ${duration(elapsedMs)}, usually ${duration(usuallyMs)}`;
}

function readyText(node: Extract<Node, { state: 'ready' }>, began: number | undefined): string {
  const found = node.facts.find(({ tone }) => tone === 'note')?.text ?? 'as wanted';
  const waits = (node.waits ?? [])
    .filter(({ ms }) => ms >= 100)
    .map(({ waitedFor, ms }) => `waited ${duration(ms)} for ${waitedFor}`);
  const took = began === undefined ? [] : [`took ${duration(performance.now() - began)}`];
  return [found, ...waits, ...took].join('; ');
}

function names(changes: readonly Change[]): string {
  return [...new Set(changes.map(({ name }) => name))].join(', ');
}
