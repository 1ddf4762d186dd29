import * as z from 'zod';
import { readBody } from '../body.ts';
import { DEFAULT_VERSION, ENFORCEMENT_VERSIONS } from '../boundary-permissions.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { failedPrecondition, invalidArgument } from '../errors.ts';
import { digits } from '../random.ts';
import type { Handler } from '../router.ts';
import type { AccessBoundary } from '../world.ts';
import { checkDisplayName, enumField, metadata, newId, updateMask, validatesOnly } from './input.ts';
import { written } from './operation.ts';
import { absent, checkEtag, levelWith, taken } from './service.ts';
import { showBoundary } from './show.ts';

const MOST_POLICIES = 1000;
const MOST_RESOURCES = 500;

const PolicyBody = z.strictObject({
  ...metadata,
  details: z
    .strictObject({
      rules: z
        .array(
          z.strictObject({
            description: z.string().optional(),
            resources: z.array(z.string()).default([]),
            effect: enumField('EFFECT_UNSPECIFIED', 'ALLOW'),
          }),
        )
        .default([]),
      enforcementVersion: z.string().default(''),
    })
    .optional(),
});

type Details = Pick<AccessBoundary, 'rules' | 'enforcementVersion'>;

/** The name of a boundary of an organisation. */
export const boundaryName = (organization: string, id: string): string =>
  `organizations/${organization}/locations/global/principalAccessBoundaryPolicies/${id}`;

/** Checks what a policy says (limits: IAM v3's messages; the texts are [U]). No version is the default one. */
function readDetails(sent: z.infer<typeof PolicyBody>['details']): Details {
  const rules = sent?.rules ?? [];
  if (rules.length === 0) throw invalidArgument('The policy must have at least one rule.');
  if (rules.length > 500) throw invalidArgument('The policy has more than 500 rules.');
  const resources = rules.flatMap((rule) => rule.resources);
  if (resources.length > MOST_RESOURCES) throw invalidArgument('The policy has more than 500 resources.');
  for (const resource of resources)
    if (
      !/^\/\/cloudresourcemanager\.googleapis\.com\/(?:projects|folders|organizations)\/[^/]+$/.test(resource)
    )
      throw invalidArgument(`Invalid resource ${resource}.`);
  for (const { description = '', effect, resources: own } of rules) {
    if (effect !== 'ALLOW') throw invalidArgument('The effect of a rule must be ALLOW.');
    if (own.length === 0) throw invalidArgument('A rule must have resources.');
    if (description.length > 256)
      throw invalidArgument('The description of a rule has more than 256 characters.');
  }
  const enforcementVersion = sent?.enforcementVersion || DEFAULT_VERSION;
  if (!ENFORCEMENT_VERSIONS.includes(enforcementVersion))
    throw invalidArgument(`Invalid enforcement version ${enforcementVersion}.`);
  return {
    rules: rules.map(({ description, resources: own }) => ({ description, resources: own })),
    enforcementVersion,
  };
}

/** The boundary of a call at the primary, on whose organisation the caller holds the permission. */
function permitted(call: Call, verb: 'delete' | 'update'): AccessBoundary {
  levelWith(call, `iam.principalaccessboundarypolicies.${verb}`);
  const name = boundaryName(param(call, 'organization'), param(call, 'policy'));
  const policy = call.world.accessBoundaries.get(name);
  if (!policy) throw absent();
  return policy;
}

export const createBoundary: Handler = (call) => {
  const { world } = call;
  levelWith(call, 'iam.principalaccessboundarypolicies.create');
  const sent = readBody(call, PolicyBody);
  const organization = param(call, 'organization');
  const name = boundaryName(organization, newId(call, 'principalAccessBoundaryPolicyId'));
  checkDisplayName(sent.displayName);
  const details = readDetails(sent.details);
  if (world.accessBoundaries.get(name)) throw taken();
  const start = boundaryName(organization, '');
  const count = [...world.accessBoundaries.values()].filter((other) => other.name.startsWith(start)).length;
  if (count >= MOST_POLICIES)
    throw failedPrecondition(
      `The organization has ${MOST_POLICIES} principal access boundary policies already.`,
    );
  const stamp = world.stamp();
  const { displayName, annotations } = sent;
  const uid = `puid_${digits(19, world.seed, name, stamp)}`;
  const policy = { name, uid, displayName, annotations, ...details, created: stamp, stamp };
  if (!validatesOnly(call)) world.accessBoundaries.set(name, policy);
  return written(call, name, 'create', 'PrincipalAccessBoundaryPolicy', showBoundary(policy));
};

export const patchBoundary: Handler = (call) => {
  const before = permitted(call, 'update');
  const sent = readBody(call, PolicyBody);
  checkEtag(before.stamp, sent.etag);
  const sets = updateMask(call, [
    'displayName',
    'annotations',
    'details.rules',
    'details.enforcementVersion',
  ]);
  checkDisplayName(sent.displayName);
  const current = {
    rules: before.rules.map((rule) => ({
      ...rule,
      resources: [...rule.resources],
      effect: 'ALLOW' as const,
    })),
    enforcementVersion: before.enforcementVersion,
  };
  const details = readDetails({
    rules: sets('details.rules') ? (sent.details?.rules ?? []) : current.rules,
    enforcementVersion: sets('details.enforcementVersion')
      ? (sent.details?.enforcementVersion ?? '')
      : current.enforcementVersion,
  });
  const policy = {
    ...before,
    ...details,
    displayName: sets('displayName') ? sent.displayName : before.displayName,
    annotations: sets('annotations') ? sent.annotations : before.annotations,
    stamp: call.world.stamp(),
  };
  if (!validatesOnly(call)) call.world.accessBoundaries.set(policy.name, policy);
  return written(call, policy.name, 'update', 'PrincipalAccessBoundaryPolicy', showBoundary(policy));
};

/** Refused while bindings refer to it, unless forced; then they go, too ([U] when: Google cleans up "automatically"). */
export const deleteBoundary: Handler = (call) => {
  const { world } = call;
  const policy = permitted(call, 'delete');
  checkEtag(policy.stamp, call.query.get('etag'));
  const bindings = [...world.policyBindings.values()].filter((binding) => binding.policy === policy.name);
  if (bindings.length > 0 && call.query.get('force') !== 'true')
    throw failedPrecondition('The policy is referenced in policy bindings.'); // [U] the text.
  if (!validatesOnly(call)) {
    world.accessBoundaries.delete(policy.name);
    for (const { name } of bindings) world.policyBindings.delete(name);
  }
  return written(call, policy.name, 'delete', undefined);
};
