import type { Binding, Policy } from '../google/policy.ts';

/** The policy with the grant in it: all else, and every order, as found. */
export function withGrant(policy: Policy, role: string, member: string): Policy {
  const at = policy.bindings.findIndex((binding) => binding.role === role && isUnconditional(binding));
  if (at < 0) return { ...policy, bindings: [...policy.bindings, { role, members: [member] }] };
  const bindings = policy.bindings.map((binding, index) =>
    index === at ? { ...binding, members: [...binding.members, member] } : binding,
  );
  return { ...policy, bindings };
}

/** True if the member has the role without a condition. */
export function hasGrant(policy: Policy, role: string, member: string): boolean {
  return grants(policy, role, member).some(isUnconditional);
}

/** The bindings that give the member the role under a condition. */
export function conditionalGrants(policy: Policy, role: string, member: string): Binding[] {
  return grants(policy, role, member).filter((binding) => !isUnconditional(binding));
}

function grants(policy: Policy, role: string, member: string): Binding[] {
  return policy.bindings.filter((binding) => binding.role === role && binding.members.includes(member));
}

function isUnconditional(binding: Binding): boolean {
  return binding.condition === undefined;
}
