import { lineage } from './resources.ts';
import type { FederatedIdentity, World } from './world.ts';

/** Who calls. `anonymous` reaches only the routes that ask for no credentials. */
export type Principal =
  | { readonly kind: 'user'; readonly email: string }
  | {
      readonly kind: 'serviceAccount';
      readonly email: string;
      readonly uniqueId: string;
      readonly projectId: string;
    }
  | ({ readonly kind: 'federated' } & FederatedIdentity)
  | { readonly kind: 'anonymous' };

/** How the request log names a principal. */
export function describePrincipal(principal: Principal): string {
  if (principal.kind === 'anonymous') return 'anonymous';
  if (principal.kind === 'federated') return federatedNames(principal)[0];
  return `${principal.kind}:${principal.email}`;
}

/** The identifiers of a federated identity, alike in allow and deny policies (IAM docs, principal identifiers). */
function federatedNames({
  pool,
  subject,
  groups,
  attributes,
}: FederatedIdentity): readonly [string, ...string[]] {
  const set = `principalSet://iam.googleapis.com/${pool}`;
  return [
    `principal://iam.googleapis.com/${pool}/subject/${subject}`,
    `${set}/*`,
    ...groups.map((group) => `${set}/group/${group}`),
    ...Object.entries(attributes).map(([name, value]) => `${set}/attribute.${name}/${value}`),
  ];
}

/** The names of all groups, nested ones included, that hold the member. */
function groupsOf(world: World, member: string): Set<string> {
  const found = new Set<string>();
  const pending = [member];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [email, members] of world.groups) {
      if (found.has(email) || !members.includes(next)) continue;
      found.add(email);
      pending.push(`group:${email}`);
    }
  }
  return found;
}

/**
 * Every member string of a stored policy that stands for the principal. An account matches by its pinned unique ID
 * only, so that one re-created under the same e-mail gains nothing (IAM docs, deleted members).
 */
export function memberNames(world: World, principal: Principal): ReadonlySet<string> {
  if (principal.kind === 'anonymous') return new Set(['allUsers']);
  // Federated identities are not among allAuthenticatedUsers (IAM docs, principal identifiers).
  if (principal.kind === 'federated') return new Set(['allUsers', ...federatedNames(principal)]);
  const plain = `${principal.kind}:${principal.email}`;
  const names = new Set(['allUsers', 'allAuthenticatedUsers']);
  names.add(principal.kind === 'serviceAccount' ? `${plain}?uid=${principal.uniqueId}` : plain);
  const domain = principal.email.split('@')[1];
  if (principal.kind === 'user' && domain) names.add(`domain:${domain}`);
  for (const group of groupsOf(world, plain)) names.add(`group:${group}`);
  return names;
}

/**
 * How deny policies name an account: by its e-mail (pinned, or as a world file wrote it before there was such an account),
 * and as one of all accounts below a project, folder or organisation (discovery document).
 */
function accountDenyNames(
  world: World,
  { email, uniqueId, projectId }: Extract<Principal, { kind: 'serviceAccount' }>,
): string[] {
  const name = `principal://iam.googleapis.com/projects/-/serviceAccounts/${email}`;
  const project = world.projects.get(projectId);
  const above = project ? [`projects/${project.number}`, ...lineage(world, project.parent)] : [];
  return [
    name,
    `${name}?uid=${uniqueId}`,
    ...above.map(
      (level) => `principalSet://cloudresourcemanager.googleapis.com/${level}/type/ServiceAccount`,
    ),
  ];
}

/** The same for deny policies, whose principal identifiers are IAM v2's. */
export function denyNames(world: World, principal: Principal): ReadonlySet<string> {
  const names = new Set(['principalSet://goog/public:all']);
  if (principal.kind === 'anonymous') return names;
  if (principal.kind === 'federated') return new Set([...names, ...federatedNames(principal)]);
  if (principal.kind === 'user') names.add(`principal://goog/subject/${principal.email}`);
  else for (const name of accountDenyNames(world, principal)) names.add(name);
  for (const group of groupsOf(world, `${principal.kind}:${principal.email}`))
    names.add(`principalSet://goog/group/${group}`);
  for (const organization of world.organizations.values())
    if (principal.kind === 'user' && principal.email.endsWith(`@${organization.domain}`))
      names.add(`principalSet://goog/cloudIdentityCustomerId/${organization.customerId}`);
  return names;
}
