import type { Call } from './call.ts';
import { view } from './call.ts';
import type { Catalog } from './catalog.ts';
import { globPattern } from './glob.ts';
import type { Resource } from './resources.ts';
import type { DenyPolicy, DenyRule } from './world.ts';

/** Services that IAM v2 calls otherwise than they are called where they are enabled (IAM docs, lists of permissions). */
const OTHERWISE = new Map([
  ['sqladmin.googleapis.com', 'cloudsql.googleapis.com'],
  ['cloudbilling.googleapis.com', 'billing.googleapis.com'],
]);

/** A permission as deny policies write it: `run.services.create` is `run.googleapis.com/services.create` (IAM v2). */
export function deniableName(catalog: Catalog, permission: string): string {
  // Some names are written so already: iam.googleapis.com/workloadIdentityPools.create.
  if (permission.includes('/')) return permission;
  const [prefix = '', ...rest] = permission.split('.');
  const known = catalog.permissions.get(permission)?.service ?? `${prefix}.googleapis.com`;
  const service = OTHERWISE.get(known) ?? known;
  return `${service}/${rest.join('.')}`;
}

/** Whether one of the patterns, in which `*` stands for any text, is a name. */
export function matches(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => globPattern(pattern).test(name));
}

/** Whether the condition of a rule, if it has one, is true for the resource now. */
export function conditionHolds({ world, conditions }: Call, resource: Resource, rule: DenyRule): boolean {
  if (!rule.denialCondition) return true;
  const facts = { time: world.clock.now(), resource: resource.condition };
  return conditions.holds(rule.denialCondition.expression, facts);
}

/** The deny policies that reach a resource, nearest first, with what they are attached to, as a replica knows them. */
export function denyPoliciesOf(
  call: Call,
  resource: Resource,
): { readonly level: string; readonly policies: readonly DenyPolicy[] }[] {
  return resource.ancestors.flatMap((level) => {
    const policies = view(call, call.world.denyPolicies, level, 'policy');
    return policies?.length ? [{ level, policies }] : [];
  });
}

/** Whether a deny policy on the resource or above it forbids the permission to the caller. */
export function isDenied(call: Call, resource: Resource, permission: string): boolean {
  const levels = denyPoliciesOf(call, resource);
  if (levels.length === 0) return false;
  const names = call.access.denyNames;
  const name = deniableName(call.world.catalog, permission);
  return levels.some(({ policies }) =>
    policies.some(({ rules }) =>
      rules.some(
        (rule) =>
          rule.deniedPrincipals.some((principal) => names.has(principal)) &&
          !rule.exceptionPrincipals.some((principal) => names.has(principal)) &&
          matches(rule.deniedPermissions, name) &&
          !matches(rule.exceptionPermissions, name) &&
          conditionHolds(call, resource, rule),
      ),
    ),
  );
}
