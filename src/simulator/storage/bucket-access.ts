import { policyOf } from '../allow-policy.ts';
import { accessTo, type Access } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param, view } from '../call.ts';
import { lineage, projectResource, type Resource } from '../resources.ts';
import type { Bucket, Project, World } from '../world.ts';
import { absentBucket, bucketDenied } from './refusals.ts';

/** Basic roles, and what a bucket's policy calls whoever has them on its project (Cloud Storage docs, convenience values). */
const convenience = {
  'roles/owner': 'projectOwner',
  'roles/editor': 'projectEditor',
  'roles/viewer': 'projectViewer',
} as const;

/** The members that a new bucket is open to (Cloud Storage docs, default bucket policy). */
export function firstBindings(projectId: string) {
  return [
    {
      role: 'roles/storage.legacyBucketOwner',
      members: [`projectEditor:${projectId}`, `projectOwner:${projectId}`],
    },
    { role: 'roles/storage.legacyBucketReader', members: [`projectViewer:${projectId}`] },
  ];
}

/** A bucket as something that permissions are checked on. */
export function bucketResource(world: World, { name, projectId }: Bucket): Resource {
  const project = world.projects.get(projectId);
  return {
    name: bucketName(name),
    level: 'resource',
    project,
    ancestors: [bucketName(name), `projects/${projectId}`, ...lineage(world, project?.parent)],
    condition: {
      name: `projects/_/buckets/${name}`,
      type: 'storage.googleapis.com/Bucket',
      service: 'storage.googleapis.com',
    },
  };
}

/** Where a bucket's policy stands in the world. */
export const bucketName = (name: string) => `buckets/${name}`;

/** The bucket of a call, once the caller is known to hold the permission on it. @param permission undefined: needs none */
export function permittedBucket(call: Call, permission: string | undefined) {
  const bucket = view(call, call.world.buckets, param(call, 'bucket'));
  if (!bucket) throw absentBucket();
  const resource = bucketResource(call.world, bucket);
  const own = withConvenience(call, bucket);
  if (permission && !accessTo(own, resource).holds(permission))
    throw bucketDenied(call.principal, permission);
  return { bucket, resource, call: own };
}

/** What the caller may do in the project, for what is not about one bucket. */
export function accessToProject(call: Call, project: Project): Access {
  return accessTo(call, projectResource(call.world, project));
}

/** The call, with the caller known also by what basic roles on the bucket's project make of them. */
function withConvenience(call: Call, { projectId }: Bucket): Call {
  const project = call.world.projects.get(projectId);
  const { bindings } = project
    ? policyOf(call.world, projectResource(call.world, project))
    : { bindings: [] };
  const { names } = call.access;
  const more = Object.entries(convenience).flatMap(([role, kind]) =>
    bindings.some((binding) => binding.role === role && binding.members.some((member) => names.has(member)))
      ? [`${kind}:${projectId}`]
      : [],
  );
  return { ...call, access: { ...call.access, names: new Set([...names, ...more]), resources: new Map() } };
}
