import type { Handler, Route } from '../router.ts';
import { getOperation } from './operations.ts';
import { run } from './permitted.ts';
import { getServicePolicy, setServicePolicy, testServicePermissions } from './policy.ts';
import { createService, deleteService, getService, listServices, patchService } from './services.ts';

const route = (
  method: Route['method'],
  path: string,
  handle: Handler,
  charge?: Route['charge'],
  version = 'v2',
): Route => ({
  service: run,
  method,
  pattern: `/${version}/projects/{project}/locations/{location}/${path}`,
  handle,
  ...(charge && { charge }),
});

/**
 * Cloud Run Admin v2: services as far as it matters who they run as. Nothing runs. Of v1 only the allow policy, which gcloud
 * 528 reads and writes there, in the same form.
 */
export const runRoutes: readonly Route[] = [
  route('POST', 'services', createService),
  route('GET', 'services', listServices),
  route('GET', 'services/{service}', getService),
  route('PATCH', 'services/{service}', patchService),
  route('DELETE', 'services/{service}', deleteService),
  route('GET', 'services/{service}:getIamPolicy', getServicePolicy),
  route('POST', 'services/{service}:setIamPolicy', setServicePolicy),
  route('POST', 'services/{service}:testIamPermissions', testServicePermissions),
  route('GET', 'services/{service}:getIamPolicy', getServicePolicy, undefined, 'v1'),
  route('POST', 'services/{service}:setIamPolicy', setServicePolicy, undefined, 'v1'),
  route('GET', 'operations/{operation}', getOperation),
  route('POST', 'operations/{operation}:wait', getOperation, 'read'),
];
