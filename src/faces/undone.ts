import type { Problem } from '../wizard/problem.ts';
import { nodeOf, staysAside, type Session } from '../wizard/session.ts';
import type { Change } from '../wizard/step.ts';

/** What an undo came to, for every face. */
export interface Undone {
  taken: readonly { step: string; change: Change }[];
  /** What is still there, and why, or for how long. */
  stays: readonly { step: string; text: string }[];
  /** What is not ours any more, and so was not taken away. */
  refused: readonly { step: string; problem: Problem }[];
}

/** Reads it off the session. */
export function undoneIn(session: Session): Undone {
  const nodes = session.order.map((step) => ({ step, node: nodeOf(session, step) }));
  return {
    taken: nodes.flatMap(({ step, node }) =>
      node.state === 'ready' ? node.changed.map((change) => ({ step, change })) : [],
    ),
    stays: nodes.flatMap(({ step, node }) =>
      // What the project's step tells is about the project.
      step.startsWith('undo-') && node.state === 'ready'
        ? node.facts.map(({ text }) => ({ step, text }))
        : [],
    ),
    refused: nodes.flatMap(({ step, node }) =>
      staysAside(node) && 'problem' in node ? [{ step, problem: node.problem }] : [],
    ),
  };
}
