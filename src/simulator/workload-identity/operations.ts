import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { showOperation, startOperation } from '../operations.ts';
import { fraction } from '../random.ts';
import type { ReplicatedMap } from '../replicas.ts';
import type { Handler } from '../router.ts';
import type { World } from '../world.ts';
import { absent, permittedProject, poolName, taken } from './permitted.ts';

/** An ID such as Google gives: 32 lower-case letters and digits ([U] beyond its look). */
function operationId(world: World): string {
  let id = 'bigar6m';
  for (let part = 0; id.length < 20; part++)
    id += Math.floor(fraction(world.seed, 'federation', world.operations.size, part) * 36).toString(36);
  return `${id}aaqae0000000`;
}

/** Refuses to make what is being made already. */
export function checkNotMaking(world: World, name: string): void {
  for (const { name: operation, outcome } of world.operations.values())
    if (!outcome && operation.startsWith(`${name}/operations/`)) throw taken();
}

/**
 * Starts the operation at whose end a pool or provider is as given; the response shows it.
 * @param type the message's name, e.g. WorkloadIdentityPool.
 */
export function writeLater<T extends { readonly name: string }>(
  { world }: Call,
  type: 'WorkloadIdentityPool' | 'WorkloadIdentityPoolProvider',
  map: ReplicatedMap<T>,
  value: T,
  show: (value: T) => object,
): object {
  const prefix = `type.googleapis.com/google.iam.v1.${type}`;
  return showOperation(
    startOperation(world, 'federation', {
      name: `${value.name}/operations/${operationId(world)}`,
      metadata: { '@type': `${prefix}OperationMetadata` },
      finish(at) {
        map.set(value.name, value, at);
        return { response: { '@type': prefix, ...show(value) } };
      },
    }),
  );
}

/** GET of an operation of a pool or provider ([U] which permission it takes). */
export const getOperation: Handler = (call) => {
  const { provider } = call.params;
  const kind = provider === undefined ? 'workloadIdentityPools' : 'workloadIdentityPoolProviders';
  const pool = poolName(permittedProject(call, kind, 'get'), param(call, 'pool'));
  const of = provider === undefined ? pool : `${pool}/providers/${provider}`;
  const operation = call.world.operations.get(`${of}/operations/${param(call, 'operation')}`);
  if (!operation) throw absent();
  return showOperation(operation);
};
