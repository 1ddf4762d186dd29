import * as z from 'zod';
import type { Caller } from './caller.ts';
import { encodedPath, projectName } from './resource-name.ts';

/** A billing account (Cloud Billing API v1, `BillingAccount`). */
export interface BillingAccount {
  /** `billingAccounts/012345-567890-ABCDEF`. */
  name: string;
  /** As its owner named it; the name where it has none. */
  displayName: string;
  /** It is charged. Projects that are linked to a closed one cannot use what costs money. */
  open: boolean;
}

/** How a project is paid for (Cloud Billing API v1, `ProjectBillingInfo`). */
export interface ProjectBilling {
  /** It is linked to an open billing account. */
  enabled: boolean;
  /** The name of the account it is linked to, open or closed. */
  account?: string;
}

const API = 'cloudbilling';
const ACCOUNTS_A_PAGE = 100;

const account = z
  .object({
    name: z.string().regex(/^billingAccounts\/[^/]+$/),
    displayName: z.string().optional(),
    open: z.boolean().default(false),
  })
  .transform(({ name, displayName, open }): BillingAccount => ({
    name,
    displayName: displayName || name,
    open,
  }));
const page = z.object({
  billingAccounts: z.array(account).default([]),
  nextPageToken: z.string().optional(),
});
const info = z
  .object({ billingAccountName: z.string().optional(), billingEnabled: z.boolean().default(false) })
  .transform(({ billingAccountName, billingEnabled }): ProjectBilling => ({
    enabled: billingEnabled,
    ...(billingAccountName ? { account: billingAccountName } : {}),
  }));

/**
 * Billing accounts, and which project is linked to which (Cloud Billing API v1). Every method throws CloudError and
 * CredentialsError. There is no library of Google's for this API here, so its requests are plain ones.
 */
export class Billing {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The billing accounts that the caller may see, open ones first; none is no error. */
  async accounts(): Promise<BillingAccount[]> {
    const accounts: BillingAccount[] = [];
    let pageToken: string | undefined;
    do {
      const query = { pageSize: String(ACCOUNTS_A_PAGE), ...(pageToken ? { pageToken } : {}) };
      const found: z.infer<typeof page> = await this.#caller.request(
        { api: API, method: 'billingAccounts.list', repeatable: true, schema: page },
        () => ({ path: '/v1/billingAccounts', query }),
      );
      accounts.push(...found.billingAccounts);
      pageToken = found.nextPageToken;
    } while (pageToken);
    return accounts.sort((a, b) => Number(b.open) - Number(a.open));
  }

  /** How a project is paid for; needs to see the project, not the account. Kind `denied` where it is absent, too. */
  of(projectId: string): Promise<ProjectBilling> {
    return this.#caller.request(
      { api: API, method: 'projects.getBillingInfo', repeatable: true, schema: info },
      () => ({ path: infoPath(projectId) }),
    );
  }

  /**
   * Links a project to a billing account, in place of the one it has. Sent twice it changes nothing more.
   * @param accountName as `accounts` gives it
   * @throws {CloudError} `denied`: needs resourcemanager.projects.createBillingAssignment on the project and
   *   billing.resourceAssociations.create on the account; `precondition`: the account takes no more projects
   */
  link(projectId: string, accountName: string): Promise<ProjectBilling> {
    return this.#caller.request(
      { api: API, method: 'projects.updateBillingInfo', repeatable: true, schema: info },
      () => ({ method: 'PUT', path: infoPath(projectId), json: { billingAccountName: accountName } }),
    );
  }
}

const infoPath = (projectId: string) => `/v1/${encodedPath(projectName(projectId))}/billingInfo`;
