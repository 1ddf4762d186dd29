import { param, view } from '../call.ts';
import { paginate } from '../paging.ts';
import type { Handler } from '../router.ts';
import { boundaryName } from './policies.ts';
import { absent, levelWith } from './service.ts';
import { showBinding, showBoundary } from './show.ts';

/** Sizes of pages (IAM v3's messages). */
export const SIZES = { usual: 50, largest: 1000 };

export const getBoundary: Handler = (call) => {
  levelWith(call, 'iam.principalaccessboundarypolicies.get');
  const name = boundaryName(param(call, 'organization'), param(call, 'policy'));
  const policy = view(call, call.world.accessBoundaries, name);
  if (!policy) throw absent();
  return showBoundary(policy);
};

export const listBoundaries: Handler = (call) => {
  levelWith(call, 'iam.principalaccessboundarypolicies.list');
  const start = boundaryName(param(call, 'organization'), '');
  const all = call.world.accessBoundaries.readAll().filter(([name]) => name.startsWith(start));
  const { items, nextPageToken } = paginate(all, call.query, call.path, SIZES);
  return {
    principalAccessBoundaryPolicies: items.length
      ? items.map(([, policy]) => showBoundary(policy))
      : undefined,
    nextPageToken,
  };
};

/** The bindings of a policy, wherever they are; who may search may see them ([U] that it takes nothing else). */
export const searchPolicyBindings: Handler = (call) => {
  levelWith(call, 'iam.principalaccessboundarypolicies.searchPolicyBindings');
  const name = boundaryName(param(call, 'organization'), param(call, 'policy'));
  if (!view(call, call.world.accessBoundaries, name)) throw absent();
  const all = call.world.policyBindings.readAll().filter(([, { policy }]) => policy === name);
  const { items, nextPageToken } = paginate(all, call.query, call.path, SIZES);
  return {
    policyBindings: items.length ? items.map(([, binding]) => showBinding(binding)) : undefined,
    nextPageToken,
  };
};
