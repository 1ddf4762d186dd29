import { iam } from '../iam/service.ts';
import type { Handler, Route } from '../router.ts';
import { getOperation } from './operations.ts';
import { createPool, deletePool, getPool, listPools, patchPool, undeletePool } from './pools.ts';
import {
  createProvider,
  deleteProvider,
  getProvider,
  listProviders,
  patchProvider,
  undeleteProvider,
} from './providers.ts';

const route = (method: Route['method'], path: string, handle: Handler): Route => ({
  service: iam,
  method,
  pattern: `/v1/projects/{project}/locations/{location}/workloadIdentityPools${path}`,
  handle,
});

/** The part of IAM v1 that is about workload identity pools and their OIDC providers. */
export const workloadIdentityRoutes: readonly Route[] = [
  route('POST', '', createPool),
  route('GET', '', listPools),
  route('GET', '/{pool}', getPool),
  route('PATCH', '/{pool}', patchPool),
  route('DELETE', '/{pool}', deletePool),
  route('POST', '/{pool}:undelete', undeletePool),
  route('GET', '/{pool}/operations/{operation}', getOperation),
  route('POST', '/{pool}/providers', createProvider),
  route('GET', '/{pool}/providers', listProviders),
  route('GET', '/{pool}/providers/{provider}', getProvider),
  route('PATCH', '/{pool}/providers/{provider}', patchProvider),
  route('DELETE', '/{pool}/providers/{provider}', deleteProvider),
  route('POST', '/{pool}/providers/{provider}:undelete', undeleteProvider),
  route('GET', '/{pool}/providers/{provider}/operations/{operation}', getOperation),
];
