import { isCloudError } from '../google/errors.ts';
import type { Binding, Condition, Policy } from '../google/policy.ts';
import type { AnyStep } from '../wizard/attempt.ts';
import type { Change } from '../wizard/step.ts';
import { againIfUnavailable } from './again.ts';
import type { Goal, Tools } from './goal.ts';
import { isSameCondition } from './policy-grant.ts';
import { refused } from './refused.ts';
import { undoStep, type Given, type Undoing } from './undo-step.ts';

/** One line of an allow policy that a run wrote. */
export interface Line extends Pick<Undoing<Policy>, 'title' | 'why' | 'undo'> {
  role: string;
  /** The one that it was written with. */
  condition?: Condition | undefined;
  /** True for the member that the line gives the role to, however the policy names it by now. */
  isMember(shown: string): boolean;
  /** Whose policy it is: "acme-video". */
  of: string;
  get(tools: Tools): Promise<Policy>;
  set(tools: Tools, policy: Policy): Promise<Policy>;
  /** What it was: "the grant of RemotionSA to ada@acme.com". */
  called: string;
  change: Pick<Change, 'what' | 'name' | 'from' | 'to' | 'why' | 'gcloud' | 'requires' | 'requiresAt'>;
  /** The command that takes it away also where it got a condition. */
  whatever: string;
}

/** A step that takes one line out of an allow policy, and touches nothing else in it. */
export function undoLine(given: Given, line: Line): AnyStep<Tools, Goal> {
  const { role, condition, of, called, change, whatever } = line;
  const isOurs = (binding: Binding): boolean => isSameCondition(binding.condition, condition);
  const holding = ({ bindings }: Policy, ours: boolean): Binding | undefined =>
    bindings.find(
      (binding) =>
        binding.role === role &&
        isOurs(binding) === ours &&
        binding.members.some((shown) => line.isMember(shown)),
    );

  return undoStep<Policy>(given, {
    title: line.title,
    why: line.why,
    undo: line.undo,
    doing: `read or change the allow policy of ${of}`,

    async look(tools, read) {
      const [policy] = await read(
        () => line.get(tools),
        (each) => holding(each, true) !== undefined,
      );
      const changed = holding(policy, true) === undefined ? holding(policy, false) : undefined;
      if (changed === undefined) return policy;
      throw refused(
        changed.condition === undefined
          ? `${called} has no condition any more`
          : `${called} has the condition "${changed.condition.title ?? ''}" now`,
        'somebody else set it, so it is not ours to take away',
        `if it is to go: ${whatever}`,
      );
    },

    compare: (policy) =>
      holding(policy, true) === undefined ? [] : [{ sign: '-', source: 'made by iamready', ...change }],

    async act(tools, policy, signal) {
      if (holding(policy, true) === undefined) return;
      const bindings = policy.bindings.flatMap((binding) => {
        if (binding.role !== role || !isOurs(binding)) return [binding];
        const members = binding.members.filter((shown) => !line.isMember(shown));
        return members.length === 0 ? [] : [{ ...binding, members }];
      });
      await againIfUnavailable(() => line.set(tools, { ...policy, bindings }), signal);
    },

    problem: (error) =>
      // A policy cannot be written that names somebody who is gone by now.
      isCloudError(error, 'invalid')
        ? {
            mover: 'person',
            what: `Google does not take the allow policy of ${of} without the grant`,
            why: error.message,
            next: 'do what the line above says, then run this again',
            exit: 'blocked',
          }
        : undefined,
  });
}
