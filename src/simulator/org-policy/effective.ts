import type { Call } from '../call.ts';
import { view } from '../call.ts';
import type { Resource } from '../resources.ts';
import type { OrgPolicySpec } from '../world.ts';

/** Where the policy of a constraint stands in the world; the constraint is written without `constraints/`. */
export const policyKey = (resource: string, constraint: string): string =>
  `${resource}/policies/${constraint}`;

/** What a spec says where nothing has tags: the rule without a condition counts, and `reset` is the default, off. */
function enforces(spec: OrgPolicySpec): boolean {
  if (spec.reset) return false;
  return spec.rules.find((rule) => !rule.condition)?.enforce ?? false;
}

/**
 * Whether a boolean constraint is enforced on a resource, as far as a replica knows: the policy nearest to the resource
 * decides (Organization Policy docs, inheritance of boolean constraints). A policy that is only a dry run decides nothing.
 */
export function isEnforced(call: Call, resource: Resource, constraint: string): boolean {
  for (const ancestor of resource.ancestors) {
    const policy = view(call, call.world.orgPolicies, policyKey(ancestor, constraint), 'policy');
    if (policy?.spec) return enforces(policy.spec);
  }
  return false;
}
