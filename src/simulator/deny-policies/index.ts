import { iam } from '../iam/service.ts';
import type { Handler, Route, Service } from '../router.ts';
import { attachedProject } from './attachment.ts';
import { getOperation, getPolicy, listPolicies } from './reads.ts';
import { createPolicy, deletePolicy, updatePolicy } from './writes.ts';

/** Of IAM, but with a quota of its own: the prefix is [U]. */
const iamV2: Service = { ...iam, quota: 'v2_' };

const route = (method: Route['method'], path: string, handle: Handler): Route => ({
  service: iamV2,
  method,
  pattern: `/v2/policies/{point}/denypolicies${path}`,
  handle,
  project: attachedProject,
});

/** IAM v2: deny policies. */
export const denyPolicyRoutes: readonly Route[] = [
  route('GET', '', listPolicies),
  route('POST', '', createPolicy),
  route('GET', '/{policy}', getPolicy),
  route('PUT', '/{policy}', updatePolicy),
  route('DELETE', '/{policy}', deletePolicy),
  route('GET', '/{policy}/operations/{operation}', getOperation),
];
