import * as z from 'zod';
import { accessTo } from '../authorise.ts';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { callerDenied, invalidArgument } from '../errors.ts';
import { paginate } from '../paging.ts';
import { folderResource, lineage, organizationResource, projectResource } from '../resources.ts';
import type { Handler, Route } from '../router.ts';
import type { Project } from '../world.ts';
import { projectWith, resourceManager } from './names.ts';
import { showV1, showV3 } from './project-show.ts';
import { parseQuery } from './query.ts';

const GET = 'resourcemanager.projects.get';
const SIZES = { usual: 500, largest: 1000 }; // [U] both.

/** The projects that the caller may see and the query matches, in the order of the world. */
function visible(call: Call, query: string): Project[] {
  const matches = parseQuery(query);
  const { world } = call;
  return [...world.projects.values()].filter(
    (project) => matches(project) && accessTo(call, projectResource(world, project)).holds(GET),
  );
}

const list = (call: Call, projects: readonly Project[], show: (project: Project) => object): object => {
  const { items, nextPageToken } = paginate(projects, call.query, call.path, SIZES);
  return { projects: items.length ? items.map(show) : undefined, nextPageToken };
};

const listV1: Handler = (call) => list(call, visible(call, call.query.get('filter') ?? ''), showV1);

const searchV3: Handler = (call) => list(call, visible(call, call.query.get('query') ?? ''), showV3);

/** v3 list: the direct children of `parent`, which the caller must be allowed to list. */
const listV3: Handler = (call) => {
  const { world } = call;
  const parent = call.query.get('parent') ?? '';
  const [kind, id = ''] = parent.split('/');
  const folder = kind === 'folders' ? world.folders.get(id) : undefined;
  const organization = kind === 'organizations' ? world.organizations.get(id) : undefined;
  if (kind !== 'folders' && kind !== 'organizations')
    throw invalidArgument('Request contains an invalid argument.');
  const resource = folder
    ? folderResource(world, folder)
    : organization && organizationResource(organization);
  if (!resource || !accessTo(call, resource).holds('resourcemanager.projects.list')) throw callerDenied();
  const deleted = call.query.get('showDeleted') === 'true';
  const children = [...world.projects.values()].filter(
    (project) => project.parent === parent && (deleted || project.state === 'ACTIVE'),
  );
  return list(call, children, showV3);
};

const getAncestry: Handler = (call) => {
  readBody(call, z.strictObject({}));
  const { project } = projectWith(call, GET);
  const above = lineage(call.world, project.parent).map((name) => {
    const [kind = '', id] = name.split('/');
    return { resourceId: { type: kind.replace(/s$/, ''), id } };
  });
  return { ancestor: [{ resourceId: { type: 'project', id: project.id } }, ...above] };
};

const service = resourceManager;

export const projectRoutes: readonly Route[] = [
  { service, method: 'GET', pattern: '/v1/projects', handle: listV1 },
  {
    service,
    method: 'GET',
    pattern: '/v1/projects/{project}',
    handle: (call) => showV1(projectWith(call, GET).project),
  },
  { service, method: 'POST', pattern: '/v1/projects/{project}:getAncestry', handle: getAncestry },
  { service, method: 'GET', pattern: '/v3/projects', handle: listV3 },
  { service, method: 'GET', pattern: '/v3/projects:search', handle: searchV3 },
  {
    service,
    method: 'GET',
    pattern: '/v3/projects/{project}',
    handle: (call) => showV3(projectWith(call, GET).project),
  },
];
