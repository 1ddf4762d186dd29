import * as z from 'zod';
import { getPolicy, testPermissions } from '../allow-policy.ts';
import { setPolicy } from '../allow-policy-write.ts';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { ApiError } from '../errors.ts';
import type { Handler } from '../router.ts';
import { permittedBucket } from './bucket-access.ts';
import { preconditionNotMet, storageError } from './refusals.ts';

const PolicyBody = z.object({
  kind: z.string().optional(),
  resourceId: z.string().optional(),
  version: z.int().optional(),
  etag: z.string().optional(),
  bindings: z
    .array(
      z.object({
        role: z.string(),
        members: z.array(z.string()).optional(),
        condition: z
          .object({
            title: z.string().default(''),
            description: z.string().optional(),
            expression: z.string(),
          })
          .optional(),
      }),
    )
    .optional(),
});

const shown = (name: string, policy: object): object => ({
  kind: 'storage#policy',
  resourceId: `projects/_/buckets/${name}`,
  ...policy,
});

export const getBucketPolicy: Handler = (all) => {
  const { bucket, resource, call } = permittedBucket(all, 'storage.buckets.getIamPolicy');
  const version = Number(call.query.get('optionsRequestedPolicyVersion') ?? 1);
  return shown(
    bucket.name,
    inOldForm(() => getPolicy(call, resource, version)),
  );
};

export const setBucketPolicy: Handler = (all) => {
  const { bucket, resource, call } = permittedBucket(all, 'storage.buckets.setIamPolicy');
  const policy = readBody(call, PolicyBody);
  for (const { role } of policy.bindings ?? []) checkConcern(call, role);
  return shown(
    bucket.name,
    inOldForm(() => setPolicy(call, resource, { policy })),
  );
};

export const testBucketPermissions: Handler = (all) => {
  const { resource, call } = permittedBucket(all, undefined);
  const permissions = call.query.getAll('permissions');
  const foreign = permissions.find((permission) => !permission.startsWith('storage.'));
  if (foreign !== undefined)
    throw storageError(400, 'invalid', `Permission ${foreign} is not valid for this resource.`); // [U] the text.
  return {
    kind: 'storage#testIamPermissionsResponse',
    ...inOldForm(() => testPermissions(call, resource, permissions)),
  };
};

/** Refuses a predefined role that says nothing of buckets ([U] which roles Google takes here, exactly). */
function checkConcern(call: Call, role: string): void {
  const permissions = call.world.catalog.roles.get(role)?.permissions;
  if (!permissions || [...permissions].some((permission) => permission.startsWith('storage.'))) return;
  throw storageError(400, 'invalid', `Role ${role} is not supported for this resource.`);
}

/** What other APIs refuse in the form that all share is refused here in the older one, and a stale etag with 412. */
function inOldForm<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 'ABORTED') throw preconditionNotMet();
    throw storageError(error.httpStatus, error.httpStatus === 403 ? 'forbidden' : 'invalid', error.message);
  }
}
