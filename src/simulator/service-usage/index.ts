import type { Route } from '../router.ts';
import { batchGet, getService, listServices } from './reads.ts';
import { serviceUsage } from './services.ts';
import { batchEnable, disableService, enableService, getOperation } from './writes.ts';

const service = serviceUsage;
const services = '/v1/projects/{project}/services';

/** Service Usage v1. It answers in every project, enabled or not, as it must to enable anything. */
export const serviceUsageRoutes: readonly Route[] = [
  { service, method: 'GET', pattern: services, handle: listServices },
  { service, method: 'GET', pattern: `${services}:batchGet`, handle: batchGet },
  { service, method: 'POST', pattern: `${services}:batchEnable`, handle: batchEnable },
  { service, method: 'GET', pattern: `${services}/{service}`, handle: getService },
  { service, method: 'POST', pattern: `${services}/{service}:enable`, handle: enableService },
  { service, method: 'POST', pattern: `${services}/{service}:disable`, handle: disableService },
  { service, method: 'GET', pattern: '/v1/operations/{operation}', handle: getOperation },
];
