import type { BoundaryPolicy, PolicyBinding } from '../google/access-boundaries.ts';
import type { Cloud } from '../google/cloud.ts';
import { idOf } from '../google/resource-name.ts';
import { commandLine } from '../steps/shell.ts';
import { ifReadable, levelInWords, lineageOf, type Blocked, type Blocks, type Lineage } from './blocked.ts';
import type { Cause, Evidence, Unread } from './cause.ts';
import { truthOf } from './condition-truth.ts';
import { homeOf, numbered } from './home.ts';

/** A binding that is, or may be, the account's, with the policy that it binds. */
interface Bound {
  level: string;
  binding: PolicyBinding;
  policy: BoundaryPolicy;
}

const RESOURCE_MANAGER = '//cloudresourcemanager.googleapis.com/';

/**
 * Which principal access boundaries keep the account out of the project. A principal that is bound by any may reach what one
 * of them names, and nothing else (IAM docs, principal access boundary policies). Bindings are looked for on the account's
 * own project and what that lies in, one read a level, and each policy is read once.
 * @throws {CloudError | CredentialsError} nothing can be asked at all
 */
export async function findBoundaries(cloud: Cloud, blocked: Blocked): Promise<Blocks> {
  if (blocked.permissions.length === 0) return { causes: [], unread: [] };
  const lineage = await lineageOf(cloud, blocked.project);
  const home = await homeOf(cloud, blocked, lineage);
  // The policies are an organisation's: where there is none, nothing is bound.
  const outside =
    home.unread.length === 0 && !home.levels.some((level) => level.startsWith('organizations/'));
  if (outside) return { causes: [], unread: [] };
  const unread: Unread[] = [...lineage.unread];
  const bound: Bound[] = [];
  for (const level of numbered(home) ?? home.levels) {
    const bindings = await ifReadable(cloud.boundaries.boundTo(level, blocked.onWait));
    if (!('value' in bindings)) {
      unread.push(unsearched(level, bindings.said));
      continue;
    }
    for (const binding of bindings.value) {
      const applies = binding.condition
        ? truthOf(binding.condition.expression, principalOf(blocked.email))
        : { is: 'yes' as const };
      if (applies.is === 'no') continue;
      const policy = await ifReadable(cloud.boundaries.get(binding.policy, blocked.onWait));
      if ('value' in policy && applies.is === 'yes') bound.push({ level, binding, policy: policy.value });
      else unread.push('value' in policy ? unsure(binding) : unreadPolicy(binding, policy.said));
    }
  }
  const inside = new Set(namesOf(blocked.project, lineage));
  const reached = bound.some(({ policy }) =>
    policy.rules.some(({ resources }) => resources.some((name) => inside.has(name))),
  );
  if (reached || bound.length === 0) return { causes: [], unread: reached ? [] : unread };
  return { causes: [keptOut(blocked, lineage, bound)], unread };
}

/** What a binding's condition may ask of a service account (IAM v3, `PolicyBinding`). */
function principalOf(email: string) {
  return { principal: { type: 'iam.googleapis.com/ServiceAccount', subject: email } };
}

/** All names by which a rule may reach the project: its own two, and those of what it lies in. */
function namesOf(project: string, { number, levels }: Lineage): string[] {
  return [
    `projects/${project}`,
    ...(number === undefined ? [] : [`projects/${number}`]),
    ...levels.slice(1),
  ].map((name) => `${RESOURCE_MANAGER}${name}`);
}

function keptOut({ project, email, permissions }: Blocked, lineage: Lineage, bound: readonly Bound[]): Cause {
  const reach = [...new Set(bound.flatMap(({ policy }) => reachOf(policy)))];
  const [first] = bound;
  const organization = /^organizations\/(\d+)\//u.exec(first?.policy.name ?? '')?.[1] ?? '';
  const names = bound.map(({ policy }) => named(policy)).join(' and ');
  const bindings = bound
    .map(({ binding, level }) => `${idOf(binding.name)} on ${levelInWords(level)}`)
    .join(' and ');
  const resource = `${RESOURCE_MANAGER}projects/${lineage.number ?? project}`;
  const evidence = bound.flatMap(({ binding, policy, level }): Evidence[] => [
    {
      call: `iam ${level.split('/')[0] ?? ''}.policyBindings.searchTargetPolicyBindings`,
      resource: level,
      said: `the binding ${idOf(binding.name)} binds ${binding.principalSet} to ${policy.name}${binding.condition ? `, if ${binding.condition.expression}` : ''}`,
    },
    {
      call: 'iam principalAccessBoundaryPolicies.get',
      resource: policy.name,
      said: `its rules reach ${reachOf(policy).join(', ') || 'nothing'}`,
    },
  ]);
  return {
    kind: 'outside-boundary',
    permissions,
    what: `${email} may only reach what the principal access boundary ${names} names (${reach.join(', ') || 'nothing'}), by the binding ${bindings}; ${project} is not in it`,
    remedy: `whoever holds roles/iam.principalAccessBoundaryAdmin on the organisation ${organization} can add ${resource} to the rules of ${named(first?.policy)}, or leave ${email} out by a condition on the binding`,
    command: commandLine(
      ...['gcloud', 'iam', 'principal-access-boundary-policies', 'update', idOf(first?.policy.name ?? '')],
      ...[`--organization=${organization}`, '--location=global'],
      `--add-details-rules=effect=ALLOW,resources=${resource}`,
    ),
    evidence: [evidence[0] ?? { call: '', resource: '', said: '' }, ...evidence.slice(1)],
  };
}

function reachOf({ rules }: BoundaryPolicy): string[] {
  return rules.flatMap(({ resources }) => resources.map((name) => name.replace(RESOURCE_MANAGER, '')));
}

function named(policy: BoundaryPolicy | undefined): string {
  if (!policy) return '';
  return policy.displayName === undefined
    ? idOf(policy.name)
    : `${idOf(policy.name)} ("${policy.displayName}")`;
}

function unsearched(level: string, said: string): Unread {
  const kind = level.split('/')[0] ?? '';
  return {
    what: `the principal access boundaries that are bound to ${levelInWords(level)}`,
    needs: `resourcemanager.${kind}.searchPolicyBindings on ${level} (roles/iam.principalAccessBoundaryViewer)`,
    said,
  };
}

function unreadPolicy({ name, policy }: PolicyBinding, said: string): Unread {
  return {
    what: `what the principal access boundary ${idOf(policy)} reaches, which the binding ${idOf(name)} binds`,
    needs:
      'iam.principalaccessboundarypolicies.get on the organisation (roles/iam.principalAccessBoundaryViewer)',
    said,
  };
}

function unsure({ name, condition }: PolicyBinding): Unread {
  return {
    what: `whether the binding ${idOf(name)} binds the account`,
    needs: 'nothing that could be granted',
    said: `its condition "${condition?.expression ?? ''}" cannot be told from here`,
  };
}
