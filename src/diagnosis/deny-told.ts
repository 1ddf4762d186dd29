import type { DenyPolicy, DenyRule } from '../google/deny-policies.ts';
import { commandLine, quoted } from '../steps/shell.ts';
import { levelInWords, levelsInWords } from './blocked.ts';
import type { Cause, Unread } from './cause.ts';
import { deniablePrincipal } from './deny-principal.ts';
import type { RuleReading } from './deny-rule.ts';

/** A rule of a deny policy, where it stands. */
export interface RulePlace {
  /** What the policy is attached to: `organizations/N`, … */
  level: string;
  /** In words, where the role that mends it is granted: it cannot be on less than an organisation (roles/iam.denyAdmin). */
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
    remedy: `whoever holds roles/iam.denyAdmin on ${keeper} can add ${exception} to the exceptionPrincipals of rule ${number}`,
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
export interface Maybe {
  place: RulePlace;
  reading: RuleReading;
}

/** Says of such a rule what is not known. */
export function mayBeTaken({ place: { level, policy, number }, reading }: Maybe): Unread {
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
      needs: `iam.denypolicies.list and iam.denypolicies.get there (roles/iam.denyReviewer on ${keeper})`,
      said: first.said,
    },
  ];
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

function amount(permissions: readonly string[]): string {
  return permissions.length === 1 ? (permissions[0] ?? '') : `${permissions.length} permissions`;
}

function exceptions({ exceptionPrincipals }: DenyRule): string {
  return exceptionPrincipals.length === 0
    ? 'excepts nobody'
    : `excepts ${exceptionPrincipals.join(', ')} only`;
}
