import type { Caller } from './caller.ts';
import { policySchema, type Policy } from './policy.ts';
import { encodedPath } from './resource-name.ts';

/** Allow policies of folders (Resource Manager API v3). */
export class Folders {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * The allow policy, with its conditions (version 3 is asked for, as for a project). @param id digits
   * @throws {CloudError | CredentialsError}
   */
  getPolicy(id: string): Promise<Policy> {
    return this.#caller.request(
      { api: 'cloudresourcemanager', method: 'folders.getIamPolicy', repeatable: true, schema: policySchema },
      () => ({
        method: 'POST',
        path: `/v3/${encodedPath(`folders/${id}`)}:getIamPolicy`,
        json: { options: { requestedPolicyVersion: 3 } },
      }),
    );
  }
}
