import type { Call } from '../call.ts';
import { param, view } from '../call.ts';
import { invalidArgument, notFound } from '../errors.ts';
import { paginate } from '../paging.ts';
import type { Handler } from '../router.ts';
import type { Project } from '../world.ts';
import { projectWith, showService, titleOf } from './services.ts';

const MOST_IN_BATCH = 30;

/** The enabled services as a replica knows them. */
const seen = (call: Call, project: Project): ReadonlySet<string> =>
  view(call, call.world.services, project.id) ?? new Set();

/** 404 of a service that does not exist ([U] the text). */
export function known(call: Call, service: string): string {
  if (titleOf(call.world, service) !== undefined) return service;
  throw notFound(`Not found or permission denied for service(s): ${service}.`);
}

export const getService: Handler = (call) => {
  const project = projectWith(call, 'get');
  const service = known(call, param(call, 'service'));
  return showService(call.world, project, service, seen(call, project).has(service));
};

export const listServices: Handler = (call) => {
  const project = projectWith(call, 'list');
  const state = /^\s*state\s*[:=]\s*"?(ENABLED|DISABLED)"?\s*$/.exec(call.query.get('filter') ?? '')?.[1];
  if (call.query.get('filter')?.trim() && !state)
    throw invalidArgument('Request contains an invalid argument.');
  const enabled = seen(call, project);
  const names = [...new Set([...call.world.catalog.services.keys(), ...enabled])].sort();
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
  const services = names.map((name) => {
    const parts = /^projects\/(?<project>[^/]+)\/services\/(?<service>[^/]+)$/.exec(name)?.groups;
    const same = parts?.project === project.id || parts?.project === project.number;
    if (!parts?.service || !same) throw invalidArgument('Request contains an invalid argument.');
    const service = known(call, parts.service);
    return showService(call.world, project, service, enabled.has(service));
  });
  return services.length ? { services } : {};
};
