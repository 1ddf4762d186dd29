import { demand } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { iamDenied } from '../errors.ts';
import type { Resource } from '../resources.ts';
import { findProject, organizationResource, projectResource } from '../resources.ts';

/** The project or organization of a route, or undefined when there is none of that name. */
function findParent(call: Call): Resource | undefined {
  if (call.params.organization !== undefined) {
    const organization = call.world.organizations.get(call.params.organization);
    return organization && organizationResource(organization);
  }
  const project = findProject(call.world, param(call, 'project'));
  return project && projectResource(call.world, project);
}

/**
 * The project or organization whose roles a call is about, if the caller holds the permission there. Absent and
 * forbidden are answered alike, so that names cannot be guessed.
 */
export function roleParent(call: Call, permission: string): Resource {
  const parent = findParent(call);
  if (!parent) throw iamDenied(permission);
  demand(call, permission, parent);
  return parent;
}
