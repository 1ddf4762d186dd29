import { accessTo } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { ApiError, errorInfo, notFound } from '../errors.ts';
import type { Resource } from '../resources.ts';
import { findProject, folderResource, organizationResource, projectResource } from '../resources.ts';
import type { Service } from '../router.ts';
import { isConstraint } from './constraints.ts';

export const orgPolicy: Service = {
  name: 'orgpolicy.googleapis.com',
  title: 'Organization Policy API',
  activation: 'always',
};

function named({ world, params }: Call): { asked: string; resource: Resource | undefined } {
  if (params.project !== undefined) {
    const project = findProject(world, params.project);
    return { asked: `projects/${params.project}`, resource: project && projectResource(world, project) };
  }
  if (params.folder !== undefined) {
    const folder = world.folders.get(params.folder);
    return { asked: `folders/${params.folder}`, resource: folder && folderResource(world, folder) };
  }
  const organization = world.organizations.get(params.organization ?? '');
  return {
    asked: `organizations/${params.organization ?? ''}`,
    resource: organization && organizationResource(organization),
  };
}

/**
 * The project, folder or organisation of the call, on which the caller holds the permission. Absent and forbidden look
 * the same (pasted in public reports; the domain and metadata are [U]).
 */
export function resourceWith(call: Call, permission: string): Resource {
  const { asked, resource } = named(call);
  if (resource && accessTo(call, resource).holds(permission)) return resource;
  throw new ApiError(
    'PERMISSION_DENIED',
    `Permission '${permission}' denied on resource '//cloudresourcemanager.googleapis.com/${asked}' (or it may not exist).`,
    {
      details: [
        errorInfo('IAM_PERMISSION_DENIED', 'cloudresourcemanager.googleapis.com', {
          permission,
          resource: asked,
        }),
      ],
    },
  );
}

/** How answers name a resource: projects by number, however they were asked for (discovery document). */
export const shownName = ({ name, project }: Resource): string =>
  project ? `projects/${project.number}` : name;

/** The 404 for a policy that is not set, and for a constraint that is not there (recorded; [U] the latter). */
export const noPolicy = () => notFound('Requested entity was not found.');

/** The constraint of the call, without `constraints/`. */
export function constraintOf(call: Call): string {
  const constraint = param(call, 'constraint');
  if (!isConstraint(call.world, constraint)) throw noPolicy();
  return constraint;
}
