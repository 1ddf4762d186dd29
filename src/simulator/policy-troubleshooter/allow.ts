import { showPolicy } from '../allow-policy.ts';
import { accessTo, permissionsOf } from '../authorise.ts';
import type { Call } from '../call.ts';
import { view } from '../call.ts';
import { showMember } from '../members.ts';
import type { Resource } from '../resources.ts';
import { levelName, levelResource } from '../resources.ts';
import type { Binding } from '../world.ts';
import { conditionState, explainedCondition } from './condition.ts';
import type { State } from './states.ts';
import { membership, relevance, stateWord, together } from './states.ts';
import type { Subject } from './subject.ts';

/** Levels by the permission that reading their allow policies takes. */
const READING = {
  organization: 'resourcemanager.organizations.getIamPolicy',
  folder: 'resourcemanager.folders.getIamPolicy',
  project: 'resourcemanager.projects.getIamPolicy',
  resource: 'iam.serviceAccounts.getIamPolicy',
} as const;

/** A resource and what is above it, nearest first. */
export function levelsOf(call: Call, resource: Resource): readonly Resource[] {
  return resource.ancestors.flatMap((name) => {
    if (name === resource.name) return [resource];
    const [level = '', id = ''] = name.split('/');
    return levelResource(call.world, level, id) ?? [];
  });
}

/** The full name of a level, or of an account. */
export const fullName = (level: Resource): string =>
  level.level === 'resource'
    ? `//iam.googleapis.com/${level.name}`
    : `//cloudresourcemanager.googleapis.com/${levelName(level)}`;

/** Whether the caller may see what is in a role: Google's own, and custom ones it has iam.roles.get on. */
function sees(call: Call, role: string): boolean {
  const [level = '', id = ''] = role.split('/');
  const parent = level === 'roles' ? undefined : levelResource(call.world, level, id);
  return level === 'roles' || (parent !== undefined && accessTo(call, parent).holds('iam.roles.get'));
}

function explainBinding(call: Call, subject: Subject, binding: Binding): { state: State; shown: object } {
  const { names } = subject.as.access;
  const matched = binding.members.filter((member) => names.has(member));
  const seen = sees(call, binding.role);
  const included = permissionsOf(call, binding.role).has(subject.permission);
  const condition = conditionState(call, subject, binding.condition);
  const given: State = seen ? (included ? condition : 'no') : condition === 'no' ? 'no' : 'hidden';
  const state = matched.length > 0 ? given : 'no';
  const role = seen ? (included ? 'ROLE_PERMISSION_INCLUDED' : 'ROLE_PERMISSION_NOT_INCLUDED') : undefined;
  return {
    state,
    shown: {
      allowAccessState: stateWord('allow', state),
      role: binding.role,
      rolePermission: role ?? 'ROLE_PERMISSION_UNKNOWN_INFO',
      rolePermissionRelevance: relevance(included),
      combinedMembership: membership(matched.length > 0),
      memberships: Object.fromEntries(
        binding.members.map((member) => [
          showMember(call.world, member),
          membership(matched.includes(member)),
        ]),
      ),
      relevance: relevance(state !== 'no'),
      ...explainedCondition(binding.condition, condition),
    },
  };
}

/** How the allow policies of the resource and of all above it decide; those the caller may not read are only counted. */
export function explainAllow(call: Call, subject: Subject): { state: State; shown: object } {
  const explained = levelsOf(call, subject.resource).map((level): { state: State; shown: object } => {
    if (!accessTo(call, level).holds(READING[level.level]))
      return { state: 'hidden', shown: { allowAccessState: stateWord('allow', 'hidden') } };
    const policy = view(call, call.world.policies, level.name, 'policy');
    // In the order in which the policy is shown.
    const bindings = (policy?.bindings ?? []).toSorted((a, b) =>
      a.role < b.role ? -1 : a.role > b.role ? 1 : 0,
    );
    const found = bindings.map((binding) => explainBinding(call, subject, binding));
    const state = together(found.map((binding) => binding.state));
    const shown = {
      allowAccessState: stateWord('allow', state),
      fullResourceName: fullName(level),
      policy: policy && showPolicy(call.world, level, policy, 3),
      bindingExplanations: found.length ? found.map((binding) => binding.shown) : undefined,
      relevance: relevance(state !== 'no'),
    };
    return { state, shown };
  });
  const state = together(explained.map((level) => level.state));
  return {
    state,
    shown: {
      allowAccessState: stateWord('allow', state),
      explainedPolicies: explained.map((level) => level.shown),
      relevance: relevance(true),
    },
  };
}
