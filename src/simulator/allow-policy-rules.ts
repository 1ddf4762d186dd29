import type { Call } from './call.ts';
import { grantableAt } from './catalog-roles.ts';
import { ApiError, invalidArgument } from './errors.ts';
import { missingMember, wrongPoolMember } from './members.ts';
import type { Resource } from './resources.ts';
import type { Binding, Policy } from './world.ts';

const MAX_PRINCIPALS = 1500;
const MAX_GROUPS = 250;

/**
 * Refuses a binding with members, a role or a condition that cannot be (400). What is in the policy already is let be:
 * only what is new is checked.
 */
export function checkBinding(call: Call, resource: Resource, current: Policy, binding: Binding): void {
  const { world, conditions } = call;
  const before = current.bindings
    .filter(({ role }) => role === binding.role)
    .flatMap(({ members }) => members);
  const added = binding.members.filter((member) => !before.includes(member));
  for (const member of added) {
    if (!/^(?:allUsers|allAuthenticatedUsers|[a-zA-Z]+:.+|principal(?:Set)?:\/\/.+)$/.test(member))
      throw invalidArgument(`Invalid principal ${member}.`, []); // [U] the text.
    const missing = missingMember(world, member) ?? wrongPoolMember(call, member);
    if (missing) throw new ApiError('INVALID_ARGUMENT', missing, { legacyReason: 'badRequest' });
  }
  const invited = binding.role === 'roles/owner' && added.find((member) => member.startsWith('user:'));
  if (invited && !resource.ancestors.some((name) => name.startsWith('organizations/')))
    throw mustInvite(invited);
  if (added.length > 0 && !isGrantable(call, resource, binding.role))
    throw invalidArgument(`Role ${binding.role} is not supported for this resource.`);
  const expression = binding.condition?.expression;
  const known = current.bindings.some(({ condition }) => condition?.expression === expression);
  const problem = expression !== undefined && !known && conditions.problem(expression);
  if (problem) throw invalidArgument(`Condition expression compilation failed: ${problem}`); // [U] the text.
}

/** Predefined roles between their lowest and highest level; live custom roles of the resource or of its organisation. */
function isGrantable(call: Call, resource: Resource, role: string): boolean {
  const predefined = call.world.catalog.roles.get(role);
  if (predefined) return grantableAt(predefined, resource.level);
  const custom = call.world.roles.get(role);
  if (!custom || custom.deletedAt !== undefined) return false;
  return resource.ancestors.some((ancestor) => role.startsWith(`${ancestor}/roles/`));
}

/** An owner of a project outside every organisation must be invited in the console (pasted 2020). */
function mustInvite(member: string): ApiError {
  const type = 'type.googleapis.com/google.cloudresourcemanager.v1.ProjectIamPolicyError';
  return invalidArgument('Request contains an invalid argument.', [
    { '@type': type, type: 'SOLO_MUST_INVITE_OWNERS', member, role: 'roles/owner' },
  ]);
}

/** Refuses more than 1,500 principals, each counted as often as it is bound, or 250 groups (IAM quotas). */
export function checkSize(bindings: readonly Binding[]): void {
  const members = bindings.flatMap((binding) => binding.members);
  const tooMany = (count: number, most: number, what: string) =>
    invalidArgument(
      `The number of ${what} in the policy (${count.toLocaleString('en-US')}) is larger than the maximum allowed size ${most.toLocaleString('en-US')}.`,
    );
  if (members.length > MAX_PRINCIPALS) throw tooMany(members.length, MAX_PRINCIPALS, 'members');
  const groups = members.filter((member) => member.startsWith('group:'));
  if (groups.length > MAX_GROUPS) throw tooMany(groups.length, MAX_GROUPS, 'groups'); // [U] the word "groups".
}
