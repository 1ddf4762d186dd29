import type { Caller } from './caller.ts';
import { policySchema, type Policy } from './policy.ts';
import { encodedPath } from './resource-name.ts';
import { grantedPermissions, testPermissions } from './test-permissions.ts';

const API = 'cloudresourcemanager';

/** Allow policies of organisations (Resource Manager API v3). Every method throws CloudError and CredentialsError. */
export class Organizations {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The allow policy, with its conditions (version 3 is asked for, as for a project). @param id digits */
  getPolicy(id: string): Promise<Policy> {
    return this.#caller.request(
      { api: API, method: 'organizations.getIamPolicy', repeatable: true, schema: policySchema },
      () => ({
        method: 'POST',
        path: `${pathOf(id)}:getIamPolicy`,
        json: { options: { requestedPolicyVersion: 3 } },
      }),
    );
  }

  /** Replaces the allow policy, unless it was written since `policy` was read (kind `conflict`: read again). */
  setPolicy(id: string, policy: Policy): Promise<Policy> {
    return this.#caller.request(
      { api: API, method: 'organizations.setIamPolicy', repeatable: false, schema: policySchema },
      () => ({
        method: 'POST',
        path: `${pathOf(id)}:setIamPolicy`,
        json: { policy: { ...policy, version: 3 } },
      }),
    );
  }

  /** Which of the permissions the caller holds on it; asking needs none. @param id digits */
  test(id: string, permissions: readonly string[]): Promise<Set<string>> {
    return testPermissions(permissions, (chunk) =>
      this.#caller.request(
        {
          api: API,
          method: 'organizations.testIamPermissions',
          repeatable: true,
          schema: grantedPermissions,
        },
        () => ({
          method: 'POST',
          path: `${pathOf(id)}:testIamPermissions`,
          json: { permissions: chunk },
        }),
      ),
    );
  }
}

function pathOf(id: string): string {
  return `/v3/${encodedPath(`organizations/${id}`)}`;
}
