import { findAccount } from '../resources.ts';
import { defaultAccount } from '../run/permitted.ts';
import type { Project, World } from '../world.ts';

const COMPUTE = 'compute.googleapis.com';

/**
 * Makes the account that Compute Engine and Cloud Run run as where nobody says otherwise: it is there once Compute Engine is
 * on (Compute Engine docs, default service account). It is granted nothing: organisations made since May 2024 forbid the
 * Editor role that it used to get (Resource Manager docs, iam.automaticIamGrantsForDefaultServiceAccounts).
 * @param services that were turned on
 */
export function addDefaultAccount(world: World, project: Project, services: readonly string[]): void {
  const email = defaultAccount(project);
  if (!services.includes(COMPUTE) || findAccount(world, email)) return;
  const uniqueId = world.newUniqueId();
  world.accounts.load(uniqueId, {
    uniqueId,
    email,
    projectId: project.id,
    displayName: 'Compute Engine default service account',
    description: undefined,
    disabled: false,
    createTime: world.clock.now(),
    deletedAt: undefined,
  });
  world.accountIds.set(email, [...(world.accountIds.get(email) ?? []), uniqueId]);
}
