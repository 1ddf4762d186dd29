import * as z from 'zod';
import { omitDefaults, readBody } from '../body.ts';
import { view } from '../call.ts';
import type { Call } from '../call.ts';
import { timestamp } from '../clock.ts';
import { failedPrecondition } from '../errors.ts';
import { paginate } from '../paging.ts';
import type { Handler } from '../router.ts';
import type { WorkloadIdentityPool } from '../world.ts';
import { checkTexts, newId, readMask } from './input.ts';
import { goneAt, isKept } from './life.ts';
import { checkNotMaking, writeLater } from './operations.ts';
import { keptPool, livePool, permittedProject, poolName, seenPool, taken } from './permitted.ts';

const KIND = 'workloadIdentityPools';

const PoolBody = z.strictObject({
  name: z.string().optional(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  disabled: z.boolean().optional(),
  state: z.string().optional(),
  expireTime: z.string().optional(),
  // The other modes, and certificates, are for identities that Google gives to its own workloads: not simulated.
  mode: z.enum(['MODE_UNSPECIFIED', 'FEDERATION_ONLY']).optional(),
});

/** A pool as the API shows it. */
export function showPool({
  name,
  displayName,
  description,
  disabled,
  ...pool
}: WorkloadIdentityPool): object {
  const gone = goneAt(pool);
  return omitDefaults({
    name,
    displayName,
    description,
    state: gone === undefined ? 'ACTIVE' : 'DELETED',
    disabled,
    expireTime: gone === undefined ? undefined : timestamp(gone),
  });
}

const write = (call: Call, pool: WorkloadIdentityPool) =>
  writeLater(call, 'WorkloadIdentityPool', call.world.pools, pool, showPool);

/** POST of a pool. An ID stays taken for 30 days after a delete. */
export const createPool: Handler = (call) => {
  const project = permittedProject(call, KIND, 'create');
  const name = poolName(project, newId(call, 'workloadIdentityPoolId'));
  const { displayName, description, disabled = false } = readBody(call, PoolBody);
  checkTexts({ displayName, description });
  if (isKept(call.world, call.world.pools.get(name))) throw taken();
  checkNotMaking(call.world, name);
  return write(call, { name, displayName, description, disabled });
};

export const getPool: Handler = (call) => showPool(seenPool(call, permittedProject(call, KIND, 'get')));

/** LIST of the pools of a project; deleted ones only with `showDeleted`. */
export const listPools: Handler = (call) => {
  const { world, query } = call;
  const start = poolName(permittedProject(call, KIND, 'list'), '');
  const all = [...world.pools.entries()]
    .flatMap(([name]) => (name.startsWith(start) ? (view(call, world.pools, name) ?? []) : []))
    .filter((pool) => isKept(world, pool))
    .filter((pool) => pool.deletedAt === undefined || query.get('showDeleted')?.toLowerCase() === 'true');
  const { items, nextPageToken } = paginate(all, query, start, { usual: 50, largest: 1000 });
  return { workloadIdentityPools: items.length ? items.map(showPool) : undefined, nextPageToken };
};

export const patchPool: Handler = (call) => {
  const pool = livePool(call, permittedProject(call, KIND, 'update'));
  const sent = readBody(call, PoolBody);
  const masked = readMask(call);
  checkTexts(sent);
  return write(call, {
    ...pool,
    ...(masked('displayName') && { displayName: sent.displayName }),
    ...(masked('description') && { description: sent.description }),
    ...(masked('disabled') && { disabled: sent.disabled ?? false }),
  });
};

/** DELETE of a pool, softly: nobody signs in through it, and tokens that were issued through it stop working. */
export const deletePool: Handler = (call) => {
  const pool = livePool(call, permittedProject(call, KIND, 'delete'));
  return write(call, { ...pool, deletedAt: call.world.clock.now() });
};

export const undeletePool: Handler = (call) => {
  const pool = keptPool(call, permittedProject(call, KIND, 'undelete'));
  readBody(call, z.strictObject({}));
  // [U] the status and text.
  if (pool.deletedAt === undefined) throw failedPrecondition('The workload identity pool is not deleted.');
  return write(call, { ...pool, deletedAt: undefined });
};
