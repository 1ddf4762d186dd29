import { transition, type Node, type NodeEvent, type Progress } from './node.ts';
import type { ExitName } from './exit-codes.ts';
import type { Change } from './step.ts';

/** A run as a value: its steps in order and the node of each. Faces draw it; nothing else is remembered. */
export interface Session {
  readonly order: readonly string[];
  readonly nodes: Readonly<Record<string, Node>>;
}

/** What happens in a session: something to one node, or word of how far a wait has come. */
export type SessionEvent = { step: string } & (NodeEvent | { type: 'progress'; progress: Progress });

export function newSession(order: readonly string[]): Session {
  return { order, nodes: Object.fromEntries(order.map((id) => [id, { state: 'pending' }])) };
}

/** The session after an event; pure. @throws TransitionError for what the table does not allow. */
export function reduce(session: Session, event: SessionEvent): Session {
  const node = nodeOf(session, event.step);
  const next = event.type === 'progress' ? withProgress(node, event.progress) : transition(node, event);
  return { ...session, nodes: { ...session.nodes, [event.step]: next } };
}

/** @throws Error if the session has no such step. */
export function nodeOf(session: Session, step: string): Node {
  const node = session.nodes[step];
  if (node === undefined) throw new Error(`no step "${step}" in this session`);
  return node;
}

/** Everything that would change now, step by step in order. */
export function planOf(session: Session): { step: string; changes: readonly Change[] }[] {
  return session.order.flatMap((step) => {
    const node = nodeOf(session, step);
    return node.state === 'differs' ? [{ step, changes: node.changes }] : [];
  });
}

/** How a session stands: the word for a machine and the ending that goes with it. */
export interface Standing {
  status: 'ready' | 'differs' | 'blocked' | 'failed';
  exit: ExitName;
}

/** True for something that stays as it is, while everything else goes on. */
export function staysAside(node: Node): boolean {
  return (node.state === 'blocked' || node.state === 'failed') && node.problem.aside === true;
}

/** Reads the ending off the nodes. Failures weigh most, then blocks, then differences, then what stays aside. */
export function standing(session: Session): Standing {
  const all = session.order.map((id) => nodeOf(session, id));
  const nodes = all.filter((node) => !staysAside(node));
  const failed = nodes.find((node) => node.state === 'failed');
  if (failed) {
    const { exit } = failed.problem;
    return { status: exit === 'blocked' ? 'blocked' : 'failed', exit };
  }
  const blocked = nodes.find((node) => node.state === 'blocked');
  if (blocked) {
    const { exit } = blocked.problem;
    return { status: exit === 'blocked' ? 'blocked' : 'failed', exit };
  }
  if (!nodes.every((node) => node.state === 'ready')) return { status: 'differs', exit: 'differs' };
  return nodes.length === all.length
    ? { status: 'ready', exit: 'done' }
    : { status: 'blocked', exit: 'blocked' };
}

function withProgress(node: Node, progress: Progress): Node {
  return node.state === 'acting' || node.state === 'settling' ? { ...node, progress } : node;
}
