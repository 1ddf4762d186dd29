import type { Resource } from '../resources.ts';
import type { BillingAccount, Project, World } from '../world.ts';

/** What `billing: true` in a world file stands for: an open account that nobody of the world sees. */
export const UNSEEN_ACCOUNT = '0D0E0F-0A0B0C-010203';

/** Whether a project can use what costs money: it is linked to an open billing account. */
export function isBilled(world: World, { billingAccount }: Project): boolean {
  if (billingAccount === undefined) return false;
  return billingAccount === UNSEEN_ACCOUNT || (world.billingAccounts.get(billingAccount)?.open ?? false);
}

/** A billing account as a resource: its own policy, then its organisation's (billing access control docs). */
export function billingAccountResource(account: BillingAccount): Resource {
  const name = `billingAccounts/${account.id}`;
  return {
    name,
    level: 'resource',
    ancestors: [name, ...(account.organization ? [`organizations/${account.organization}`] : [])],
    // [U] what conditions see of a billing account.
    condition: {
      name,
      type: 'cloudbilling.googleapis.com/BillingAccount',
      service: 'cloudbilling.googleapis.com',
    },
  };
}

/** A billing account as the API shows it: `open` appears only when true. */
export const showAccount = ({ id, displayName, open, currencyCode, organization }: BillingAccount) => ({
  name: `billingAccounts/${id}`,
  open: open || undefined,
  displayName,
  currencyCode,
  parent: organization && `organizations/${organization}`,
});
