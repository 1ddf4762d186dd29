import type { Handler, Route } from '../router.ts';
import { getOperation } from './operations.ts';
import { run } from './permitted.ts';
import { getServicePolicy, setServicePolicy, testServicePermissions } from './policy.ts';
import { createService, deleteService, getService, listServices, patchService } from './services.ts';

const route = (method: Route['method'], path: string, handle: Handler, charge?: Route['charge']): Route => ({
  service: run,
  method,
  pattern: `/v2/projects/{project}/locations/{location}/${path}`,
  handle,
  ...(charge && { charge }),
});

/** Cloud Run Admin v2: services as far as it matters who they run as. Nothing runs. */
export const runRoutes: readonly Route[] = [
  route('POST', 'services', createService),
  route('GET', 'services', listServices),
  route('GET', 'services/{service}', getService),
  route('PATCH', 'services/{service}', patchService),
  route('DELETE', 'services/{service}', deleteService),
  route('GET', 'services/{service}:getIamPolicy', getServicePolicy),
  route('POST', 'services/{service}:setIamPolicy', setServicePolicy),
  route('POST', 'services/{service}:testIamPermissions', testServicePermissions),
  route('GET', 'operations/{operation}', getOperation),
  route('POST', 'operations/{operation}:wait', getOperation, 'read'),
];
