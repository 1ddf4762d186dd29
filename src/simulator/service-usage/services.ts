import { accessTo } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { ApiError, errorInfo, preconditionFailure } from '../errors.ts';
import { findProject, projectResource } from '../resources.ts';
import type { Service } from '../router.ts';
import type { Project, World } from '../world.ts';

export const serviceUsage: Service = {
  name: 'serviceusage.googleapis.com',
  title: 'Service Usage API',
  activation: 'never',
};

/** Services that Google refuses to enable without a billing account ([U] beyond the recorded case: a selection). */
const BILLED = new Set(
  ['artifactregistry', 'cloudbuild', 'compute', 'container', 'containerregistry', 'run', 'vpcaccess'].map(
    (name) => `${name}.googleapis.com`,
  ),
);

export const needsBilling = (service: string): boolean => BILLED.has(service);

/** A service of a project, as the API shows it: names carry the project's number. */
export function showService(world: World, project: Project, service: string, enabled: boolean): object {
  const parent = `projects/${project.number}`;
  return {
    name: `${parent}/services/${service}`,
    config: {
      name: service,
      title: world.serviceTitles.get(service),
      documentation: {},
      quota: {},
      authentication: {},
      usage: { requirements: ['serviceusage.googleapis.com/tos/cloud'] },
    },
    state: enabled ? 'ENABLED' : 'DISABLED',
    parent,
  };
}

/**
 * The project of the call, on which the caller holds `serviceusage.services.VERB`. Absent and forbidden look the same:
 * 403 AUTH_PERMISSION_DENIED ([U] from memory of public reports; not among the recorded answers).
 */
export function projectWith(call: Call, verb: 'get' | 'list' | 'enable' | 'disable'): Project {
  const permission = `serviceusage.services.${verb}`;
  const name = param(call, 'project');
  const project = findProject(call.world, name);
  if (project && accessTo(call, projectResource(call.world, project)).holds(permission)) return project;
  const resource = `projects/${name}`;
  throw new ApiError(
    'PERMISSION_DENIED',
    `Permission denied to ${verb} services for consumer container [${resource}]`,
    {
      details: [
        preconditionFailure({
          type: 'googleapis.com',
          subject: `?error_code=110002&permission=${permission}&resource=${resource}`,
        }),
        errorInfo('AUTH_PERMISSION_DENIED', 'serviceusage.googleapis.com', { permission, resource }),
      ],
    },
  );
}

/** The services enabled at the primary. */
export function enabledIn(world: World, project: Project): ReadonlySet<string> {
  return world.services.get(project.id) ?? new Set();
}
