import * as z from 'zod';
import { demand } from '../authorise.ts';
import { readBody } from '../body.ts';
import { boundaryProblem } from '../boundary-conditions.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { failedPrecondition, iamDenied, invalidArgument } from '../errors.ts';
import { digits } from '../random.ts';
import type { Resource } from '../resources.ts';
import { levelName, levelResource } from '../resources.ts';
import type { Handler } from '../router.ts';
import type { AccessBoundary, PolicyBinding } from '../world.ts';
import { checkDisplayName, enumField, metadata, newId, updateMask, validatesOnly } from './input.ts';
import { written } from './operation.ts';
import { absent, askedLevel, checkEtag, taken } from './service.ts';
import { showBinding } from './show.ts';
import type { Target } from './target.ts';
import { targetOf } from './target.ts';

const MOST_ON_TARGET = 10;

const BindingBody = z.strictObject({
  ...metadata,
  target: z.strictObject({ principalSet: z.string().default('') }).optional(),
  policyKind: enumField('POLICY_KIND_UNSPECIFIED', 'PRINCIPAL_ACCESS_BOUNDARY'),
  policy: z.string().default(''),
  policyUid: z.string().optional(),
  condition: z
    .strictObject({
      title: z.string().default(''),
      description: z.string().optional(),
      expression: z.string().default(''),
      location: z.string().optional(),
    })
    .optional(),
});

/** The level of a call, absent and forbidden alike. */
function levelOf(call: Call, permission: string): Resource {
  const [level, id] = askedLevel(call);
  const resource = levelResource(call.world, level, id);
  if (!resource) throw iamDenied(permission, `${level}/${id}`);
  if (param(call, 'location') !== 'global') throw invalidArgument('The only supported location is global.'); // [U]
  return resource;
}

/** The name of a binding at a level. */
export const bindingName = (level: Resource, id: string): string =>
  `${levelName(level)}/locations/global/policyBindings/${id}`;

/** Callers need a permission on the target and one on the policy (IAM v3's messages; which: IAM docs). */
function demandBoth(
  call: Call,
  level: Resource,
  { type }: Pick<Target, 'type'>,
  verb: 'create' | 'delete' | 'update',
  policy: string,
): void {
  demand(call, `${type}.${verb}PolicyBinding`, level, level.name);
  const organization = levelResource(call.world, 'organizations', policy.split('/')[1] ?? '');
  const permission = `iam.principalaccessboundarypolicies.${verb === 'delete' ? 'unbind' : 'bind'}`;
  if (!organization) throw iamDenied(permission, policy);
  demand(call, permission, organization, organization.name);
}

/** The boundary that a new binding is to bind, of the organisation that the level is in ([U] the texts). */
function boundaryFor(call: Call, level: Resource, policy: string): AccessBoundary {
  const parts = /^(organizations\/[^/]+)\/locations\/global\/principalAccessBoundaryPolicies\/[^/]+$/.exec(
    policy,
  );
  if (!parts) throw invalidArgument(`Invalid policy ${policy}.`);
  if (level.ancestors.at(-1) !== parts[1])
    throw invalidArgument('The policy and the parent of the binding must belong to the same organization.');
  const found = call.world.accessBoundaries.get(policy);
  if (!found) throw absent();
  return found;
}

function checkCondition(condition: PolicyBinding['condition']): void {
  const problem = condition && boundaryProblem(condition.expression);
  if (problem) throw invalidArgument(`Condition expression compilation failed: ${problem}`); // [U] the text.
}

