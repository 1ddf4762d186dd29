import type { Goal, Tools } from '../steps/goal.ts';
import type { Lack } from '../wizard/preflight.ts';
import { nodeOf, staysAside, type Session } from '../wizard/session.ts';
import type { Change } from '../wizard/step.ts';
import { lacksOf } from './tools.ts';

/** What of a session the operator may not do: the steps, and what they lack there. */
export interface Lacking {
  steps: ReadonlySet<string>;
  lacks: readonly Lack[];
}

/** What the operator lacks for what a session has found to do. What was asked already is not asked again. */
export async function lackingIn(
  session: Session,
  { tools, goal }: { tools: Tools; goal: Goal },
): Promise<Lacking> {
  const { project } = goal.answers;
  // Who may do nothing at all there has most likely mistyped its ID: that is what they are told, and no list of permissions.
  if (session.nodes['project']?.state === 'blocked') return { steps: new Set(), lacks: [] };
  const steps = new Set<string>();
  const lacks = new Map<string, Lack & { stops: Change[] }>();
  for (const id of session.order) {
    const node = nodeOf(session, id);
    const changes = changesIn(session, id);
    const found = changes.length > 0 ? await lacksOf(tools, project, changes) : [];
    const unseen: readonly Lack[] =
      node.state !== 'blocked' || node.problem.stops !== undefined
        ? []
        : (node.problem.missing ?? []).map((permission) => ({
            permission,
            place: `project/${project}`,
            called: `the project ${project}`,
            ...node.problem.missingAt,
            stops: [],
          }));
    if (found.length + unseen.length > 0) steps.add(id);
    for (const lack of [...found, ...unseen]) {
      const key = `${lack.place} ${lack.permission}`;
      const known = lacks.get(key);
      if (known) known.stops.push(...lack.stops);
      else lacks.set(key, { ...lack, stops: [...lack.stops] });
    }
  }
  return { steps, lacks: [...lacks.values()] };
}

/** What a step would change, also where the operator may not. */
export function changesIn(session: Session, id: string): readonly Change[] {
  const node = nodeOf(session, id);
  if (node.state === 'differs' || node.state === 'declined') return node.changes;
  return node.state === 'blocked' ? (node.problem.stops ?? []) : [];
}

/** Something stands in the way, and what would be done about it is not known: no plan is whole then. */
export function isUnknown(session: Session): boolean {
  return Object.values(session.nodes).some(
    (node) => 'problem' in node && !staysAside(node) && node.problem.stops === undefined,
  );
}
