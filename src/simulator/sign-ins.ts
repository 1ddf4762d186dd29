import type { AccountKey, ServiceAccount, World } from './world.ts';

/** Notes that an account was used now and, where it was with a key, the key: for the activities of Policy Analyzer. */
export function noteSignIn(world: World, account: ServiceAccount, key?: AccountKey): void {
  const now = world.clock.now();
  world.signIns.set(account.uniqueId, now);
  if (key) world.signIns.set(`${account.uniqueId}/${key.id}`, now);
}
