import type { DenyPolicy, DenyRule } from '../google/deny-policies.ts';
import type { Troubleshooting } from '../google/troubleshooter.ts';
import { commandLine, quoted } from '../steps/shell.ts';
import { levelInWords, levelsInWords, listed } from './blocked.ts';
import type { Cause, Unread } from './cause.ts';
import { deniablePrincipal } from './deny-principal.ts';
import type { RuleReading } from './deny-rule.ts';

/** A rule of a deny policy, where it stands. */
export interface RulePlace {
  /** What the policy is attached to: `organizations/N`, … */
  level: string;
  /** Where the role that mends it is granted: on the organisation, where there is one (IAM docs, roles/iam.denyAdmin). */
  keeper: string;
  policy: DenyPolicy;
  /** Of the rule in the policy, counted from 1. */
  number: number;
  rule: DenyRule;
}

/** A rule that takes permissions: where it is, why it reaches the account, and the exception that is missing. */
export function taken(place: RulePlace, reading: RuleReading, email: string): Cause {
  const { level, keeper, policy, number, rule } = place;
  const permissions = [...reading.takes.keys()];
  const denies = `denies ${[...new Set(reading.takes.values())].join(', ')} to ${reading.principal ?? email}`;
  const exception = deniablePrincipal(email);
  return {
    kind: 'denied',
    permissions,
    what: `the deny policy ${named(policy)} on ${levelInWords(level)} takes ${amount(permissions)} from ${email}: its rule ${number} ${denies}`,
    remedy: `whoever holds roles/iam.denyAdmin on ${levelInWords(keeper)} can add ${exception} to the exceptionPrincipals of rule ${number}`,
    command: exceptCommand(place, exception),
    evidence: [
      {
        call: 'iam policies.get',
        resource: decodeURIComponent(policy.name),
        said: `rule ${number} ${denies} and ${exceptions(rule)}${rule.denialCondition ? `, under a condition that holds: ${rule.denialCondition.expression}` : ''}`,
      },
    ],
  };
}

/** A rule of which nobody here knows whether it reaches the account. */
export function mayBeTaken({ level, policy, number }: RulePlace, reading: RuleReading): Unread {
  return {
    what: `whether rule ${number} of the deny policy ${named(policy)} on ${levelInWords(level)} takes ${amount([...reading.mayTake.keys()])}`,
    needs: 'an answer of the Policy Troubleshooter to somebody who may see all that the rule names',
    said: reading.why ?? 'it depends on what is not known here',
  };
}

/** Levels whose policies may not be read. */
export function unreadPolicies(closed: readonly { level: string; said: string }[], keeper: string): Unread[] {
  const [first] = closed;
  if (first === undefined) return [];
  return [
    {
      what: `the deny policies of ${levelsInWords(closed.map(({ level }) => level))}`,
      needs: `iam.denypolicies.list and iam.denypolicies.get there (roles/iam.denyReviewer on ${levelInWords(keeper)})`,
      said: first.said,
    },
  ];
}

/** Permissions that Google's Policy Troubleshooter says are denied, by policies that may not be read here. */
export function takenSomewhere(
  denied: readonly (readonly [string, Troubleshooting])[],
  email: string,
): Cause[] {
  const alike = Map.groupBy(denied, ([, { deny }]) =>
    [...deny.resources, ...deny.policies.map(({ name }) => name)].join(' '),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const [, { deny }] = first;
    const permissions = group.map(([permission]) => permission);
    const where = levelsInWords(deny.resources) || 'the project, or on what it lies in,';
    const policies = listed(deny.policies.map(({ name }) => idIn(name)));
    return [
      {
        kind: 'denied' as const,
        permissions,
        what: `${policies ? `the deny policy ${policies}` : 'a deny policy'} on ${where} takes ${permissions.join(', ')} from ${email}; Google's Policy Troubleshooter says so, and you may not read the policy itself`,
        remedy: `whoever holds roles/iam.denyAdmin there can add ${deniablePrincipal(email)} to the exceptionPrincipals of its rule`,
        evidence: [
          {
            call: 'policytroubleshooter iam.troubleshoot',
            resource: `${permissions.join(', ')} for ${email}`,
            said: `DENY_ACCESS_STATE_DENIED${deny.resources.length > 0 ? ` on ${deny.resources.join(', ')}` : ''}`,
          },
        ] as const,
      },
    ];
  });
}

/** Reads the policy, adds the exception and writes it back with the etag that it was read with. */
function exceptCommand({ level, policy: { id }, number }: RulePlace, exception: string): string {
  const at = [`--attachment-point=cloudresourcemanager.googleapis.com/${level}`, '--kind=denypolicies'];
  const file = `${id}.json`;
  const add = `.rules[${number - 1}].denyRule.exceptionPrincipals += [${JSON.stringify(exception)}]`;
  const get = commandLine('gcloud', 'iam', 'policies', 'get', id, ...at, '--format=json');
  const update = commandLine('gcloud', 'iam', 'policies', 'update', id, ...at, `--policy-file=${file}`);
  return `${get} | ${commandLine('jq', add)} > ${quoted(file)} && ${update}`;
}

function named({ id, displayName }: DenyPolicy): string {
  return displayName === undefined ? id : `${id} ("${displayName}")`;
}

function idIn(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function amount(permissions: readonly string[]): string {
  return permissions.length === 1 ? (permissions[0] ?? '') : `${permissions.length} permissions`;
}

function exceptions({ exceptionPrincipals }: DenyRule): string {
  return exceptionPrincipals.length === 0
    ? 'excepts nobody'
    : `excepts ${exceptionPrincipals.join(', ')} only`;
}
