import type { Call } from '../call.ts';
import { param, view } from '../call.ts';
import { ApiError, errorInfo, invalidArgument, preconditionFailure } from '../errors.ts';
import { paginate } from '../paging.ts';
import type { Handler } from '../router.ts';
import type { Project } from '../world.ts';
import { projectWith, showService } from './services.ts';

const MOST_IN_BATCH = 30;

/** The enabled services as a replica knows them. */
const seen = (call: Call, project: Project): ReadonlySet<string> =>
  view(call, call.world.services, project.id) ?? new Set();

/** The services, if this cloud has them all: else 403, for absent and forbidden alike ([U] from memory). */
export function known(call: Call, services: readonly string[]): readonly string[] {
  const unknown = services.filter((service) => !call.world.serviceTitles.has(service)).join(',');
  if (unknown === '') return services;
  throw new ApiError('PERMISSION_DENIED', `Not found or permission denied for service(s): ${unknown}.`, {
    details: [
      preconditionFailure({ type: 'googleapis.com', subject: `?error_code=220002&services=${unknown}` }),
      errorInfo('SERVICE_CONFIG_NOT_FOUND_OR_PERMISSION_DENIED', 'serviceusage.googleapis.com', {
        services: unknown,
      }),
    ],
  });
}

export const getService: Handler = (call) => {
  const project = projectWith(call, 'get');
  const service = param(call, 'service');
  known(call, [service]);
  return showService(call.world, project, service, seen(call, project).has(service));
};

export const listServices: Handler = (call) => {
  const project = projectWith(call, 'list');
  const state = /^\s*state\s*[:=]\s*"?(ENABLED|DISABLED)"?\s*$/.exec(call.query.get('filter') ?? '')?.[1];
  if (call.query.get('filter')?.trim() && !state)
    throw invalidArgument('Request contains an invalid argument.');
  const enabled = seen(call, project);
  const names = [...call.world.serviceTitles.keys()].sort();
  const wanted = names.filter((name) => !state || enabled.has(name) === (state === 'ENABLED'));
  const list = `${project.id} services ${state ?? ''}`;
  const { items, nextPageToken } = paginate(wanted, call.query, list, { usual: 50, largest: 200 });
  const services = items.map((name) => showService(call.world, project, name, enabled.has(name)));
  return { services: services.length ? services : undefined, nextPageToken };
};

export const batchGet: Handler = (call) => {
  const project = projectWith(call, 'get');
  const names = call.query.getAll('names');
  if (names.length > MOST_IN_BATCH) throw invalidArgument('Request contains an invalid argument.');
  const enabled = seen(call, project);
  const wanted = names.map((name) => {
    const parts = /^projects\/(?<project>[^/]+)\/services\/(?<service>[^/]+)$/.exec(name)?.groups;
    const same = parts?.project === project.id || parts?.project === project.number;
    if (!parts?.service || !same) throw invalidArgument('Request contains an invalid argument.');
    return parts.service;
  });
  const services = known(call, wanted).map((service) =>
    showService(call.world, project, service, enabled.has(service)),
  );
  return services.length ? { services } : {};
};
