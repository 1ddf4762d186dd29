import { randomUUID } from 'node:crypto';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { param, view } from '../call.ts';
import { ApiError, invalidArgument, notFound } from '../errors.ts';
import { etagOf } from '../etag.ts';
import { paginate } from '../paging.ts';
import { describePrincipal } from '../principals.ts';
import type { Handler } from '../router.ts';
import type { Project, RunService } from '../world.ts';
import { readFields, ServiceBody } from './body.ts';
import { applyMask } from './mask.ts';
import { deployLater } from './operations.ts';
import { checkActAs, defaultAccount, permittedProject } from './permitted.ts';
import { showService } from './show.ts';

const nameOf = (call: Call, project: Project, id: string) =>
  `projects/${project.id}/locations/${param(call, 'location')}/services/${id}`;

/** The 404 for a service that is not there (recorded). */
const absent = (name: string) => notFound(`service "${name}" not found`);

const caller = ({ principal }: Call) =>
  principal.kind === 'user' || principal.kind === 'serviceAccount'
    ? principal.email
    : describePrincipal(principal);

/** Writes what is wanted at once; it serves when the operation is done, unless something newer is wanted by then. */
function deploy(call: Call, service: RunService): object {
  const { world } = call;
  if (call.query.get('validateOnly') !== 'true') world.runServices.set(service.name, service);
  return deployLater(call, service, (at) => {
    const now = world.runServices.get(service.name);
    const served = { ...service, observed: service.generation };
    if (now?.uid === service.uid && now.generation === service.generation)
      world.runServices.set(service.name, served, at);
    return served;
  });
}

function create(call: Call, project: Project, id: string): object {
  const { world } = call;
  // The limits are documented; the text is [U].
  if (!/^[a-z](?:[-a-z0-9]{0,47}[a-z0-9])?$/.test(id))
    throw invalidArgument(`service_id: "${id}" must be lower-case letters, digits and hyphens, at most 49.`);
  const { fields, template } = readFields(readBody(call, ServiceBody));
  const serviceAccount = template.serviceAccount || defaultAccount(project);
  checkActAs(call, project, serviceAccount);
  const name = nameOf(call, project, id);
  if (world.runServices.get(name)) throw new ApiError('ALREADY_EXISTS', `Resource '${id}' already exists.`); // [U]
  const stamp = world.stamp();
  return deploy(call, {
    name,
    fields,
    template: { ...template, serviceAccount },
    uid: randomUUID(),
    generation: 1,
    observed: 0,
    creator: caller(call),
    lastModifier: caller(call),
    created: stamp,
    stamp,
  });
}

/** POST of a service; whoever attaches an account must be allowed to act as it. */
export const createService: Handler = (call) => {
  const id = call.query.get('serviceId') ?? '';
  return create(call, permittedProject(call, 'run.services.create', id), id);
};

export const getService: Handler = (call) => {
  const name = nameOf(call, permittedProject(call, 'run.services.get'), param(call, 'service'));
  const service = view(call, call.world.runServices, name);
  if (!service) throw absent(name);
  return showService(service);
};

/** LIST of the services of a location, the newest first (discovery document). */
export const listServices: Handler = (call) => {
  const start = nameOf(call, permittedProject(call, 'run.services.list'), '');
  const all = call.world.runServices
    .readAll()
    .flatMap(([name, service]) => (name.startsWith(start) ? [service] : []))
    .sort((a, b) => b.created - a.created);
  const { items, nextPageToken } = paginate(all, call.query, start, { usual: 100, largest: 1000 }); // [U] both.
  return { services: items.length ? items.map(showService) : undefined, nextPageToken };
};

/** The service of a call at the primary; an etag that was sent must be its own ([U] the text). */
function existing(call: Call, project: Project, etag: string | null | undefined): RunService {
  const name = nameOf(call, project, param(call, 'service'));
  const service = call.world.runServices.get(name);
  if (!service) throw absent(name);
  if (etag && etag !== `"${etagOf(service.stamp)}"`)
    throw new ApiError('ABORTED', 'The etag does not match the one of the service.');
  return service;
}

/** PATCH of a service: what the mask names, or else all that can be set; a new generation, whatever it changes. */
export const patchService: Handler = (call) => {
  const project = permittedProject(call, 'run.services.update');
  const id = param(call, 'service');
  if (call.query.get('allowMissing') === 'true' && !call.world.runServices.get(nameOf(call, project, id)))
    return create(call, permittedProject(call, 'run.services.create'), id);
  const service = existing(call, project, readBody(call, ServiceBody).etag);
  const before = { ...service.fields, template: service.template };
  const body = applyMask(call.query.get('updateMask') ?? '', before, call.body);
  const { fields, template } = readFields(readBody({ ...call, body }, ServiceBody));
  const serviceAccount = template.serviceAccount || defaultAccount(project);
  checkActAs(call, project, serviceAccount);
  return deploy(call, {
    ...service,
    fields,
    template: { ...template, serviceAccount },
    generation: service.generation + 1,
    lastModifier: caller(call),
    stamp: call.world.stamp(),
  });
};

/** DELETE of a service, for good. */
export const deleteService: Handler = (call) => {
  const project = permittedProject(call, 'run.services.delete');
  const service = existing(call, project, call.query.get('etag'));
  if (call.query.get('validateOnly') !== 'true') call.world.runServices.delete(service.name);
  return deployLater(call, service, () => service);
};
