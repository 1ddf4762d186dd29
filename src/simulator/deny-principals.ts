import { findAccount } from './resources.ts';
import type { DenyRule, World } from './world.ts';

const ACCOUNT =
  /^(?<deleted>deleted:)?(?<name>principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\/(?<email>[^?/]+))(?:\?uid=(?<uid>\d+))?$/;

/** Pins an account that is there to its unique ID, as members of allow policies are: see members.ts. */
function pin(world: World, principal: string): string {
  const { name = '', email = '', uid } = ACCOUNT.exec(principal)?.groups ?? {};
  if (uid !== undefined) return world.accounts.get(uid) ? `${name}?uid=${uid}` : principal;
  const account = findAccount(world, email);
  return account ? `${name}?uid=${account.uniqueId}` : principal;
}

/** Live accounts are shown by e-mail, deleted ones as `deleted:principal://…?uid=…` (discovery document). */
function show(world: World, principal: string): string {
  const { name, uid, deleted } = ACCOUNT.exec(principal)?.groups ?? {};
  if (name === undefined || uid === undefined || deleted) return principal;
  const account = world.accounts.get(uid);
  return account && account.deletedAt === undefined ? name : `deleted:${principal}`;
}

const each = (rule: DenyRule, change: (principal: string) => string): DenyRule => ({
  ...rule,
  deniedPrincipals: rule.deniedPrincipals.map(change),
  exceptionPrincipals: rule.exceptionPrincipals.map(change),
});

/** A rule as it is kept: an account that is deleted and made again is another one. */
export const pinRule = (world: World, rule: DenyRule): DenyRule => each(rule, (name) => pin(world, name));

/** A rule as it is shown. */
export const showRule = (world: World, rule: DenyRule): DenyRule => each(rule, (name) => show(world, name));
