import { accessTo } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { callerDenied } from '../errors.ts';
import type { Resource } from '../resources.ts';
import { findProject, folderResource, organizationResource, projectResource } from '../resources.ts';
import type { Service } from '../router.ts';
import type { Folder, Organization, Project } from '../world.ts';

/**
 * Activation `own`: a service account needs the API enabled in its own project, and so does a caller that names a quota
 * project; a person's calls are otherwise consumed by the client's project (gcloud's has it enabled).
 */
export const resourceManager: Service = {
  name: 'cloudresourcemanager.googleapis.com',
  title: 'Cloud Resource Manager API',
  activation: 'own',
};

/** Refuses as Resource Manager does: absent and forbidden look the same (recorded). */
function demand(call: Call, permission: string, resource: Resource | undefined): Resource {
  if (resource && accessTo(call, resource).holds(permission)) return resource;
  throw callerDenied();
}

/** The project of the call, by ID or number, on which the caller holds the permission. */
export function projectWith(call: Call, permission: string): { project: Project; resource: Resource } {
  const project = findProject(call.world, param(call, 'project'));
  const resource = demand(call, permission, project && projectResource(call.world, project));
  if (!project) throw callerDenied();
  return { project, resource };
}

/** The folder of the call, on which the caller holds the permission. */
export function folderWith(call: Call, permission: string): Folder {
  const folder = call.world.folders.get(param(call, 'folder'));
  demand(call, permission, folder && folderResource(call.world, folder));
  if (!folder) throw callerDenied();
  return folder;
}

/** The organisation of the call, on which the caller holds the permission. */
export function organizationWith(call: Call, permission: string): Organization {
  const organization = call.world.organizations.get(param(call, 'organization'));
  demand(call, permission, organization && organizationResource(organization));
  if (!organization) throw callerDenied();
  return organization;
}

/** The resource that a policy method names: a project, folder or organisation; undefined when there is none. */
export function namedResource(call: Call): Resource | undefined {
  const { world, params } = call;
  const project = findProject(world, params.project ?? '');
  if (project) return projectResource(world, project);
  const folder = world.folders.get(params.folder ?? '');
  if (folder) return folderResource(world, folder);
  const organization = world.organizations.get(params.organization ?? '');
  return organization && organizationResource(organization);
}
