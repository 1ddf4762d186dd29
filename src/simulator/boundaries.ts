import { leavesOut } from './boundary-conditions.ts';
import { canBlock } from './boundary-permissions.ts';
import type { Call } from './call.ts';
import { view } from './call.ts';
import { deniableName } from './deny.ts';
import type { Principal } from './principals.ts';
import type { Resource } from './resources.ts';
import { levelResource, lineage } from './resources.ts';
import type { AccessBoundary, PolicyBinding, World } from './world.ts';

const MANAGER = '//cloudresourcemanager.googleapis.com';

/** A boundary, and the binding by which a principal is subject to it. */
export interface Subjection {
  readonly binding: PolicyBinding;
  readonly policy: AccessBoundary;
}

/** The sets that a principal is in, as bindings name them (IAM docs, principal sets of boundaries). */
function principalSets(world: World, principal: Principal): readonly string[] {
  if (principal.kind === 'anonymous') return [];
  if (principal.kind === 'user')
    return [...world.organizations.values()]
      .filter(({ domain }) => principal.email.endsWith(`@${domain}`))
      .flatMap(({ id, customerId }) => [
        `${MANAGER}/organizations/${id}`,
        `//iam.googleapis.com/locations/global/workspace/${customerId}`,
      ]);
  const project = world.projects.get(principal.projectId);
  const above = project ? [`projects/${project.number}`, ...lineage(world, project.parent)] : [];
  const pool = principal.kind === 'federated' ? [`//iam.googleapis.com/${principal.pool}`] : [];
  return [...pool, ...above.map((level) => `${MANAGER}/${level}`)];
}

/** The boundaries that the caller is subject to, as a replica knows them; looked for once a call. */
function subjections(call: Call): readonly Subjection[] {
  const { world, principal, access } = call;
  if (access.boundaries) return access.boundaries;
  const sets = principalSets(world, principal);
  const found = world.policyBindings.readAll('policy').flatMap(([, binding]): Subjection[] => {
    if (principal.kind === 'anonymous' || !sets.includes(binding.target)) return [];
    if (binding.condition && leavesOut(binding.condition.expression, principal)) return [];
    const policy = view(call, world.accessBoundaries, binding.policy, 'policy');
    // One that was made again under the same name is another one, to which nobody is bound.
    return policy?.uid === binding.policyUid ? [{ binding, policy }] : [];
  });
  return (access.boundaries = found);
}

/** Whether a boundary makes its principals eligible to use a resource: it names the resource, or something above it. */
function includes(world: World, policy: AccessBoundary, resource: Resource): boolean {
  return policy.rules.some(({ resources }) =>
    resources.some((full) => {
      const [, level = '', id = ''] = full.slice(MANAGER.length).split('/');
      return resource.ancestors.includes(levelResource(world, level, id)?.name ?? `${level}/${id}`);
    }),
  );
}

/**
 * Whether the caller is kept from using the permission on the resource by the boundaries it is subject to: at least one
 * can block the permission, and none of them has the resource inside (IAM docs, evaluation of boundaries).
 */
export function isOutside(call: Call, resource: Resource, permission: string): boolean {
  const relevant = subjections(call);
  if (relevant.length === 0) return false;
  const name = deniableName(call.world.catalog, permission);
  if (!relevant.some(({ policy }) => canBlock(policy.enforcementVersion, name))) return false;
  return !relevant.some(({ policy }) => includes(call.world, policy, resource));
}
