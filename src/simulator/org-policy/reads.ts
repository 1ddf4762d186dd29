import { view } from '../call.ts';
import { paginate } from '../paging.ts';
import type { Handler } from '../router.ts';
import { showConstraints } from './constraints.ts';
import { isEnforced, policyKey } from './effective.ts';
import { constraintOf, noPolicy, resourceWith, shownName } from './resources.ts';
import { showOrgPolicy } from './show.ts';

const SIZES = { usual: 1000, largest: 1000 }; // [U] both.

export const listConstraints: Handler = (call) => {
  const resource = resourceWith(call, 'orgpolicy.constraints.list');
  const all = showConstraints(call.world, shownName(resource));
  const { items, nextPageToken } = paginate(all, call.query, call.path, SIZES);
  return { constraints: items, nextPageToken };
};

/** The policies that are set on the resource itself, by constraint. */
export const listPolicies: Handler = (call) => {
  const resource = resourceWith(call, 'orgpolicy.policies.list');
  const start = policyKey(resource.name, '');
  const policies = call.world.orgPolicies
    .readAll()
    .flatMap(([name, policy]) => (name.startsWith(start) ? [policy] : []))
    .sort((a, b) => (a.constraint < b.constraint ? -1 : 1));
  const { items, nextPageToken } = paginate(policies, call.query, call.path, SIZES);
  return {
    policies: items.length ? items.map((policy) => showOrgPolicy(resource, policy)) : undefined,
    nextPageToken,
  };
};

export const getPolicy: Handler = (call) => {
  const resource = resourceWith(call, 'orgpolicy.policy.get');
  const policy = view(call, call.world.orgPolicies, policyKey(resource.name, constraintOf(call)));
  if (!policy) throw noPolicy();
  return showOrgPolicy(resource, policy);
};

/** What holds on the resource, from wherever it comes: without etag and conditions (discovery document). */
export const getEffectivePolicy: Handler = (call) => {
  const resource = resourceWith(call, 'orgpolicy.policy.get');
  const constraint = constraintOf(call);
  return {
    name: `${shownName(resource)}/policies/${constraint}`,
    spec: { rules: [{ enforce: isEnforced(call, resource, constraint) }] },
  };
};
