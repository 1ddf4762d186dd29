import { accessTo } from '../authorise.ts';
import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { callerDenied } from '../errors.ts';
import { paginate } from '../paging.ts';
import type { Handler, Route, Service } from '../router.ts';
import type { BillingAccount } from '../world.ts';
import { billingAccountResource, showAccount } from './accounts.ts';
import { getBillingInfo, updateBillingInfo } from './project-billing.ts';

/** Activation `own`, as for Resource Manager: a service account's own project must have it on (pasted 2020). */
const service: Service = {
  name: 'cloudbilling.googleapis.com',
  title: 'Cloud Billing API',
  activation: 'own',
};

/** The API's own (discovery document). */
const SIZES = { usual: 100, largest: 100 };

const sees = (call: Call, account: BillingAccount, permission: string): boolean =>
  accessTo(call, billingAccountResource(account)).holds(permission);

/** The accounts that the caller may see; of one organisation where `parent` names it. */
const listAccounts: Handler = (call) => {
  const parent = call.query.get('parent');
  const found = [...call.world.billingAccounts.values()].filter(
    (account) =>
      (!parent || parent === `organizations/${account.organization ?? ''}`) &&
      sees(call, account, 'billing.accounts.list'),
  );
  const { items, nextPageToken } = paginate(found, call.query, `${call.path}?${parent ?? ''}`, SIZES);
  return { billingAccounts: items.length ? items.map(showAccount) : undefined, nextPageToken };
};

/** Absent and forbidden look the same ([U], as with projects). */
const getAccount: Handler = (call) => {
  const account = call.world.billingAccounts.get(param(call, 'billingAccount'));
  if (!account || !sees(call, account, 'billing.accounts.get')) throw callerDenied();
  return showAccount(account);
};

const info = '/v1/projects/{project}/billingInfo';

/** Cloud Billing v1: billing accounts, and which project is linked to which. */
export const billingRoutes: readonly Route[] = [
  { service, method: 'GET', pattern: '/v1/billingAccounts', handle: listAccounts },
  { service, method: 'GET', pattern: '/v1/billingAccounts/{billingAccount}', handle: getAccount },
  { service, method: 'GET', pattern: info, handle: getBillingInfo },
  { service, method: 'PUT', pattern: info, handle: updateBillingInfo },
];
