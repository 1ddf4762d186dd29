import * as z from 'zod';
import { checkBinding, checkSize } from './allow-policy-rules.ts';
import { policyOf, showPolicy } from './allow-policy.ts';
import type { Call } from './call.ts';
import { ApiError, invalidArgument } from './errors.ts';
import { EMPTY_POLICY_ETAG, etagOf } from './etag.ts';
import { pinMember } from './members.ts';
import type { Resource } from './resources.ts';
import type { Binding, Policy } from './world.ts';

const Expression = z.strictObject({
  title: z.string().default(''),
  description: z.string().optional(),
  expression: z.string(),
  location: z.string().optional(),
});

const PolicyBody = z.strictObject({
  version: z.int().optional(),
  etag: z.string().optional(),
  bindings: z
    .array(
      z.strictObject({
        role: z.string(),
        members: z.array(z.string()).optional(),
        condition: Expression.optional(),
        bindingId: z.string().optional(),
      }),
    )
    .optional(),
  auditConfigs: z
    .array(
      z.strictObject({
        service: z.string(),
        auditLogConfigs: z.array(
          z.strictObject({ logType: z.string(), exemptedMembers: z.array(z.string()).optional() }),
        ),
      }),
    )
    .optional(),
});

/** The body of :setIamPolicy, of every API. */
export const SetPolicyRequest = z.strictObject({ policy: PolicyBody, updateMask: z.string().optional() });

const CONFLICT =
  'There were concurrent policy changes. Please retry the whole read-modify-write with exponential backoff.';

/**
 * :setIamPolicy of any resource, once the caller is known to be allowed. Judged against the primary.
 * The mask is by default `bindings,etag`, so audit configs stay unless it names them (discovery document).
 * Throws 409 on a stale etag and 400 on lost conditions, unknown roles or members, and too many principals.
 */
export function setPolicy(call: Call, resource: Resource, request: z.infer<typeof SetPolicyRequest>): object {
  const { world } = call;
  const current = policyOf(world, resource);
  const wanted = request.policy;
  const mask = (request.updateMask ?? 'bindings,etag')
    .split(',')
    .map((path) => path.trim().replace(/^policy\./, ''));
  checkEtag(resource, current, wanted.etag);
  const keepsBindings = !mask.includes('bindings');
  const bindings = keepsBindings ? current.bindings : normalise(call, wanted.bindings ?? []);
  if (!keepsBindings) {
    checkVersion(current, bindings, wanted.version ?? 0);
    for (const binding of bindings) checkBinding(call, resource, current, binding);
    checkSize(bindings);
  }
  const audits = mask.includes('auditConfigs') || mask.includes('audit_configs');
  const next: Policy = {
    bindings,
    auditConfigs: audits ? (wanted.auditConfigs ?? []) : current.auditConfigs,
    stamp: world.stamp(),
  };
  world.policies.set(resource.name, next);
  return showPolicy(world, resource, next, wanted.version ?? 1);
}

function checkEtag(resource: Resource, current: Policy, etag: string | undefined): void {
  if (!etag) return; // Without one Google overwrites blindly.
  const expected =
    current.stamp === 0 && resource.level !== 'project' ? EMPTY_POLICY_ETAG : etagOf(current.stamp);
  // Clients write base64 with either alphabet.
  if (Buffer.from(etag, 'base64').equals(Buffer.from(expected, 'base64'))) return;
  throw new ApiError('ABORTED', CONFLICT, { legacyReason: 'aborted' });
}

/** Joins bindings of one role and condition, drops those without members and members named twice. */
function normalise(call: Call, bindings: z.infer<typeof PolicyBody>['bindings'] & {}): Binding[] {
  const joined = new Map<string, { role: string; members: Set<string>; condition?: Binding['condition'] }>();
  for (const { role, members = [], condition } of bindings) {
    const key = JSON.stringify([role, condition ?? null]);
    const binding = joined.get(key) ?? { role, members: new Set(), condition };
    for (const member of members) binding.members.add(pinMember(call.world, member));
    joined.set(key, binding);
  }
  return [...joined.values()]
    .filter(({ members }) => members.size > 0)
    .map(({ role, members, condition }) => ({
      role,
      members: [...members],
      ...(condition && { condition }),
    }));
}

function checkVersion(current: Policy, next: readonly Binding[], version: number): void {
  if (version !== 0 && version !== 1 && version !== 3)
    throw invalidArgument(`Invalid policy version: ${version}.`);
  const conditional = [...current.bindings, ...next].some((binding) => binding.condition);
  if (!conditional || version === 3) return;
  throw invalidArgument(
    `Specified policy version (${version}) cannot be less than the existing policy version (3). For more information, please refer to https://cloud.google.com/iam/docs/policies#versions`,
  );
}