export const createBinding: Handler = (call) => {
  const { world } = call;
  const level = levelOf(call, 'iam.principalaccessboundarypolicies.bind');
  const sent = readBody(call, BindingBody);
  const full = sent.target?.principalSet ?? '';
  const target = targetOf(world, level, full);
  // Before what it takes is known, only who may bind something here is told what is wrong.
  demandBoth(call, level, target ?? { type: `resourcemanager.${level.level}s` }, 'create', sent.policy);
  if (!target) throw invalidArgument(`Invalid target ${full}.`); // [U] the text.
  const { uid: policyUid, name: policy } = boundaryFor(call, level, sent.policy);
  const name = bindingName(level, newId(call, 'policyBindingId'));
  checkDisplayName(sent.displayName);
  checkCondition(sent.condition);
  if (world.policyBindings.get(name)) throw taken();
  const there = [...world.policyBindings.values()].filter((other) => other.target === target.set);
  if (there.length >= MOST_ON_TARGET)
    throw failedPrecondition(`${MOST_ON_TARGET} policies are bound to the target already.`); // [U] the text.
  const stamp = world.stamp();
  const { displayName, annotations, condition } = sent;
  const uid = `buid_${digits(20, world.seed, name, stamp)}`;
  const binding: PolicyBinding = {
    ...{ name, uid, displayName, annotations, policy, policyUid, condition },
    target: target.set,
    created: stamp,
    stamp,
  };
  if (!validatesOnly(call)) world.policyBindings.set(name, binding);
  return written(call, name, 'create', 'PolicyBinding', showBinding(binding));
};

/** The binding of a call at the primary, which the caller may change or remove. */
function permitted(call: Call, level: Resource, verb: 'delete' | 'update'): PolicyBinding {
  const binding = call.world.policyBindings.get(bindingName(level, param(call, 'binding')));
  const type = `resourcemanager.${level.level}s`;
  if (!binding) {
    demand(call, `${type}.${verb}PolicyBinding`, level, level.name);
    throw absent();
  }
  demandBoth(call, level, targetOf(call.world, level, binding.target) ?? { type }, verb, binding.policy);
  return binding;
}

const CONDITION_FIELDS = ['title', 'description', 'expression', 'location'] as const;

/** A condition of which some fields are set anew: none when nothing is left of it. */
function changedCondition(
  before: PolicyBinding['condition'],
  sent: PolicyBinding['condition'],
  sets: (field: string) => boolean,
): PolicyBinding['condition'] {
  const of = (field: (typeof CONDITION_FIELDS)[number]) => (sets(field) ? sent : before)?.[field];
  const [title = '', description, expression = '', location] = CONDITION_FIELDS.map(of);
  return title || expression ? { title, description, expression, location } : undefined;
}

/** PATCH of a binding: what it binds to what cannot change (IAM v3's messages; [U] the text). */
export const patchBinding: Handler = (call) => {
  const level = levelOf(call, 'iam.policybindings.get');
  const before = permitted(call, level, 'update');
  const sent = readBody(call, BindingBody);
  checkEtag(before.stamp, sent.etag);
  const fixed =
    (sent.policy === '' || sent.policy === before.policy) &&
    (!sent.target?.principalSet ||
      targetOf(call.world, level, sent.target.principalSet)?.set === before.target);
  if (!fixed) throw invalidArgument('The target and the policy of a binding cannot be changed.');
  const sets = updateMask(call, [
    ...['displayName', 'annotations', 'target.principalSet', 'policy', 'policyKind'],
    ...CONDITION_FIELDS.map((field) => `condition.${field}`),
  ]);
  checkDisplayName(sent.displayName);
  const condition = changedCondition(before.condition, sent.condition, (field) => sets(`condition.${field}`));
  checkCondition(condition);
  const binding: PolicyBinding = {
    ...before,
    displayName: sets('displayName') ? sent.displayName : before.displayName,
    annotations: sets('annotations') ? sent.annotations : before.annotations,
    condition,
    stamp: call.world.stamp(),
  };
  if (!validatesOnly(call)) call.world.policyBindings.set(binding.name, binding);
  return written(call, binding.name, 'update', 'PolicyBinding', showBinding(binding));
};

export const deleteBinding: Handler = (call) => {
  const binding = permitted(call, levelOf(call, 'iam.policybindings.get'), 'delete');
  checkEtag(binding.stamp, call.query.get('etag'));
  if (!validatesOnly(call)) call.world.policyBindings.delete(binding.name);
  return written(call, binding.name, 'delete', undefined);
};
