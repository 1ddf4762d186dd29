import type { Handler, Route } from '../router.ts';
import { getBinding, listBindings, searchTargetBindings } from './binding-reads.ts';
import { createBinding, deleteBinding, patchBinding } from './bindings.ts';
import { getOperation } from './operation.ts';
import { createBoundary, deleteBoundary, patchBoundary } from './policies.ts';
import { getBoundary, listBoundaries, searchPolicyBindings } from './policy-reads.ts';
import { iamV3 } from './service.ts';

const route = (method: Route['method'], pattern: string, handle: Handler): Route => ({
  service: iamV3,
  method,
  pattern,
  handle,
});

const boundaries = '/v3/organizations/{organization}/locations/{location}/principalAccessBoundaryPolicies';
const levels = ['projects/{project}', 'folders/{folder}', 'organizations/{organization}'];

/** IAM v3: principal access boundary policies, and what binds them to principals. */
export const accessBoundaryRoutes: readonly Route[] = [
  route('GET', boundaries, listBoundaries),
  route('POST', boundaries, createBoundary),
  route('GET', `${boundaries}/{policy}`, getBoundary),
  route('PATCH', `${boundaries}/{policy}`, patchBoundary),
  route('DELETE', `${boundaries}/{policy}`, deleteBoundary),
  route('GET', `${boundaries}/{policy}:searchPolicyBindings`, searchPolicyBindings),
  ...levels.flatMap((level): Route[] => {
    const location = `/v3/${level}/locations/{location}`;
    const bindings = `${location}/policyBindings`;
    return [
      route('GET', bindings, listBindings),
      route('POST', bindings, createBinding),
      route('GET', `${bindings}:searchTargetPolicyBindings`, searchTargetBindings),
      route('GET', `${bindings}/{binding}`, getBinding),
      route('PATCH', `${bindings}/{binding}`, patchBinding),
      route('DELETE', `${bindings}/{binding}`, deleteBinding),
      route('GET', `${location}/operations/{operation}`, getOperation),
    ];
  }),
];
