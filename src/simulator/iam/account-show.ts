import { omitDefaults } from '../body.ts';
import type { ServiceAccount } from '../world.ts';

/** The etag of every service account (recorded). */
export const ACCOUNT_ETAG = 'MDEwMjE5MjA=';

/** The resource name by which answers call an account: with its project and e-mail, however it was asked for. */
export const accountName = (account: ServiceAccount) =>
  `projects/${account.projectId}/serviceAccounts/${account.email}`;

/** An account as the API shows it; the OAuth client ID is the unique ID (recorded). */
export function showAccount(account: ServiceAccount): object {
  return omitDefaults({
    name: accountName(account),
    projectId: account.projectId,
    uniqueId: account.uniqueId,
    email: account.email,
    displayName: account.displayName,
    etag: ACCOUNT_ETAG,
    description: account.description,
    oauth2ClientId: account.uniqueId,
    disabled: account.disabled,
  });
}
