import * as z from 'zod';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { microTimestamp } from '../clock.ts';
import { ApiError, invalidArgument } from '../errors.ts';
import { showOperation, startOperation } from '../operations.ts';
import { fraction } from '../random.ts';
import type { Resource } from '../resources.ts';
import type { Handler } from '../router.ts';
import type { DenyPolicy, World } from '../world.ts';
import { attachmentWith, policiesName } from './attachment.ts';
import { absent } from './reads.ts';
import { PolicyRule, readRules } from './rules.ts';
import { policyEtag, showDenyPolicy } from './show.ts';

const MOST_POLICIES = 500; // [U]
const ID = /^[a-z][a-z0-9.-]{2,62}$/;
const V2 = 'type.googleapis.com/google.iam.v2';

const PolicyBody = z.strictObject({
  name: z.string().optional(),
  uid: z.string().optional(),
  kind: z.string().optional(),
  /** Of the client's message; not in the discovery document, and without effect here. */
  managingAuthority: z.string().optional(),
  displayName: z.string().optional(),
  annotations: z.record(z.string(), z.string()).default({}),
  etag: z.string().optional(),
  createTime: z.string().optional(),
  updateTime: z.string().optional(),
  deleteTime: z.string().optional(),
  rules: z.array(PolicyRule).default([]),
});

/** Lengths of the discovery document; [U] the texts. */
function readPolicy(call: Call): z.infer<typeof PolicyBody> {
  const sent = readBody(call, PolicyBody);
  if ((sent.displayName ?? '').length > 63)
    throw invalidArgument('The display name has more than 63 characters.');
  for (const [key, value] of Object.entries(sent.annotations))
    if (key.length > 63 || value.length > 255)
      throw invalidArgument(`The annotation ${key} is too long: keys have up to 63 characters, values 255.`);
  return sent;
}

const policiesAt = (world: World, resource: Resource): readonly DenyPolicy[] =>
  world.denyPolicies.get(resource.name) ?? [];

/** The policy of the call at the primary. 404 when it is not there, 409 when an etag was sent that is not its own. */
function current(call: Call, resource: Resource, etag: string | null | undefined): DenyPolicy {
  const id = param(call, 'policy');
  const policy = policiesAt(call.world, resource).find((candidate) => candidate.id === id);
  if (!policy) throw absent();
  // Clients write base64 with either alphabet. [U] the text.
  const same = !etag || Buffer.from(etag, 'base64').equals(Buffer.from(policyEtag(policy.stamp), 'base64'));
  if (same) return policy;
  throw new ApiError('ABORTED', 'The etag does not match the one of the policy.');
}

/** Keeps the policies of a resource as they are now, and answers an operation whose response shows one of them. */
function write(
  call: Call,
  resource: Resource,
  next: readonly DenyPolicy[],
  shown: DenyPolicy,
  more = {},
): object {
  const { world } = call;
  world.denyPolicies.set(resource.name, next);
  const id = [0, 1].map((part) =>
    Math.floor(fraction(world.seed, 'deny', world.operations.size, part) * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  );
  const response = { '@type': `${V2}.Policy`, ...showDenyPolicy(world, resource, shown), ...more };
  return showOperation(
    startOperation(world, 'policy', {
      name: `${policiesName(resource)}/${shown.id}/operations/${id.join('')}`,
      metadata: { '@type': `${V2}.PolicyOperationMetadata`, createTime: microTimestamp(world.stamp()) },
      finish: () => ({ response }),
    }),
  );
}

/** POST of a policy; its ID is in the query. */
export const createPolicy: Handler = (call) => {
  const { world } = call;
  const resource = attachmentWith(call, 'create');
  const sent = readPolicy(call);
  const id = call.query.get('policyId') ?? '';
  if (!ID.test(id)) throw invalidArgument(`Invalid policy ID ${id}.`); // [U] the text.
  const rules = readRules(call, sent.rules);
  const policies = policiesAt(world, resource);
  if (policies.some((policy) => policy.id === id))
    throw new ApiError('ALREADY_EXISTS', 'Requested entity already exists');
  if (policies.length >= MOST_POLICIES)
    throw invalidArgument(`There are ${MOST_POLICIES} deny policies on the resource already.`);
  const stamp = world.stamp();
  const { displayName, annotations } = sent;
  const policy = { id, uid: world.newUid(), displayName, annotations, rules, created: stamp, stamp };
  return write(call, resource, [...policies, policy], policy);
};

/** PUT of a policy: its rules and display name, nothing else, can change (discovery document). */
export const updatePolicy: Handler = (call) => {
  const { world } = call;
  const resource = attachmentWith(call, 'update');
  const sent = readPolicy(call);
  const before = current(call, resource, sent.etag);
  const rules = readRules(call, sent.rules);
  const policy = { ...before, displayName: sent.displayName, rules, stamp: world.stamp() };
  const next = policiesAt(world, resource).map((other) => (other === before ? policy : other));
  return write(call, resource, next, policy);
};

/** DELETE of a policy, for good. */
export const deletePolicy: Handler = (call) => {
  const { world } = call;
  const resource = attachmentWith(call, 'delete');
  const policy = current(call, resource, call.query.get('etag'));
  const next = policiesAt(world, resource).filter((other) => other !== policy);
  return write(call, resource, next, policy, { deleteTime: microTimestamp(world.stamp()) });
};
