import type { Caller } from './caller.ts';
import { policySchema, type Policy } from './policy.ts';
import { encodedPath } from './resource-name.ts';
import { grantedPermissions, testPermissions } from './test-permissions.ts';

const API = 'storage';

/**
 * Who may do what with a bucket (Cloud Storage JSON API v1), by plain requests: there is no library of Google's for this API
 * here. Every method throws CloudError and CredentialsError: among others `not-found` for a bucket that is not there.
 */
export class Buckets {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The allow policy, with its conditions (version 3 is asked for, as for a project). */
  getPolicy(bucket: string): Promise<Policy> {
    return this.#caller.request(
      { api: API, method: 'buckets.getIamPolicy', repeatable: true, schema: policySchema },
      () => ({ path: pathOf(bucket), query: { optionsRequestedPolicyVersion: '3' } }),
    );
  }

  /** Replaces the allow policy, unless it was written since `policy` was read (kind `conflict`: read again). */
  setPolicy(bucket: string, policy: Policy): Promise<Policy> {
    return this.#caller.request(
      { api: API, method: 'buckets.setIamPolicy', repeatable: false, schema: policySchema },
      () => ({ method: 'PUT', path: pathOf(bucket), json: { ...policy, version: 3 } }),
    );
  }

  /** Which of the permissions the caller holds on the bucket; asking needs none. */
  test(bucket: string, permissions: readonly string[]): Promise<Set<string>> {
    return testPermissions(permissions, (chunk) =>
      this.#caller.request(
        { api: API, method: 'buckets.testIamPermissions', repeatable: true, schema: grantedPermissions },
        () => ({ path: `${pathOf(bucket)}/testPermissions`, query: { permissions: chunk } }),
      ),
    );
  }
}

function pathOf(bucket: string): string {
  return `/storage/v1/b/${encodedPath(bucket)}/iam`;
}
