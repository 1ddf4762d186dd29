import * as z from 'zod';
import { absentOn404 } from './absent.ts';
import type { Caller } from './caller.ts';
import { madeKey } from './made-key.ts';
import type { PrivateKeyFile } from './private-key-file.ts';
import { accountName, idOf, keyName } from './resource-name.ts';

/** A key of a service account, without its private half. */
export interface Key {
  id: string;
  validAfter: Date;
  validBefore: Date;
  disabled: boolean;
  /** GOOGLE_PROVIDED (made by Google) or USER_PROVIDED (uploaded). */
  origin: string;
}

const key = z
  .object({
    name: z.string(),
    validAfterTime: z.iso.datetime(),
    validBeforeTime: z.iso.datetime(),
    disabled: z.boolean().default(false),
    keyOrigin: z.string().default('ORIGIN_UNSPECIFIED'),
  })
  .transform((seen): Key => ({
    id: idOf(seen.name),
    validAfter: new Date(seen.validAfterTime),
    validBefore: new Date(seen.validBeforeTime),
    disabled: seen.disabled,
    origin: seen.keyOrigin,
  }));
const list = z.object({ keys: z.array(key).default([]) });
const empty = z.strictObject({});

/** User-managed keys of service accounts (IAM API v1). Every method throws CloudError and CredentialsError. */
export class Keys {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The account's user-managed keys; Google's own are left out. */
  async list(projectId: string, email: string): Promise<Key[]> {
    const answer = await this.#caller.call(
      { api: 'iam', method: 'projects.serviceAccounts.keys.list', repeatable: true, schema: list },
      (options, { iam }) =>
        iam.projects.serviceAccounts.keys.list(
          { name: accountName(projectId, email), keyTypes: ['USER_MANAGED'] },
          options,
        ),
    );
    return answer.keys;
  }

  /**
   * Makes a key pair. The private half is in this answer and never again. Kind `precondition` when an organisation policy
   * forbids keys (`violations`), or, without any detail, when the account has ten. Kind `garbled` for one that nobody could sign
   * in with. Sent once: a second key would be nobody's.
   */
  create(projectId: string, email: string): Promise<{ id: string; file: PrivateKeyFile }> {
    return this.#caller.call(
      {
        api: 'iam',
        method: 'projects.serviceAccounts.keys.create',
        repeatable: false,
        once: true,
        secretAnswer: true,
        schema: madeKey(email),
      },
      (options, { iam }) =>
        iam.projects.serviceAccounts.keys.create(
          {
            name: accountName(projectId, email),
            requestBody: { privateKeyType: 'TYPE_GOOGLE_CREDENTIALS_FILE', keyAlgorithm: 'KEY_ALG_RSA_2048' },
          },
          options,
        ),
    );
  }

  /**
   * Stops a key from being accepted, until it is enabled again; done where it is so already. Tokens that were issued for it
   * stay good until their end (IAM docs, disabling keys). Kind `not-found` where there is no such key.
   */
  async disable(projectId: string, email: string, id: string): Promise<void> {
    await this.#caller.call(
      { api: 'iam', method: 'projects.serviceAccounts.keys.disable', repeatable: true, schema: empty },
      (options, { iam }) =>
        iam.projects.serviceAccounts.keys.disable(
          { name: keyName(projectId, email, id), requestBody: {} },
          options,
        ),
    );
  }

  /** Lets a disabled key be accepted again. Kind `not-found` where there is no such key. */
  async enable(projectId: string, email: string, id: string): Promise<void> {
    await this.#caller.call(
      { api: 'iam', method: 'projects.serviceAccounts.keys.enable', repeatable: true, schema: empty },
      (options, { iam }) =>
        iam.projects.serviceAccounts.keys.enable(
          { name: keyName(projectId, email, id), requestBody: {} },
          options,
        ),
    );
  }

  /**
   * Deletes a key; one that is gone already is deleted. Tokens that were issued for it stay good until their end (IAM docs,
   * deleting keys).
   */
  async delete(projectId: string, email: string, id: string): Promise<void> {
    await absentOn404(
      this.#caller.call(
        // An ID never means another key: deleting twice deletes once.
        { api: 'iam', method: 'projects.serviceAccounts.keys.delete', repeatable: true, schema: empty },
        (options, { iam }) =>
          iam.projects.serviceAccounts.keys.delete({ name: keyName(projectId, email, id) }, options),
      ),
    );
  }
}
