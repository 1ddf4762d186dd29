import * as z from 'zod';
import { readBody } from '../body.ts';
import { param } from '../call.ts';
import { callerDenied } from '../errors.ts';
import { showOperation } from '../operations.ts';
import type { Handler, Route } from '../router.ts';
import { createProject } from './create-project.ts';
import { resourceManager as service } from './names.ts';
import { refuseName } from './new-project.ts';
import { showV1, showV3 } from './project-show.ts';

const shared = {
  projectId: z.string().default(''),
  labels: z.record(z.string(), z.string()).default({}),
  /** Tags are taken and dropped: this cloud has none. */
  tags: z.record(z.string(), z.string()).optional(),
  createTime: z.string().optional(),
};

const ProjectV3 = z.strictObject({
  ...shared,
  name: z.string().optional(),
  displayName: z.string().optional(),
  parent: z.string().optional(),
  state: z.string().optional(),
  updateTime: z.string().optional(),
  etag: z.string().optional(),
});

const createV3: Handler = (call) => {
  const { projectId, displayName, parent, labels, name } = readBody(call, ProjectV3);
  refuseName(name);
  return createProject(
    call,
    { projectId, displayName, parent, labels },
    {
      metadata: 'google.cloudresourcemanager.v3.CreateProjectMetadata',
      type: 'google.cloudresourcemanager.v3.Project',
      show: showV3,
    },
  );
};

const ProjectV1 = z.strictObject({
  ...shared,
  projectNumber: z.string().optional(),
  name: z.string().optional(),
  lifecycleState: z.string().optional(),
  parent: z.strictObject({ type: z.string(), id: z.string() }).optional(),
});

/** v1, which gcloud still speaks: `name` is the display name, the parent is in two parts. */
const createV1: Handler = (call) => {
  const { projectId, name, parent, labels } = readBody(call, ProjectV1);
  return createProject(
    call,
    { projectId, displayName: name, parent: parent && `${parent.type}s/${parent.id}`, labels },
    {
      metadata: 'google.cloudresourcemanager.v1.ProjectCreationStatus',
      type: 'google.cloudresourcemanager.v1.Project',
      show: showV1,
    },
  );
};

/** v1's operations have the path that Service Usage's have, and are answered there. */
const getOperation: Handler = (call) => {
  const operation = call.world.operations.get(`operations/${param(call, 'operation')}`);
  if (!operation) throw callerDenied(); // [U]
  return showOperation(operation);
};

/** Making projects: v1, v3, and the operations of v3. */
export const createRoutes: readonly Route[] = [
  { service, method: 'POST', pattern: '/v1/projects', handle: createV1 },
  { service, method: 'POST', pattern: '/v3/projects', handle: createV3 },
  { service, method: 'GET', pattern: '/v3/operations/{operation}', handle: getOperation },
];
