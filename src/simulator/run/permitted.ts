import { accessTo } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { ApiError, invalidArgument } from '../errors.ts';
import { accountResource, findAccount, findProject, projectResource } from '../resources.ts';
import type { Service } from '../router.ts';
import type { Project } from '../world.ts';

export const run: Service = {
  name: 'run.googleapis.com',
  title: 'Cloud Run Admin API',
  activation: 'always',
};

/** The project of a call, once the caller is known to hold `run.…` on it (text pasted in public reports). */
export function permittedProject(call: Call, permission: string, id = call.params.service): Project {
  const project = findProject(call.world, param(call, 'project'));
  const location = param(call, 'location');
  if (project && accessTo(call, projectResource(call.world, project)).holds(permission)) {
    if (!/^[a-z]+-[a-z]+\d+$/.test(location)) throw invalidArgument(`Location ${location} is not found.`); // [U]
    return project;
  }
  const parent = `projects/${param(call, 'project')}/locations/${location}`;
  const resource = id === undefined ? parent : `${parent}/services/${id}`;
  throw new ApiError(
    'PERMISSION_DENIED',
    `Permission '${permission}' denied on resource '${resource}' (or resource may not exist).`,
  );
}

/** The account that a service runs as when none is named, which is there once Compute Engine is on (public reports). */
export const defaultAccount = ({ number }: Project): string =>
  `${number}-compute@developer.gserviceaccount.com`;

/**
 * Refuses to attach an account that the caller may not act as. An account that is absent is refused alike, and so is the
 * default one while Compute Engine is off (pasted in public reports).
 */
export function checkActAs(call: Call, project: Project, email: string): void {
  const { world } = call;
  const account = findAccount(world, email);
  const isDefault =
    email === defaultAccount(project) && world.services.get(project.id)?.has('compute.googleapis.com');
  const resource = account
    ? accountResource(world, account)
    : isDefault
      ? projectResource(world, project)
      : undefined;
  if (resource && accessTo(call, resource).holds('iam.serviceAccounts.actAs')) return;
  throw new ApiError(
    'PERMISSION_DENIED',
    `Permission 'iam.serviceaccounts.actAs' denied on service account ${email} (or it may not exist).`,
  );
}
