import { demand } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param, view } from '../call.ts';
import { ApiError, iamDenied, notFound } from '../errors.ts';
import { accountResource, findProject, projectResource } from '../resources.ts';
import type { Project, ServiceAccount, World } from '../world.ts';

/** A deleted account can be undeleted for 30 days; then nothing is left of it (IAM docs, undeleting). */
export const UNDELETE_MS = 30 * 24 * 3600 * 1000;

const isForgotten = (world: World, account: ServiceAccount) =>
  account.deletedAt !== undefined && world.clock.now() - account.deletedAt >= UNDELETE_MS;

/** The newest account of an e-mail, or the one of a unique ID, at the primary; a live one before deleted ones. */
function newest(world: World, emailOrId: string): ServiceAccount | undefined {
  const ids = world.accountIds.get(emailOrId) ?? [emailOrId];
  const accounts = ids
    .flatMap((id) => world.accounts.get(id) ?? [])
    .filter((account) => !isForgotten(world, account));
  return accounts.findLast((account) => account.deletedAt === undefined) ?? accounts.at(-1);
}

/** The 404 for an account that never was (recorded). */
const unknown = () => new ApiError('NOT_FOUND', 'Unknown service account', { legacyReason: 'notFound' });
/** The 404 for an account that was deleted (recorded). */
const deleted = (account: ServiceAccount) => notFound(`Account deleted: ${account.uniqueId}`);

/**
 * The account of a call at the primary, deleted or not, once the caller is known to hold the permission on it. With
 * the project `-` a missing account is a 403, with the project's name a 404 (IAM docs, get).
 * @param permission undefined for methods that need none.
 */
export function namedAccount(call: Call, permission: string | undefined): ServiceAccount {
  const { world } = call;
  const where = param(call, 'project');
  const project = where === '-' ? undefined : findProject(world, where);
  const account = newest(world, param(call, 'account'));
  if (account && (where === '-' || account.projectId === project?.id)) {
    if (permission) demand(call, permission, accountResource(world, account));
    return account;
  }
  if (!project) throw iamDenied(permission ?? 'iam.serviceAccounts.get');
  if (permission) demand(call, permission, projectResource(world, project));
  throw unknown();
}

/** The live account of a call, for changing it: judged at the primary. */
export function liveAccount(call: Call, permission: string | undefined): ServiceAccount {
  const account = namedAccount(call, permission);
  if (account.deletedAt !== undefined) throw deleted(account);
  return account;
}

/** The account of a call as a replica knows it: after a create, one that has not learnt of it answers 404 (recorded). */
export function seenAccount(call: Call, permission: string): ServiceAccount {
  const account = namedAccount(call, permission);
  const seen = view(call, call.world.accounts, account.uniqueId);
  if (!seen) {
    throw notFound(
      `Service account projects/${account.projectId}/serviceAccounts/${account.email} does not exist.`,
    );
  }
  if (seen.deletedAt !== undefined) throw deleted(seen);
  return seen;
}

/** The project of a call, once the caller is known to hold the permission on it. */
export function permittedProject(call: Call, permission: string): Project {
  const project = findProject(call.world, param(call, 'project'));
  if (!project) throw iamDenied(permission);
  demand(call, permission, projectResource(call.world, project));
  return project;
}
