import type { Session } from '../../wizard/session.ts';
import type { Change } from '../../wizard/step.ts';

/**
 * What was made while the steps were taken several times: each time looks afresh and finds only that all is as wanted there,
 * but to the person it is one run.
 */
export class Made {
  readonly #changes = new Map<string, readonly Change[]>();

  /** Takes in what this session has changed. */
  remember({ nodes }: Session): void {
    for (const [step, node] of Object.entries(nodes))
      if (node.state === 'ready' && node.changed.length > 0) this.#changes.set(step, node.changed);
  }

  /** The session, in which steps that were changed before still say so. */
  in(session: Session): Session {
    const nodes = Object.entries(session.nodes).map(([step, node]) => {
      const before = this.#changes.get(step);
      const shown =
        node.state === 'ready' && node.changed.length === 0 && before ? { ...node, changed: before } : node;
      return [step, shown] as const;
    });
    return { ...session, nodes: Object.fromEntries(nodes) };
  }
}
