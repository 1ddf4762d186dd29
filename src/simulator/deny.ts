import type { Call } from './call.ts';
import { globPattern } from './glob.ts';
import type { Resource } from './resources.ts';

/** A permission as deny policies write it: `run.services.create` is `run.googleapis.com/services.create` (IAM v2). */
function deniableName(call: Call, permission: string): string {
  // Some names are written so already: iam.googleapis.com/workloadIdentityPools.create.
  if (permission.includes('/')) return permission;
  const [prefix = '', ...rest] = permission.split('.');
  const service = call.world.catalog.permissions.get(permission)?.service ?? `${prefix}.googleapis.com`;
  return `${service}/${rest.join('.')}`;
}

function matches(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => globPattern(pattern).test(name));
}

/** Whether a deny policy on the resource or above it forbids the permission to the caller. */
export function isDenied(call: Call, resource: Resource, permission: string): boolean {
  const { world, conditions } = call;
  if (world.denyPolicies.size === 0) return false;
  const rules = resource.ancestors.flatMap((name) => world.denyPolicies.get(name) ?? []);
  if (rules.length === 0) return false;
  const names = call.access.denyNames;
  const name = deniableName(call, permission);
  return rules.some(
    (rule) =>
      rule.deniedPrincipals.some((principalName) => names.has(principalName)) &&
      !rule.exceptionPrincipals.some((principalName) => names.has(principalName)) &&
      matches(rule.deniedPermissions, name) &&
      !matches(rule.exceptionPermissions, name) &&
      (!rule.denialCondition ||
        conditions.holds(rule.denialCondition.expression, {
          time: world.clock.now(),
          resource: resource.condition,
        })),
  );
}
