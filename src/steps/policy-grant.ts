import type { Binding, Condition, Policy } from '../google/policy.ts';

/** Who has which role, and under which condition. */
export interface Granted {
  role: string;
  member: string;
  condition?: Condition | undefined;
}

/** The policy with the grant in it: all else, and every order, as found. */
export function withGrant(policy: Policy, { role, member, condition }: Granted): Policy {
  const at = policy.bindings.findIndex(
    (binding) => binding.role === role && isSameCondition(binding.condition, condition),
  );
  if (at < 0)
    return {
      ...policy,
      bindings: [...policy.bindings, { role, members: [member], ...(condition && { condition }) }],
    };
  const bindings = policy.bindings.map((binding, index) =>
    index === at ? { ...binding, members: [...binding.members, member] } : binding,
  );
  return { ...policy, bindings };
}

/** True if the member has the role under just this condition; without any, where none is given. */
export function hasGrant(policy: Policy, { role, member, condition }: Granted): boolean {
  return grants(policy, role, member).some((binding) => isSameCondition(binding.condition, condition));
}

/** The bindings that give the member the role under another condition than this. */
export function otherwiseGranted(policy: Policy, { role, member, condition }: Granted): Binding[] {
  return grants(policy, role, member).filter((binding) => !isSameCondition(binding.condition, condition));
}

/** Google tells bindings of one role apart by all of the condition; what lets through the same is the same to us. */
export function isSameCondition(one: Condition | undefined, other: Condition | undefined): boolean {
  return one?.expression === other?.expression && (one?.title ?? '') === (other?.title ?? '');
}

function grants(policy: Policy, role: string, member: string): Binding[] {
  return policy.bindings.filter((binding) => binding.role === role && binding.members.includes(member));
}
