import type { Call } from './call.ts';
import { view } from './call.ts';
import { findAccount } from './resources.ts';
import type { World } from './world.ts';

const PINNED = /^(?:deleted:)?serviceAccount:(?<email>[^?]+)\?uid=(?<uid>\d+)$/;

/**
 * Pins a member to the account that holds the e-mail now, as Google does when a policy is written. Others are kept
 * as they are; `deleted:serviceAccount:…` of an account of this world is pinned too, so that undeleting revives it.
 */
export function pinMember(world: World, member: string): string {
  const pinned = PINNED.exec(member)?.groups;
  if (pinned) return world.accounts.get(pinned.uid ?? '') ? member.replace(/^deleted:/, '') : member;
  if (!member.startsWith('serviceAccount:')) return member;
  const account = findAccount(world, member.slice('serviceAccount:'.length));
  return account ? `serviceAccount:${account.email}?uid=${account.uniqueId}` : member;
}

/** How a stored member is shown: live accounts by e-mail, deleted ones as `deleted:serviceAccount:E?uid=U` (recorded). */
export function showMember(world: World, member: string): string {
  const pinned = PINNED.exec(member)?.groups;
  if (!pinned || member.startsWith('deleted:')) return member;
  const account = world.accounts.get(pinned.uid ?? '');
  const live = account && account.deletedAt === undefined;
  return live ? `serviceAccount:${account.email}` : `deleted:${member}`;
}

/** An agent that Google makes and keeps outside every project's list: never checked for existence. */
export function isServiceAgent(email: string): boolean {
  return (
    /^(service-)?\d+(-compute)?@[a-z0-9.-]*gserviceaccount\.com$/.test(email) ||
    /@(?:gcp-sa-[a-z0-9-]+|[a-z0-9-]+\.google\.com|system|security-center-api|gae-api-prod\.google\.com)\.(?:iam\.)?gserviceaccount\.com$/.test(
      email,
    ) ||
    /@(?:cloudservices|appspot|developer|cloudbuild|containerregistry|dataflow-service-producer-prod|compute-system|container-engine-robot|serverless-robot-prod|gs-project-accounts|cloud-logs)(?:\.iam)?\.gserviceaccount\.com$/.test(
      email,
    )
  );
}

/**
 * Why a member cannot be granted anything: it does not exist. Undefined when it does, or when this world cannot know:
 * users and groups are known only in the domains of the world's organisations.
 */
export function missingMember(world: World, member: string): string | undefined {
  const [kind, email] = member.split(':', 2);
  if (!email || member.startsWith('deleted:')) return undefined;
  if (kind === 'serviceAccount') {
    if (email.includes('?uid=') || isServiceAgent(email) || findAccount(world, email)) return undefined;
    return `Service account ${email} does not exist.`;
  }
  const domain = email.split('@')[1];
  const ours = [...world.organizations.values()].some((organization) => organization.domain === domain);
  if (ours && kind === 'user' && !world.users.has(email)) return `User ${email} does not exist.`;
  if (ours && kind === 'group' && !world.groups.has(email)) return `Group ${email} does not exist.`;
  return undefined;
}

const OF_POOL =
  /^principal(?<set>Set)?:\/\/iam\.googleapis\.com\/(?<pool>projects\/[^/]+\/locations\/global\/workloadIdentityPools\/[^/]+)\/(?<which>.+)$/;

/**
 * Why a member of a workload identity pool cannot be granted anything: the pool does not exist, as far as a replica knows
 * (pasted in public reports, also for a pool that was made just now), or the form is none (IAM docs; [U] the text).
 */
export function wrongPoolMember(call: Call, member: string): string | undefined {
  const { set, pool, which = '' } = OF_POOL.exec(member)?.groups ?? {};
  if (pool === undefined) return undefined;
  const form = set ? /^(?:\*|group\/.+|attribute\.[a-z0-9_]+\/.+)$/ : /^subject\/.+$/;
  if (!form.test(which)) return `Invalid principal ${member}.`;
  const known = view(call, call.world.pools, pool);
  if (known && known.deletedAt === undefined) return undefined;
  return `Identity Pool does not exist (${pool}). Please check that you specified a valid resource name as returned in the \`name\` attribute in the configuration API.`;
}
