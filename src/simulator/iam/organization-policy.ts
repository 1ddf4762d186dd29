import type { Call } from '../call.ts';
import { isEnforced } from '../org-policy/effective.ts';
import type { Resource } from '../resources.ts';

/**
 * The constraint that is enforced on a resource, if one of those asked for is.
 * @param names without `constraints/`, e.g. `iam.disableServiceAccountKeyCreation`.
 */
export function enforcedConstraint(
  call: Call,
  resource: Resource,
  ...names: readonly string[]
): string | undefined {
  return names.find((name) => isEnforced(call, resource, name));
}
