import type { Subjection } from './boundaries.ts';
import { isOutside } from './boundaries.ts';
import type { Call } from './call.ts';
import { view } from './call.ts';
import { isDenied } from './deny.ts';
import { iamDenied } from './errors.ts';
import type { Principal } from './principals.ts';
import { denyNames, memberNames } from './principals.ts';
import type { Resource } from './resources.ts';
import type { World } from './world.ts';

/** What the caller may do on one resource. */
export interface Access {
  holds(permission: string): boolean;
}

/** What one call has found out already, of one caller. */
export interface AccessMemo {
  readonly names: ReadonlySet<string>;
  readonly denyNames: ReadonlySet<string>;
  readonly resources: Map<string, Access>;
  /** The boundaries the caller is subject to, once they were looked for. */
  boundaries?: readonly Subjection[];
}

/** An empty memo for a call of a principal. */
export function createAccessMemo(world: World, principal: Principal): AccessMemo {
  return {
    names: memberNames(world, principal),
    denyNames: denyNames(world, principal),
    resources: new Map(),
  };
}

/** The permissions of a role as a replica knows it; a soft-deleted or DISABLED role has none (IAM docs, custom roles). */
export function permissionsOf(call: Call, role: string): ReadonlySet<string> {
  const predefined = call.world.catalog.roles.get(role);
  if (predefined) return predefined.permissions;
  const custom = view(call, call.world.roles, role, 'policy');
  const counts = custom && custom.deletedAt === undefined && custom.stage !== 'DISABLED';
  return new Set(counts ? custom.permissions : []);
}

/**
 * Evaluates the allow policies of a resource and of all above it, with the deny policies and boundaries: a binding counts when a
 * member stands for the caller and its condition is true. Policies and roles are read as a replica knows them.
 */
export function accessTo(
  call: Call,
  resource: Resource,
  attributes: Readonly<Record<string, readonly string[]>> = {},
): Access {
  const key = `${resource.name} ${JSON.stringify(attributes)}`;
  const known = call.access.resources.get(key);
  if (known) return known;
  const { world, conditions } = call;
  const { names } = call.access;
  const facts = { time: world.clock.now(), resource: resource.condition, attributes };
  const granted: ReadonlySet<string>[] = [];
  for (const level of resource.ancestors) {
    for (const binding of view(call, world.policies, level, 'policy')?.bindings ?? []) {
      if (!binding.members.some((member) => names.has(member))) continue;
      if (binding.condition && !conditions.holds(binding.condition.expression, facts)) continue;
      granted.push(permissionsOf(call, binding.role));
    }
  }
  const access: Access = {
    holds: (permission) =>
      granted.some((permissions) => permissions.has(permission)) &&
      !isDenied(call, resource, permission) &&
      !isOutside(call, resource, permission),
  };
  call.access.resources.set(key, access);
  return access;
}

/** Refuses the call as the IAM family does unless the caller holds the permission on the resource. */
export function demand(call: Call, permission: string, resource: Resource, shown?: string): void {
  if (!accessTo(call, resource).holds(permission)) throw iamDenied(permission, shown);
}
