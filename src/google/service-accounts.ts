import * as z from 'zod';
import { absentOn404 } from './absent.ts';
import type { Caller } from './caller.ts';
import { accountName, projectName } from './resource-name.ts';

/** A service account (IAM API v1, `ServiceAccount`). */
export interface ServiceAccount {
  /** `projects/P/serviceAccounts/EMAIL`. */
  name: string;
  projectId: string;
  email: string;
  /** 21 digits; another one when an account is made again under the same e-mail address. */
  uniqueId: string;
  displayName: string;
  description: string;
  disabled: boolean;
}

/** What of a service account can be written. */
export type ServiceAccountContent = Partial<Pick<ServiceAccount, 'displayName' | 'description'>>;

const account = z.object({
  name: z.string(),
  projectId: z.string(),
  email: z.string(),
  uniqueId: z.string(),
  displayName: z.string().default(''),
  description: z.string().default(''),
  disabled: z.boolean().default(false),
});
// Recorded: PATCH answers only the name and what was patched; enable answers {}.
const patched = z.object({ name: z.string() });
const empty = z.strictObject({});

/**
 * Service accounts (IAM API v1). Every method throws CloudError and CredentialsError. For a while after `create`, reads by
 * turns find the account and do not: one answer proves nothing.
 */
export class ServiceAccounts {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** An account by its e-mail address; none on 404. */
  get(email: string, projectId: string): Promise<ServiceAccount | undefined> {
    return absentOn404(
      this.#caller.call(
        { api: 'iam', method: 'projects.serviceAccounts.get', repeatable: true, schema: account },
        (options, { iam }) =>
          iam.projects.serviceAccounts.get({ name: accountName(projectId, email) }, options),
      ),
    );
  }

  /** Makes an account. @param content `accountId`: 6 to 30 characters, the e-mail address's part before the @ */
  create(projectId: string, content: ServiceAccountContent & { accountId: string }): Promise<ServiceAccount> {
    const { accountId, ...serviceAccount } = content;
    return this.#caller.call(
      { api: 'iam', method: 'projects.serviceAccounts.create', repeatable: false, schema: account },
      (options, { iam }) =>
        iam.projects.serviceAccounts.create(
          { name: projectName(projectId), requestBody: { accountId, serviceAccount } },
          options,
        ),
    );
  }

  /** Lets a disabled account authenticate again. */
  async enable(email: string, projectId: string): Promise<void> {
    await this.#caller.call(
      { api: 'iam', method: 'projects.serviceAccounts.enable', repeatable: false, schema: empty },
      (options, { iam }) =>
        iam.projects.serviceAccounts.enable(
          { name: accountName(projectId, email), requestBody: {} },
          options,
        ),
    );
  }

  /** Writes the fields that `content` holds. */
  async patch(email: string, projectId: string, content: ServiceAccountContent): Promise<void> {
    await this.#caller.call(
      { api: 'iam', method: 'projects.serviceAccounts.patch', repeatable: false, schema: patched },
      (options, { iam }) =>
        iam.projects.serviceAccounts.patch(
          {
            name: accountName(projectId, email),
            requestBody: { serviceAccount: content, updateMask: Object.keys(content).join(',') },
          },
          options,
        ),
    );
  }
}
