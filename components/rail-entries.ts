import type { NodeState } from '../src/wizard/node.ts';
import type { View } from './view.ts';

/** One line of the rail. `here`: the person is asked about it, or it is what is going on. */
export interface RailEntry {
  title: string;
  state: NodeState;
  here: boolean;
}

const before = [
  { id: 'sign-in', title: 'Sign in' },
  { id: 'profile', title: 'Profile' },
];
const active: ReadonlySet<NodeState> = new Set(['looking', 'acting', 'settling']);

/** The steps as the rail shows them (a plan is about all of them, so that none is here): with signing in and the profile before them, as long as these are asked about. */
export function railEntries(view: View): RailEntry[] {
  const at = view.question?.at;
  const leading = view.steps.length === 0 || before.some(({ id }) => id === at) ? leadingEntries(view) : [];
  if (view.steps.length === 0) return leading;
  const steps = view.steps.map(({ id, title }): RailEntry => {
    const state = view.session?.nodes[id]?.state ?? 'pending';
    const isAsked = at === id && view.question?.kind !== 'plan';
    return { title, state, here: at === undefined ? active.has(state) : isAsked };
  });
  return [...leading, ...steps];
}

function leadingEntries({ header, question, steps }: View): RailEntry[] {
  const done = [header.operator !== undefined, header.profile !== undefined];
  const at = before.findIndex(({ id }) => id === question?.at);
  const current = question === undefined ? done.indexOf(false) : at;
  const entries = before.map(({ title }, index): RailEntry => {
    const here = index === current;
    const passed = done[index] === true && (current === -1 || index < current);
    return { title, state: passed ? 'ready' : 'pending', here };
  });
  if (steps.length > 0) return entries;
  const project = question !== undefined && at === -1;
  return [...entries, { title: 'Project', state: 'pending', here: project }];
}
