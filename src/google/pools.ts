import * as z from 'zod';
import { absentOn404 } from './absent.ts';
import type { Caller } from './caller.ts';
import { finishOperation, operation, type OperationApi } from './operations.ts';
import { poolName, poolsParent } from './resource-name.ts';
import type { Send } from './transport.ts';

/** A workload identity pool (IAM API v1, `WorkloadIdentityPool`). */
export interface Pool {
  /** `projects/NUMBER/locations/global/workloadIdentityPools/POOL`: with the number, as principals and audiences need it. */
  name: string;
  displayName: string;
  description: string;
  /** Nothing can be exchanged through it, and tokens that were give no access. */
  disabled: boolean;
  /** Soft-deleted: its ID is taken until it is gone for good, and it can be undeleted for 30 days. */
  deleted: boolean;
}

/** What of a pool can be written. The name has at most 32 characters, the description 256. */
export type PoolContent = Partial<Pick<Pool, 'displayName' | 'description' | 'disabled'>>;

// Made when it is needed, as few runs do: making a schema takes longer than loading its text.
const pool = () =>
  z
    .object({
      name: z.string(),
      displayName: z.string().default(''),
      description: z.string().default(''),
      disabled: z.boolean().default(false),
      state: z.string().default('STATE_UNSPECIFIED'),
    })
    .transform(({ state, ...rest }): Pool => ({ ...rest, deleted: state === 'DELETED' }));

/** Told before each wait how long a change has taken so far, in ms. */
export type OnWait = (elapsedMs: number) => void;

/** How to look at the operations of pools and of what is in them: one method serves names of any depth. */
const operations: OperationApi = {
  api: 'iam',
  get:
    (name) =>
    (options, { iam }) =>
      iam.projects.locations.workloadIdentityPools.operations.get({ name }, options),
};

/**
 * Begins a change of a pool or of something in it, and waits until it is done.
 * @param method the last part of its name, such as `providers.patch`
 */
export async function changePool(
  caller: Caller,
  method: string,
  send: Send,
  onWait: OnWait | undefined,
): Promise<void> {
  const call = { api: 'iam', method: `projects.locations.workloadIdentityPools.${method}` };
  const begun = await caller.call({ ...call, repeatable: false, schema: operation }, send);
  await finishOperation(caller, begun, operations, onWait);
}

/**
 * Workload identity pools (IAM API v1). Every method throws CloudError and CredentialsError; those that write wait until
 * Google has done it, usually seconds, and answer nothing: look again. `onWait` is told before each wait how long it has
 * taken so far, in ms.
 */
export class Pools {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** A pool by its ID; soft-deleted ones come with `deleted`, none comes from 404. */
  get(projectId: string, poolId: string): Promise<Pool | undefined> {
    const call = { api: 'iam', method: 'projects.locations.workloadIdentityPools.get' };
    return absentOn404(
      this.#caller.call({ ...call, repeatable: true, schema: pool() }, (options, { iam }) =>
        iam.projects.locations.workloadIdentityPools.get({ name: poolName(projectId, poolId) }, options),
      ),
    );
  }

  /** Makes a pool. @param poolId 4 to 32 of a-z, 0-9 and hyphens. Kind `exists` also for a soft-deleted one [U] */
  create(projectId: string, poolId: string, content: PoolContent, onWait?: OnWait): Promise<void> {
    return changePool(
      this.#caller,
      'create',
      (options, { iam }) =>
        iam.projects.locations.workloadIdentityPools.create(
          { parent: poolsParent(projectId), workloadIdentityPoolId: poolId, requestBody: content },
          options,
        ),
      onWait,
    );
  }

  /** Writes the fields that `content` holds. Google refuses to change one that is soft-deleted. */
  patch(projectId: string, poolId: string, content: PoolContent, onWait?: OnWait): Promise<void> {
    return changePool(
      this.#caller,
      'patch',
      (options, { iam }) =>
        iam.projects.locations.workloadIdentityPools.patch(
          {
            name: poolName(projectId, poolId),
            updateMask: Object.keys(content).join(','),
            requestBody: content,
          },
          options,
        ),
      onWait,
    );
  }

  /** Brings back a soft-deleted pool, within 30 days of its deletion; its providers come back with it [U]. */
  undelete(projectId: string, poolId: string, onWait?: OnWait): Promise<void> {
    return changePool(
      this.#caller,
      'undelete',
      (options, { iam }) =>
        iam.projects.locations.workloadIdentityPools.undelete(
          { name: poolName(projectId, poolId), requestBody: {} },
          options,
        ),
      onWait,
    );
  }

  /** Deletes a pool; one that is gone already is deleted. Tokens that came through it give no access any more. */
  async delete(projectId: string, poolId: string, onWait?: OnWait): Promise<void> {
    await absentOn404(
      changePool(
        this.#caller,
        'delete',
        (options, { iam }) =>
          iam.projects.locations.workloadIdentityPools.delete({ name: poolName(projectId, poolId) }, options),
        onWait,
      ),
    );
  }
}
