import * as z from 'zod';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { microTimestamp } from '../clock.ts';
import { findProject } from '../resources.ts';
import type { Handler } from '../router.ts';
import type { Bucket, Project, World } from '../world.ts';
import { accessToProject, bucketName, firstBindings, permittedBucket } from './bucket-access.ts';
import { bucketDenied, storageError } from './refusals.ts';

const BucketBody = z.looseObject({ name: z.string(), location: z.string().default('US') });

/** Makes a bucket, with the policy that a new one has. */
export function addBucket(world: World, bucket: Bucket): void {
  world.buckets.load(bucket.name, bucket);
  const bindings = firstBindings(bucket.projectId);
  world.policies.load(bucketName(bucket.name), { bindings, auditConfigs: [], stamp: world.stamp() });
}

function show(world: World, { name, projectId, location, created }: Bucket): object {
  return {
    kind: 'storage#bucket',
    id: name,
    name,
    projectNumber: world.projects.get(projectId)?.number,
    location,
    storageClass: 'STANDARD',
    timeCreated: microTimestamp(created),
    updated: microTimestamp(created),
    metageneration: '1',
    iamConfiguration: {
      uniformBucketLevelAccess: { enabled: true },
      publicAccessPrevention: 'inherited',
    },
    etag: 'CAE=',
  };
}

function projectIn(call: Call, permission: string): Project {
  const project = findProject(call.world, call.query.get('project') ?? '');
  if (project && accessToProject(call, project).holds(permission)) return project;
  throw bucketDenied(call.principal, permission);
}

export const insertBucket: Handler = (call) => {
  const project = projectIn(call, 'storage.buckets.create');
  const { name, location } = readBody(call, BucketBody);
  if (!/^[a-z0-9][-a-z0-9_.]{1,220}[a-z0-9]$/.test(name))
    throw storageError(400, 'invalid', `Invalid bucket name: '${name}'`);
  if (call.world.buckets.get(name))
    throw storageError(
      409,
      'conflict',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    );
  const bucket = { name, projectId: project.id, location, created: call.world.stamp() };
  addBucket(call.world, bucket);
  return show(call.world, bucket);
};

export const getBucket: Handler = (call) =>
  show(call.world, permittedBucket(call, 'storage.buckets.get').bucket);

export const listBuckets: Handler = (call) => {
  const { id } = projectIn(call, 'storage.buckets.list');
  const items = Array.from(call.world.buckets.values()).filter(({ projectId }) => projectId === id);
  return { kind: 'storage#buckets', items: items.map((bucket) => show(call.world, bucket)) };
};
