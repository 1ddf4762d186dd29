import { accessTo } from './authorise.ts';
import type { Call } from './call.ts';
import { view } from './call.ts';
import { ApiError, errorInfo, help } from './errors.ts';
import type { Principal } from './principals.ts';
import { findAccount, findProject, projectResource } from './resources.ts';
import type { Match, Service } from './router.ts';
import type { Project, World } from './world.ts';

/** The project that a call is about: the route's own answer, or what `{project}` or `{account}` names. */
function projectOf(world: World, { route, params }: Match): Project | undefined {
  if (route.project) return route.project(params, world);
  if (params.project && params.project !== '-') return findProject(world, params.project);
  const account = findAccount(world, params.account ?? '');
  return account && world.projects.get(account.projectId);
}

/**
 * The consumer project: the one that X-Goog-User-Project names, a service account's own, that of a federated
 * identity's pool, or the one a user's call is about. (With Google, a user's calls through gcloud are consumed by gcloud's own project for some APIs.)
 */
export function consumerOf(
  world: World,
  principal: Principal,
  match: Match,
  quotaProject: string | undefined,
): Project | undefined {
  if (quotaProject) return findProject(world, quotaProject);
  if (principal.kind === 'serviceAccount' || principal.kind === 'federated')
    return world.projects.get(principal.projectId);
  return projectOf(world, match);
}

/** Refuses a caller that names a quota project it may not use ([U] the exact metadata). */
export function checkQuotaProject(call: Call, quotaProject: string | undefined): void {
  if (!quotaProject) return;
  const allowed = call.consumer && accessTo(call, projectResource(call.world, call.consumer));
  if (allowed?.holds('serviceusage.services.use')) return;
  throw new ApiError(
    'PERMISSION_DENIED',
    `Caller does not have required permission to use project ${quotaProject}. Grant the caller the roles/serviceusage.serviceUsageConsumer role, or a custom role with the serviceusage.services.use permission, by visiting https://console.developers.google.com/iam-admin/iam/project?project=${quotaProject} and then retry. Propagation of the new permission may take a few minutes.`,
    {
      details: [
        errorInfo('USER_PROJECT_DENIED', 'googleapis.com', {
          containerInfo: quotaProject,
          consumer: `projects/${quotaProject}`,
        }),
      ],
    },
  );
}

/** Refuses the call when its service is not enabled in the consumer project, as far as a replica knows. */
export function checkActivation(call: Call, service: Service, quotaProject: string | undefined): void {
  const { world, consumer, principal } = call;
  if (!consumer || service.activation === 'never') return;
  if (service.activation === 'own' && principal.kind === 'user' && !quotaProject) return;
  if (view(call, world.services, consumer.id, 'service')?.has(service.name)) return;
  throw serviceDisabled(service, consumer);
}

/** 403 SERVICE_DISABLED (recorded September 2026). */
function serviceDisabled({ name, title }: Service, { id }: Project): ApiError {
  const activationUrl = `https://console.developers.google.com/apis/api/${name}/overview?project=${id}`;
  const message = `${title} has not been used in project ${id} before or it is disabled. Enable it by visiting ${activationUrl} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.`;
  return new ApiError('PERMISSION_DENIED', message, {
    details: [
      errorInfo('SERVICE_DISABLED', 'googleapis.com', {
        containerInfo: id,
        service: name,
        consumer: `projects/${id}`,
        serviceTitle: title,
        activationUrl,
      }),
      { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en-US', message },
      help('Google developers console API activation', activationUrl),
    ],
  });
}
