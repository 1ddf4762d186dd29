import * as z from 'zod';
import type { Caller } from './caller.ts';
import { policySchema, type Policy } from './policy.ts';
import { encodedPath } from './resource-name.ts';
import { grantedPermissions, testPermissions } from './test-permissions.ts';

const API = 'storage';
/** The largest page (Cloud Storage JSON API v1). */
const BUCKETS_A_PAGE = 1000;

// Made when it is needed, as few runs do: making a schema takes longer than loading its text.
const page = () =>
  z.object({
    items: z.array(z.object({ name: z.string() })).default([]),
    nextPageToken: z.string().optional(),
  });

/**
 * Who may do what with a bucket (Cloud Storage JSON API v1), by plain requests: there is no library of Google's for this API
 * here. Every method throws CloudError and CredentialsError: among others `not-found` for a bucket that is not there.
 */
export class Buckets {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The names of a project's buckets. */
  async list(projectId: string): Promise<string[]> {
    const names: string[] = [];
    let pageToken: string | undefined;
    do {
      const query = {
        ...{ project: projectId, maxResults: String(BUCKETS_A_PAGE), fields: 'items(name),nextPageToken' },
        ...(pageToken ? { pageToken } : {}),
      };
      const found: z.infer<ReturnType<typeof page>> = await this.#caller.request(
        { api: API, method: 'buckets.list', repeatable: true, schema: page() },
        () => ({ path: '/storage/v1/b', query }),
      );
      names.push(...found.items.map(({ name }) => name));
      pageToken = found.nextPageToken;
    } while (pageToken);
    return names;
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
