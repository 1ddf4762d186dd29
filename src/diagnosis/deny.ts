import type { Cloud } from '../google/cloud.ts';
import type { DenyPolicy, DenyRule } from '../google/deny-policies.ts';
import { commandLine, quoted } from '../steps/shell.ts';
import { ifReadable, levelInWords, lineageOf, type Blocked, type Blocks, type Lineage } from './blocked.ts';
import type { Cause, Unread } from './cause.ts';
import { deniablePrincipal, type DeniedAccount } from './deny-principal.ts';
import { readRule, type RuleReading } from './deny-rule.ts';
import { homeOf, numbered } from './home.ts';
import { askTroubleshooter } from './troubleshot.ts';

/** A rule, where it stands. */
interface Place {
  level: string;
  policy: DenyPolicy;
  /** Where the role that mends it is granted: on an organisation only, where there is one. */
  keeper: string;
  /** Counted from 1. */
  number: number;
  rule: DenyRule;
}

/**
 * Which deny policies take the permissions from the account: on the project, its folders and its organisation. Each level
 * is read once. Where a level may not be read, or what a rule depends on is not known, Google's Policy Troubleshooter is
 * asked; where that does not tell either, nothing is claimed.
 * @throws {CloudError | CredentialsError} nothing can be asked at all
 */
export async function findDenials(cloud: Cloud, blocked: Blocked): Promise<Blocks> {
  if (blocked.permissions.length === 0) return { causes: [], unread: [] };
  const lineage = await lineageOf(cloud, blocked.project);
  const account = await deniedAccount(cloud, blocked, lineage);
  const causes: Cause[] = [];
  const unread: Unread[] = [...lineage.unread];
  const unsure = new Set<string>();
  for (const level of lineage.levels) {
    const policies = await ifReadable(cloud.denyPolicies.attachedTo(level, blocked.onWait));
    if (!('value' in policies)) {
      unread.push({
        what: `the deny policies of ${levelInWords(level)}`,
        needs: `iam.denypolicies.list and iam.denypolicies.get on ${level} (roles/iam.denyReviewer)`,
        said: policies.said,
      });
      for (const permission of blocked.permissions) unsure.add(permission);
      continue;
    }
    for (const policy of policies.value)
      for (const [at, rule] of policy.rules.entries()) {
        const keeper = lineage.levels.at(-1) ?? level;
        const place = { level, keeper, policy, number: at + 1, rule };
        const reading = readRule(rule, account, blocked.permissions);
        if (reading.takes.size > 0) causes.push(taken(place, reading, account.email));
        if (reading.mayTake.size === 0) continue;
        unread.push(mayBeTaken(place, reading));
        for (const permission of reading.mayTake.keys()) unsure.add(permission);
      }
  }
  const explained = new Set(causes.flatMap(({ permissions }) => permissions));
  const open = [...unsure].filter((permission) => !explained.has(permission));
  if (open.length === 0 && lineage.unread.length === 0) return { causes, unread };
  const told = await askTroubleshooter(cloud, blocked, open.length > 0 ? open : blocked.permissions);
  return { causes: [...causes, ...told.causes], unread: [...unread, ...told.unread] };
}

/** Whom the rules are held against. */
async function deniedAccount(cloud: Cloud, blocked: Blocked, lineage: Lineage): Promise<DeniedAccount> {
  const home = numbered(await homeOf(cloud, blocked, lineage));
  const { email, groups } = blocked;
  return { email, ...(home && { home }), ...(groups && { groups }) };
}

function taken(place: Place, reading: RuleReading, email: string): Cause {
  const { level, keeper, number, rule } = place;
  const permissions = [...reading.takes.keys()];
  const patterns = [...new Set(reading.takes.values())].join(', ');
  const exception = deniablePrincipal(email);
  return {
    kind: 'denied',
    permissions,
    what: `the deny policy ${named(place.policy)} on ${levelInWords(level)} takes ${amount(permissions)} from ${email}: its rule ${number} denies ${patterns} to ${reading.principal ?? 'it'}`,
    remedy: `whoever holds roles/iam.denyAdmin on ${levelInWords(keeper)} can add ${exception} to the exceptionPrincipals of rule ${number}`,
    command: exceptCommand(place, exception),
    evidence: [
      {
        call: 'iam policies.get',
        resource: decodeURIComponent(place.policy.name),
        said: `rule ${number} denies ${patterns} to ${reading.principal ?? 'it'}, and ${exceptions(rule)}${conditionSaid(rule, 'which holds')}`,
      },
    ],
  };
}

function mayBeTaken({ level, policy, number, rule }: Place, reading: RuleReading): Unread {
  return {
    what: `whether rule ${number} of the deny policy ${named(policy)} on ${levelInWords(level)} takes ${amount([...reading.mayTake.keys()])}`,
    needs: 'policytroubleshooter.googleapis.com, asked by somebody who may read what the rule names',
    said: `${reading.why ?? 'it depends on what is not known here'}${conditionSaid(rule, 'of which the tags are not known here')}`,
  };
}

/** Reads the policy, adds the exception and writes it back with the etag that it was read with. */
function exceptCommand({ level, policy, number }: Place, exception: string): string {
  const at = [`--attachment-point=cloudresourcemanager.googleapis.com/${level}`, '--kind=denypolicies'];
  const file = `${policy.id}.json`;
  const add = `.rules[${number - 1}].denyRule.exceptionPrincipals += [${JSON.stringify(exception)}]`;
  return [
    `${commandLine('gcloud', 'iam', 'policies', 'get', policy.id, ...at, '--format=json')} | ${commandLine('jq', add)} > ${quoted(file)}`,
    commandLine('gcloud', 'iam', 'policies', 'update', policy.id, ...at, `--policy-file=${file}`),
  ].join(' && ');
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

function conditionSaid({ denialCondition }: DenyRule, suffix: string): string {
  return denialCondition ? `, under the condition "${denialCondition.expression}", ${suffix}` : '';
}
