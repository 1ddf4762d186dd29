import type { Resource } from '../resources.ts';
import type { World } from '../world.ts';

/**
 * The constraint that is enforced on a resource, if one of those asked for is: the policy nearest to the resource
 * decides (Organization Policy docs, inheritance of boolean constraints).
 * @param names without `constraints/`, e.g. `iam.disableServiceAccountKeyCreation`.
 */
export function enforcedConstraint(
  world: World,
  resource: Resource,
  ...names: readonly string[]
): string | undefined {
  return names.find((name) => {
    for (const ancestor of resource.ancestors) {
      const policy = world.orgPolicies
        .get(ancestor)
        ?.find(({ constraint }) => constraint.replace(/^constraints\//, '') === name);
      if (policy) return policy.enforced;
    }
    return false;
  });
}
