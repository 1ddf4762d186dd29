import { accessTo } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param, view } from '../call.ts';
import { ApiError, errorInfo, failedPrecondition, invalidArgument, notFound } from '../errors.ts';
import { findProject, projectResource } from '../resources.ts';
import type { PoolProvider, Project, WorkloadIdentityPool } from '../world.ts';
import { isKept } from './life.ts';

type Kind = 'workloadIdentityPools' | 'workloadIdentityPoolProviders';

/** The path of a call's resource, or of its parent for what is made or listed. */
function askedPath({ params }: Call): string {
  const { project = '', location = '', pool, provider } = params;
  const path = `projects/${project}/locations/${location}`;
  if (pool === undefined) return path;
  return `${path}/workloadIdentityPools/${pool}${provider === undefined ? '' : `/providers/${provider}`}`;
}

/**
 * The project of a call, once the caller is known to hold the permission on it. A refusal names the permission in its
 * old form, without `googleapis.com/` (pasted in public reports 2022 – 2026).
 */
export function permittedProject(call: Call, kind: Kind, action: string): Project {
  const project = findProject(call.world, param(call, 'project'));
  const permission = `iam.googleapis.com/${kind}.${action}`;
  if (project && accessTo(call, projectResource(call.world, project)).holds(permission)) {
    if (param(call, 'location') !== 'global') throw invalidArgument('The only supported location is global.'); // [U]
    return project;
  }
  const shown = `iam.${kind}.${action}`;
  const resource = askedPath(call);
  throw new ApiError(
    'PERMISSION_DENIED',
    `Permission '${shown}' denied on resource '//iam.googleapis.com/${resource}' (or it may not exist).`,
    { details: [errorInfo('IAM_PERMISSION_DENIED', 'iam.googleapis.com', { permission: shown, resource })] },
  );
}

/** The 404 for a pool or provider that is not there ([U] the text). */
export const absent = () => notFound('Requested entity was not found.');

/** The 409 for an ID that is taken, by a deleted one too (pasted in public reports). */
export const taken = () => new ApiError('ALREADY_EXISTS', 'Requested entity already exists');

/** The name of a pool in a project: always by the project's number, as policies must write it. */
export const poolName = (project: Project, pool: string): string =>
  `projects/${project.number}/locations/global/workloadIdentityPools/${pool}`;

/** The pool of a call at the primary, deleted or not. */
export function keptPool(call: Call, project: Project): WorkloadIdentityPool {
  const pool = call.world.pools.get(poolName(project, param(call, 'pool')));
  if (!isKept(call.world, pool)) throw absent();
  return pool;
}

/** The pool of a call at the primary, to change it or what is in it ([U] status and text for a deleted one). */
export function livePool(call: Call, project: Project): WorkloadIdentityPool {
  const pool = keptPool(call, project);
  if (pool.deletedAt !== undefined) throw failedPrecondition('The workload identity pool is deleted.');
  return pool;
}

/** The pool of a call as a replica knows it. */
export function seenPool(call: Call, project: Project): WorkloadIdentityPool {
  const pool = view(call, call.world.pools, poolName(project, param(call, 'pool')));
  if (!isKept(call.world, pool)) throw absent();
  return pool;
}

const providerName = (call: Call, project: Project) =>
  `${poolName(project, param(call, 'pool'))}/providers/${param(call, 'provider')}`;

/** The provider of a call at the primary, deleted or not. */
export function keptProvider(call: Call, project: Project): PoolProvider {
  const provider = call.world.poolProviders.get(providerName(call, project));
  if (!isKept(call.world, provider)) throw absent();
  return provider;
}

/** The provider of a call as a replica knows it. */
export function seenProvider(call: Call, project: Project): PoolProvider {
  const provider = view(call, call.world.poolProviders, providerName(call, project));
  if (!isKept(call.world, provider)) throw absent();
  return provider;
}
