import { getPolicy, TestPermissionsRequest, testPermissions } from '../allow-policy.ts';
import { SetPolicyRequest, setPolicy } from '../allow-policy-write.ts';
import { accessTo } from '../authorise.ts';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { param, view } from '../call.ts';
import { ApiError, invalidArgument, notFound } from '../errors.ts';
import { findProject, lineage, type Resource } from '../resources.ts';
import type { Handler } from '../router.ts';

/** A service as a resource with a policy of its own. */
function serviceResource({ world }: Call, name: string, projectId: string): Resource {
  const project = world.projects.get(projectId);
  return {
    name,
    level: 'resource',
    project,
    ancestors: [name, `projects/${projectId}`, ...lineage(world, project?.parent)],
    condition: { name, type: 'run.googleapis.com/Service', service: 'run.googleapis.com' },
  };
}

/** The service of a call, once the caller is known to hold the permission on it. @param permission undefined: needs none */
function permitted(call: Call, permission: string | undefined): Resource {
  const project = findProject(call.world, param(call, 'project'));
  const id = project?.id ?? param(call, 'project');
  const name = `projects/${id}/locations/${param(call, 'location')}/services/${param(call, 'service')}`;
  const resource = serviceResource(call, name, id);
  if (permission && !accessTo(call, resource).holds(permission))
    throw new ApiError(
      'PERMISSION_DENIED',
      `Permission '${permission}' denied on resource '${name}' (or resource may not exist).`,
    );
  if (!view(call, call.world.runServices, name))
    throw notFound(`Resource '${param(call, 'service')}' was not found.`); // [U]
  return resource;
}

export const getServicePolicy: Handler = (call) => {
  const version = Number(call.query.get('options.requestedPolicyVersion') ?? 0);
  return getPolicy(call, permitted(call, 'run.services.getIamPolicy'), version);
};

export const setServicePolicy: Handler = (call) => {
  const resource = permitted(call, 'run.services.setIamPolicy');
  const request = readBody(call, SetPolicyRequest);
  for (const { role } of request.policy.bindings ?? []) checkConcern(call, role);
  return setPolicy(call, resource, request);
};

export const testServicePermissions: Handler = (call) => {
  const { permissions = [] } = readBody(call, TestPermissionsRequest);
  return testPermissions(call, permitted(call, undefined), permissions);
};

/** Refuses a predefined role that says nothing of services ([U] which roles Google takes here, exactly). */
function checkConcern(call: Call, role: string): void {
  const permissions = call.world.catalog.roles.get(role)?.permissions;
  if (!permissions || [...permissions].some((permission) => permission.startsWith('run.'))) return;
  throw invalidArgument(`Role ${role} is not supported for this resource.`);
}
