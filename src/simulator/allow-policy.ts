import * as z from 'zod';
import { accessTo } from './authorise.ts';
import type { Call } from './call.ts';
import { view } from './call.ts';
import { invalidArgument } from './errors.ts';
import { EMPTY_POLICY_ETAG, etagOf } from './etag.ts';
import { showMember } from './members.ts';
import type { Resource } from './resources.ts';
import type { Binding, Condition, Policy, World } from './world.ts';

const NEVER_WRITTEN: Policy = { bindings: [], auditConfigs: [], stamp: 0 };

/** Google hides a condition from a client that asks for version 1 by naming the role after it (IAM docs, versions). */
function withcond(role: string, condition: Condition): string {
  let hash = 0;
  for (const character of condition.expression) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0;
  return `${role}_withcond_${hash.toString(16).padStart(20, '0')}`;
}

function showBinding(world: World, binding: Binding, version: number): object {
  const members = binding.members.map((member) => showMember(world, member));
  if (!binding.condition) return { role: binding.role, members };
  if (version < 3) return { role: withcond(binding.role, binding.condition), members };
  return { role: binding.role, members, condition: binding.condition };
}

/**
 * A policy as the API shows it: roles sorted, members in the order they were written, empty fields left out.
 * @param version the requestedPolicyVersion: below 3, conditional bindings are shown as `…_withcond_…`.
 */
export function showPolicy(world: World, resource: Resource, policy: Policy, version: number): object {
  const conditional = policy.bindings.some((binding) => binding.condition);
  const sorted = policy.bindings.toSorted((a, b) => (a.role < b.role ? -1 : a.role > b.role ? 1 : 0));
  const untouched = policy.stamp === 0 && resource.level !== 'project';
  return {
    version: conditional && version >= 3 ? 3 : policy.bindings.length > 0 || !untouched ? 1 : undefined,
    etag: untouched ? EMPTY_POLICY_ETAG : etagOf(policy.stamp),
    bindings: sorted.length ? sorted.map((binding) => showBinding(world, binding, version)) : undefined,
    auditConfigs: policy.auditConfigs.length ? policy.auditConfigs : undefined,
  };
}

/** The resource's policy at the primary. */
export function policyOf(world: World, resource: Resource): Policy {
  return world.policies.get(resource.name) ?? NEVER_WRITTEN;
}

/** Checks `requestedPolicyVersion`: 0, 1 and 3 are versions, 2 is not. */
export function checkVersion(version: number): number {
  if (version === 0 || version === 1 || version === 3) return version;
  throw invalidArgument(`Invalid policy version: ${version}.`); // [U] the text.
}

/**
 * :getIamPolicy of any resource, once the caller is known to be allowed. Answered by a replica: the IAM API promises
 * only eventual consistency (IAM docs, getIamPolicy).
 */
export function getPolicy(call: Call, resource: Resource, requestedVersion: number): object {
  const policy = view(call, call.world.policies, resource.name) ?? NEVER_WRITTEN;
  return showPolicy(call.world, resource, policy, checkVersion(requestedVersion));
}

export const TestPermissionsRequest = z.strictObject({ permissions: z.array(z.string()).optional() });

/**
 * :testIamPermissions of any resource: the granted subset, in the order asked; `{}` when none is. Needs no permission.
 * Wildcards, unknown permissions and those of another level are refused (recorded); the limit of 100 is [U].
 */
export function testPermissions(call: Call, resource: Resource, permissions: readonly string[]): object {
  if (permissions.length > 100) throw invalidArgument('Request contains an invalid argument.');
  for (const permission of permissions) {
    const facts = call.world.catalog.permissions.get(permission);
    if (facts?.levels.includes(resource.level) && !permission.includes('*')) continue;
    throw invalidArgument(`Permission ${permission} is not valid for this resource.`);
  }
  const access = accessTo(call, resource);
  const granted = permissions.filter((permission) => access.holds(permission));
  return granted.length ? { permissions: granted } : {};
}
