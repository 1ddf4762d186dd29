import type { Route } from '../router.ts';
import { getEffectivePolicy, getPolicy, listConstraints, listPolicies } from './reads.ts';
import { orgPolicy } from './resources.ts';
import { createPolicy, deletePolicy, patchPolicy } from './writes.ts';

const service = orgPolicy;
const levels = ['projects/{project}', 'folders/{folder}', 'organizations/{organization}'];

/** Organization Policy v2, for boolean constraints. */
export const orgPolicyRoutes: readonly Route[] = levels.flatMap((level): Route[] => {
  const policies = `/v2/${level}/policies`;
  const policy = `${policies}/{constraint}`;
  return [
    { service, method: 'GET', pattern: `/v2/${level}/constraints`, handle: listConstraints },
    { service, method: 'GET', pattern: policies, handle: listPolicies },
    { service, method: 'POST', pattern: policies, handle: createPolicy },
    { service, method: 'GET', pattern: policy, handle: getPolicy },
    { service, method: 'GET', pattern: `${policy}:getEffectivePolicy`, handle: getEffectivePolicy },
    { service, method: 'PATCH', pattern: policy, handle: patchPolicy },
    { service, method: 'DELETE', pattern: policy, handle: deletePolicy },
  ];
});
