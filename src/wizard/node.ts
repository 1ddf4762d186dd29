import type { Change, Check, Fact, Waiting } from './step.ts';
import type { Problem } from './problem.ts';

/** What a settling node waits for, as a person reads it. Times in ms. */
export interface Progress extends Waiting {
  checks?: readonly Check[];
  elapsedMs: number;
  /** How long this usually takes, from Google's documentation or records. */
  usuallyMs: number;
}

/** What settling waited for, and how long (ms). */
export interface Wait {
  waitedFor: string;
  ms: number;
}

/** What a look found when all is as wanted. `waits` only where something had to settle. */
export interface Seen {
  facts: readonly Fact[];
  checks?: readonly Check[];
  waits?: readonly Wait[];
}

/** One step of a session. What each state carries is exactly what a face needs to draw it. */
export type Node =
  | { state: 'pending' }
  | { state: 'looking' }
  | ({ state: 'ready'; changed: readonly Change[] } & Seen)
  | ({ state: 'differs'; changes: readonly Change[] } & Seen)
  | { state: 'blocked'; problem: Problem }
  | { state: 'declined'; changes: readonly Change[] }
  | { state: 'acting'; changes: readonly Change[]; progress?: Progress }
  | { state: 'settling'; changes: readonly Change[]; progress?: Progress }
  | { state: 'failed'; problem: Problem };

export type NodeState = Node['state'];

/** What happens to a node. */
export type NodeEvent =
  | { type: 'look' }
  | ({ type: 'seen-same' } & Seen)
  | ({ type: 'seen-else'; changes: readonly Change[] } & Seen)
  | { type: 'cannot'; problem: Problem }
  | { type: 'approve' }
  | { type: 'decline' }
  | { type: 'acted' }
  | { type: 'failed'; problem: Problem }
  | { type: 'too-long'; problem: Problem };

/** The whole machine: which event leads from which state to which. What is not here cannot happen. */
export const table = {
  pending: { look: 'looking' },
  looking: { 'seen-same': 'ready', 'seen-else': 'differs', cannot: 'blocked' },
  differs: { approve: 'acting', decline: 'declined' },
  acting: { acted: 'settling', failed: 'failed' },
  settling: { 'seen-same': 'ready', 'too-long': 'failed' },
  ready: { look: 'looking' },
  blocked: { look: 'looking' },
  failed: { look: 'looking' },
  declined: { look: 'looking' },
} as const satisfies Record<NodeState, Partial<Record<NodeEvent['type'], NodeState>>>;

/** An event that the table does not allow in that state: always a bug of the caller. */
export class TransitionError extends Error {
  constructor(state: NodeState, event: NodeEvent['type']) {
    super(`a ${state} step cannot take "${event}"`);
    this.name = 'TransitionError';
  }
}

/**
 * The node after an event; pure.
 * @throws TransitionError where the table has no such row.
 */
export function transition(node: Node, event: NodeEvent): Node {
  const rows: Partial<Record<NodeEvent['type'], NodeState>> = table[node.state];
  const to = rows[event.type];
  if (to === undefined) throw new TransitionError(node.state, event.type);
  const changes = 'changes' in node ? node.changes : [];
  switch (event.type) {
    case 'look':
      return { state: 'looking' };
    case 'seen-same':
      return { state: 'ready', changed: changes, ...seen(event) };
    case 'seen-else':
      return { state: 'differs', changes: event.changes, ...seen(event) };
    case 'cannot':
      return { state: 'blocked', problem: event.problem };
    case 'approve':
      return { state: 'acting', changes };
    case 'decline':
      return { state: 'declined', changes };
    case 'acted':
      return { state: 'settling', changes };
    case 'failed':
    case 'too-long':
      return { state: 'failed', problem: event.problem };
  }
}

function seen({ facts, checks, waits }: Seen): Seen {
  return { facts, ...(checks && { checks }), ...(waits && { waits }) };
}
