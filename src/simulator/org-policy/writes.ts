import * as z from 'zod';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { ApiError, invalidArgument } from '../errors.ts';
import type { Resource } from '../resources.ts';
import { findProject } from '../resources.ts';
import type { Handler } from '../router.ts';
import type { OrgPolicy, OrgPolicySpec } from '../world.ts';
import { isConstraint } from './constraints.ts';
import { policyKey } from './effective.ts';
import { constraintOf, noPolicy, resourceWith } from './resources.ts';
import { orgPolicyEtag, showOrgPolicy } from './show.ts';

const Spec = z.strictObject({
  etag: z.string().optional(),
  updateTime: z.string().optional(),
  rules: z
    .array(
      z.strictObject({
        enforce: z.boolean().optional(),
        condition: z
          .strictObject({
            title: z.string().optional(),
            description: z.string().optional(),
            expression: z.string(),
            location: z.string().optional(),
          })
          .optional(),
        values: z.unknown().optional(),
        allowAll: z.boolean().optional(),
        denyAll: z.boolean().optional(),
        parameters: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .default([]),
  inheritFromParent: z.boolean().optional(),
  reset: z.boolean().optional(),
});

const PolicyBody = z.strictObject({
  name: z.string().default(''),
  etag: z.string().optional(),
  spec: Spec.optional(),
  dryRunSpec: Spec.optional(),
  alternate: z.unknown().optional(),
});

/**
 * Checks a spec by the rules for boolean constraints (discovery document): one rule without a condition, the others the
 * opposite of it; `reset` stands alone; what is for lists is refused. [U] the texts.
 */
function readSpec(sent: z.infer<typeof Spec> | undefined, stamp: number): OrgPolicySpec | undefined {
  if (!sent) return undefined;
  const rules = sent.rules.map((rule) => {
    if (rule.enforce === undefined || rule.values !== undefined)
      throw invalidArgument('Rules of a policy for a boolean constraint must set `enforce`.');
    return { enforce: rule.enforce, condition: rule.condition, parameters: rule.parameters };
  });
  if (sent.inheritFromParent)
    throw invalidArgument(
      '`inherit_from_parent` can be set only for policies that configure list constraints.',
    );
  if (sent.reset) {
    if (rules.length > 0) throw invalidArgument('If `reset` is set, `rules` must be empty.');
    return { rules, reset: true, stamp };
  }
  const [plain, ...more] = rules.filter((rule) => !rule.condition);
  if (!plain || more.length > 0)
    throw invalidArgument('There must be exactly one policy rule where a condition is unset.');
  if (rules.some((rule) => rule.condition && rule.enforce === plain.enforce))
    throw invalidArgument(
      'Policy rules with conditions must set `enforced` to the opposite of the policy rule without a condition.',
    );
  return { rules, reset: false, stamp };
}

/** The constraint that a new policy's name is for; the name must be of the resource, by project ID or number. */
function constraintIn(call: Call, resource: Resource, name: string): string {
  const [, parent = '', constraint = ''] = /^([a-z]+\/[^/]+)\/policies\/([^/]+)$/.exec(name) ?? [];
  const project = parent.startsWith('projects/') && findProject(call.world, parent.slice('projects/'.length));
  if (resource.name !== (project ? `projects/${project.id}` : parent))
    throw invalidArgument('Request contains an invalid argument.');
  if (!isConstraint(call.world, constraint)) throw noPolicy();
  return constraint;
}

const write = (call: Call, resource: Resource, policy: OrgPolicy): object => {
  call.world.orgPolicies.set(policyKey(resource.name, policy.constraint), policy);
  return showOrgPolicy(resource, policy);
};

function checkEtag(policy: OrgPolicy, ...sent: readonly (string | null | undefined)[]): void {
  const is = orgPolicyEtag(policy.stamp);
  if (sent.every((etag) => !etag || Buffer.from(etag, 'base64').equals(Buffer.from(is, 'base64')))) return;
  throw new ApiError('ABORTED', 'The etag does not match the one of the policy.'); // [U] the text.
}

/** POST of a policy. Answers it. */
export const createPolicy: Handler = (call) => {
  const resource = resourceWith(call, 'orgpolicy.policies.create');
  const sent = readBody(call, PolicyBody);
  const constraint = constraintIn(call, resource, sent.name);
  if (call.world.orgPolicies.get(policyKey(resource.name, constraint)))
    throw new ApiError('ALREADY_EXISTS', 'Requested entity already exists');
  const stamp = call.world.stamp();
  return write(call, resource, {
    constraint,
    spec: readSpec(sent.spec, stamp),
    dryRunSpec: readSpec(sent.dryRunSpec, stamp),
    stamp,
  });
};

/** PATCH of a policy: overwrites both specs, or the one that the mask names (discovery document). */
export const patchPolicy: Handler = (call) => {
  const resource = resourceWith(call, 'orgpolicy.policies.update');
  const sent = readBody(call, PolicyBody);
  const constraint = constraintOf(call);
  const policy = call.world.orgPolicies.get(policyKey(resource.name, constraint));
  if (!policy) throw noPolicy();
  checkEtag(policy, sent.etag, sent.spec?.etag);
  const mask = (call.query.get('updateMask') ?? '*')
    .split(',')
    .map((path) => path.trim().replace(/^policy\./, ''));
  const masked = (...names: string[]) => ['*', ...names].some((name) => mask.includes(name));
  const stamp = call.world.stamp();
  return write(call, resource, {
    constraint,
    spec: masked('spec') ? readSpec(sent.spec, stamp) : policy.spec,
    dryRunSpec: masked('dryRunSpec', 'dry_run_spec') ? readSpec(sent.dryRunSpec, stamp) : policy.dryRunSpec,
    stamp,
  });
};

/** DELETE of a policy: what is set above counts again. Answers `{}` (recorded). */
export const deletePolicy: Handler = (call) => {
  const resource = resourceWith(call, 'orgpolicy.policies.delete');
  const key = policyKey(resource.name, constraintOf(call));
  const policy = call.world.orgPolicies.get(key);
  if (!policy) throw noPolicy();
  checkEtag(policy, call.query.get('etag'));
  call.world.orgPolicies.delete(key);
  return {};
};
