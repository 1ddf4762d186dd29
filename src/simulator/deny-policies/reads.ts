import type { Call } from '../call.ts';
import { param, view } from '../call.ts';
import { notFound } from '../errors.ts';
import { showOperation } from '../operations.ts';
import { paginate } from '../paging.ts';
import type { Resource } from '../resources.ts';
import type { Handler } from '../router.ts';
import type { DenyPolicy } from '../world.ts';
import { attachmentWith, policiesName } from './attachment.ts';
import { showDenyPolicy, showMetadata } from './show.ts';

/** The 404 for what is not there ([U] the text). */
export const absent = () => notFound('Requested entity was not found.');

const seen = (call: Call, resource: Resource): readonly DenyPolicy[] =>
  view(call, call.world.denyPolicies, resource.name) ?? [];

/** Without rules; the size of a page that is asked for is ignored (both: discovery document). */
export const listPolicies: Handler = (call) => {
  const resource = attachmentWith(call, 'list');
  const query = new URLSearchParams({ pageToken: call.query.get('pageToken') ?? '' });
  const all = seen(call, resource);
  const { items, nextPageToken } = paginate(all, query, policiesName(resource), {
    usual: 1000,
    largest: 1000,
  });
  return {
    policies: items.length ? items.map((policy) => showMetadata(resource, policy)) : undefined,
    nextPageToken,
  };
};

export const getPolicy: Handler = (call) => {
  const resource = attachmentWith(call, 'get');
  const id = param(call, 'policy');
  const policy = seen(call, resource).find((candidate) => candidate.id === id);
  if (!policy) throw absent();
  return showDenyPolicy(call.world, resource, policy);
};

/** GET of an operation ([U] which permission it takes). */
export const getOperation: Handler = (call) => {
  const resource = attachmentWith(call, 'get');
  const name = `${policiesName(resource)}/${param(call, 'policy')}/operations/${param(call, 'operation')}`;
  const operation = call.world.operations.get(name);
  if (!operation) throw absent();
  return showOperation(operation);
};
