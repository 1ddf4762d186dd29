import * as z from 'zod';
import { absentOn404 } from './absent.ts';
import type { Caller } from './caller.ts';
import { policySchema, type Policy } from './policy.ts';
import { accountName, projectName } from './resource-name.ts';
import { grantedPermissions, testPermissions } from './test-permissions.ts';

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
// Made when it is needed, as few runs do: making a schema takes longer than loading its text.
const restored = () => z.object({ restoredAccount: account });

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
  /**
   * Stops an account from authenticating and its tokens from being accepted, until it is enabled again; done where it is so
   * already. Kind `not-found` where there is no such account.
   */
  async disable(email: string, projectId: string): Promise<void> {
    await this.#caller.call(
      { api: 'iam', method: 'projects.serviceAccounts.disable', repeatable: true, schema: empty },
      (options, { iam }) =>
        iam.projects.serviceAccounts.disable(
          { name: accountName(projectId, email), requestBody: {} },
          options,
        ),
    );
  }

  /**
   * Deletes an account; one that is gone already is deleted. It can be undeleted for 30 days, and policies go on naming it.
   * @param account the unique ID, or the e-mail address, which may by now be another account's
   */
  async delete(account: string, projectId: string): Promise<void> {
    await absentOn404(
      this.#caller.call(
        { api: 'iam', method: 'projects.serviceAccounts.delete', repeatable: false, schema: empty },
        (options, { iam }) =>
          iam.projects.serviceAccounts.delete({ name: accountName(projectId, account) }, options),
      ),
    );
  }

  /**
   * Brings a deleted account back, within 30 days of its deletion and as long as no other has its e-mail address.
   * @throws {CloudError} among others `not-found`: gone for good
   */
  async undelete(uniqueId: string, projectId: string): Promise<ServiceAccount> {
    const { restoredAccount } = await this.#caller.call(
      { api: 'iam', method: 'projects.serviceAccounts.undelete', repeatable: false, schema: restored() },
      (options, { iam }) =>
        iam.projects.serviceAccounts.undelete(
          { name: accountName(projectId, uniqueId), requestBody: {} },
          options,
        ),
    );
    return restoredAccount;
  }

  /** Who may do what with the account itself, such as act as it (version 3 is asked for, as for a project). */
  getPolicy(email: string, projectId: string): Promise<Policy> {
    return this.#caller.call(
      {
        api: 'iam',
        method: 'projects.serviceAccounts.getIamPolicy',
        repeatable: true,
        schema: policySchema,
      },
      (options, { iam }) =>
        iam.projects.serviceAccounts.getIamPolicy(
          { resource: accountName(projectId, email), 'options.requestedPolicyVersion': 3 },
          options,
        ),
    );
  }

  /** Replaces the account's own allow policy, unless it was written since `policy` was read (kind `conflict`: read again). */
  setPolicy(email: string, projectId: string, policy: Policy): Promise<Policy> {
    return this.#caller.call(
      {
        api: 'iam',
        method: 'projects.serviceAccounts.setIamPolicy',
        repeatable: false,
        schema: policySchema,
      },
      (options, { iam }) =>
        iam.projects.serviceAccounts.setIamPolicy(
          {
            resource: accountName(projectId, email),
            requestBody: { policy: { ...policy, version: 3 } },
          },
          options,
        ),
    );
  }

  /** Which of the permissions the caller holds on the account itself; asking needs none. */
  test(email: string, projectId: string, permissions: readonly string[]): Promise<Set<string>> {
    return testPermissions(permissions, (chunk) =>
      this.#caller.call(
        {
          api: 'iam',
          method: 'projects.serviceAccounts.testIamPermissions',
          repeatable: true,
          schema: grantedPermissions,
        },
        (options, { iam }) =>
          iam.projects.serviceAccounts.testIamPermissions(
            { resource: accountName(projectId, email), requestBody: { permissions: chunk } },
            options,
          ),
      ),
    );
  }
}
