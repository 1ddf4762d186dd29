import * as z from 'zod';
import { accessTo } from '../authorise.ts';
import { omitDefaults, readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { timestamp } from '../clock.ts';
import { callerDenied, invalidArgument } from '../errors.ts';
import { paginate } from '../paging.ts';
import { folderResource, organizationResource } from '../resources.ts';
import type { Handler, Route } from '../router.ts';
import type { Folder, Organization } from '../world.ts';
import { folderWith, organizationWith, resourceManager } from './names.ts';

const SIZES = { usual: 50, largest: 300 }; // [U] both.

const showFolder = (folder: Folder): object => ({
  name: `folders/${folder.id}`,
  parent: folder.parent,
  displayName: folder.displayName,
  state: 'ACTIVE',
  createTime: timestamp(folder.createTime),
  updateTime: timestamp(folder.createTime),
});

const showV1 = (organization: Organization): object => ({
  organizationId: organization.id,
  name: `organizations/${organization.id}`,
  displayName: organization.domain,
  owner: { directoryCustomerId: organization.customerId },
  creationTime: timestamp(organization.createTime),
  lifecycleState: 'ACTIVE',
});

const showV3 = (organization: Organization): object => ({
  name: `organizations/${organization.id}`,
  displayName: organization.domain,
  directoryCustomerId: organization.customerId,
  state: 'ACTIVE',
  createTime: timestamp(organization.createTime),
  updateTime: timestamp(organization.createTime),
});

/** Organisations that the caller may see, by `domain:` or `directoryCustomerId:` if the query names one. */
function visible(call: Call, query: string): Organization[] {
  const term = /^(?<field>[\w.]+)\s*[:=]\s*"?(?<value>[^"\s]*)"?$/.exec(query.trim())?.groups;
  if (query.trim() !== '' && !term) throw invalidArgument('Request contains an invalid argument.');
  const matches = (organization: Organization) =>
    !term ||
    (term.field?.toLowerCase() === 'domain' ? organization.domain : organization.customerId).toLowerCase() ===
      term.value?.toLowerCase();
  return [...call.world.organizations.values()].filter(
    (organization) =>
      matches(organization) &&
      accessTo(call, organizationResource(organization)).holds('resourcemanager.organizations.get'),
  );
}

const searchV3: Handler = (call) => {
  const found = visible(call, call.query.get('query') ?? '');
  const { items, nextPageToken } = paginate(found, call.query, call.path, SIZES);
  return { ...omitDefaults({ organizations: items.map(showV3) }), nextPageToken };
};

const SearchRequest = z.strictObject({
  filter: z.string().optional(),
  pageSize: z.int().optional(),
  pageToken: z.string().optional(),
});

/** v1 search sends its query and page in the body. */
const searchV1: Handler = (call) => {
  const { filter = '', pageSize = 0, pageToken = '' } = readBody(call, SearchRequest);
  const page = new URLSearchParams({ pageSize: String(pageSize), pageToken });
  const { items, nextPageToken } = paginate(visible(call, filter), page, call.path, SIZES);
  return { ...omitDefaults({ organizations: items.map(showV1) }), nextPageToken };
};

const listFolders: Handler = (call) => {
  const { world } = call;
  const parent = call.query.get('parent') ?? '';
  const [kind, id = ''] = parent.split('/');
  const folder = kind === 'folders' ? world.folders.get(id) : undefined;
  const organization = kind === 'organizations' ? world.organizations.get(id) : undefined;
  const resource = folder
    ? folderResource(world, folder)
    : organization && organizationResource(organization);
  if (!resource || !accessTo(call, resource).holds('resourcemanager.folders.list')) throw callerDenied();
  const children = [...world.folders.values()].filter((child) => child.parent === parent);
  const { items, nextPageToken } = paginate(children, call.query, `${call.path}?${parent}`, SIZES);
  return { ...omitDefaults({ folders: items.map(showFolder) }), nextPageToken };
};

const searchFolders: Handler = (call) => {
  const { world } = call;
  const found = [...world.folders.values()].filter((folder) =>
    accessTo(call, folderResource(world, folder)).holds('resourcemanager.folders.get'),
  );
  const { items, nextPageToken } = paginate(found, call.query, call.path, SIZES);
  return { ...omitDefaults({ folders: items.map(showFolder) }), nextPageToken };
};

const service = resourceManager;
const GET_FOLDER = 'resourcemanager.folders.get';
const GET_ORGANIZATION = 'resourcemanager.organizations.get';

/** Folders and organisations. */
export const containerRoutes: readonly Route[] = [
  ...(['v2', 'v3'] as const).flatMap((version): Route[] => [
    { service, method: 'GET', pattern: `/${version}/folders`, handle: listFolders },
    {
      service,
      method: 'GET',
      pattern: `/${version}/folders/{folder}`,
      handle: (call) => showFolder(folderWith(call, GET_FOLDER)),
    },
  ]),
  { service, method: 'GET', pattern: '/v3/folders:search', handle: searchFolders },
  { service, method: 'GET', pattern: '/v3/organizations:search', handle: searchV3 },
  { service, method: 'POST', pattern: '/v1/organizations:search', handle: searchV1 },
  {
    service,
    method: 'GET',
    pattern: '/v3/organizations/{organization}',
    handle: (call) => showV3(organizationWith(call, GET_ORGANIZATION)),
  },
  {
    service,
    method: 'GET',
    pattern: '/v1/organizations/{organization}',
    handle: (call) => showV1(organizationWith(call, GET_ORGANIZATION)),
  },
];
