import type { BoundaryPolicy, PolicyBinding } from '../google/access-boundaries.ts';
import { commandLine } from '../steps/shell.ts';
import { levelInWords, levelsInWords, type Blocked, type Lineage } from './blocked.ts';
import type { Cause, Evidence } from './cause.ts';

/** A binding of the account, with the policy that it binds. */
export interface Bound {
  /** Whose principals it binds: `projects/NUMBER`, `folders/N` or `organizations/N`. */
  level: string;
  binding: PolicyBinding;
  policy: BoundaryPolicy;
}

const RESOURCE_MANAGER = '//cloudresourcemanager.googleapis.com/';

/**
 * Boundaries that bind the account, none of which reaches the project: which binding, which policy, what its rules reach.
 * @param unsure there are others that could not be read, and might reach it
 */
export function keptOut(
  { project, email, permissions }: Blocked,
  { number }: Lineage,
  bound: readonly [Bound, ...Bound[]],
  unsure = false,
): Cause {
  const [first, ...others] = bound;
  const reach = levelsInWords([...new Set(bound.flatMap(({ policy }) => reachOf(policy)))]) || 'nothing';
  const organization = /^organizations\/(\d+)\//u.exec(first.policy.name)?.[1] ?? '';
  const resource = `${RESOURCE_MANAGER}projects/${number ?? project}`;
  const by = bound
    .map(
      ({ level, binding, policy }) =>
        `${named(policy)}, which the binding ${idIn(binding.name)} lays on the accounts of ${levelInWords(level)}`,
    )
    .join(' and ');
  return {
    kind: 'outside-boundary',
    permissions,
    what: `${email} may reach ${reach} only, by the principal access boundary ${by}; ${project} is outside${unsure ? ', unless a boundary that you may not read reaches it' : ''}`,
    remedy: `whoever holds roles/iam.principalAccessBoundaryAdmin on the organisation ${organization} can add ${resource} to the rules of ${idIn(first.policy.name)}, or leave the account out by a condition on the binding`,
    command: commandLine(
      ...['gcloud', 'iam', 'principal-access-boundary-policies', 'update', idIn(first.policy.name)],
      ...[`--organization=${organization}`, '--location=global'],
      `--add-details-rules=effect=ALLOW,resources=${resource}`,
    ),
    evidence: [
      bindingEvidence(first),
      policyEvidence(first),
      ...others.flatMap((each) => [bindingEvidence(each), policyEvidence(each)]),
    ],
  };
}

function bindingEvidence({ level, binding }: Bound): Evidence {
  return {
    call: `iam ${level.split('/')[0] ?? ''}.policyBindings.searchTargetPolicyBindings`,
    resource: level,
    said: `${binding.name} binds ${binding.principalSet} to ${binding.policy}${binding.condition ? `, if ${binding.condition.expression}` : ''}`,
  };
}

function policyEvidence({ policy }: Bound): Evidence {
  const { name, enforcementVersion } = policy;
  return {
    call: 'iam principalAccessBoundaryPolicies.get',
    resource: name,
    said: `its rules reach ${reachOf(policy).join(', ') || 'nothing'}${enforcementVersion ? `; enforcement version ${enforcementVersion}` : ''}`,
  };
}

function reachOf({ rules }: BoundaryPolicy): string[] {
  return rules.flatMap(({ resources }) => resources.map((name) => name.replace(RESOURCE_MANAGER, '')));
}

function named({ name, displayName }: BoundaryPolicy): string {
  return displayName === undefined ? idIn(name) : `${idIn(name)} ("${displayName}")`;
}

function idIn(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
