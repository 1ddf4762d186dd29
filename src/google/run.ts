import * as z from 'zod';
import { absentOn404 } from './absent.ts';
import type { Caller } from './caller.ts';
import { finishOperation, operation, type OperationApi } from './operations.ts';
import { policySchema, type Policy } from './policy.ts';
import { encodedPath, runServiceName, runServicesParent } from './resource-name.ts';
import { grantedPermissions, testPermissions } from './test-permissions.ts';

/** A service that runs on Cloud Run (Cloud Run API v2, `Service`), as far as its identity goes. */
export interface RunService {
  /** `projects/P/locations/REGION/services/NAME`. */
  name: string;
  /** E-mail address of the account that its next revision runs as; absent: the project's default account. */
  serviceAccount?: string;
  etag: string;
  /** Where it answers, once it does. */
  uri?: string;
  /** The name of its next revision, where whoever deployed it has chosen one. */
  revision?: string;
}

const API = 'run';
const SERVICES_A_PAGE = 100;

// Made when they are needed, as few runs do: making a schema takes longer than loading its text.
const service = () =>
  z
    .object({
      name: z.string(),
      etag: z.string(),
      uri: z.string().optional(),
      template: z
        .object({ serviceAccount: z.string().optional(), revision: z.string().optional() })
        .default({}),
    })
    .transform(({ name, etag, uri, template: { serviceAccount, revision } }): RunService => ({
      name,
      etag,
      ...(uri ? { uri } : {}),
      ...(serviceAccount ? { serviceAccount } : {}),
      ...(revision ? { revision } : {}),
    }));
const page = () =>
  z.object({ services: z.array(service()).default([]), nextPageToken: z.string().optional() });

const operations: OperationApi = {
  api: API,
  get: (name, caller) => caller.plain(API, () => ({ path: `/v2/${encodedPath(name)}` })),
};

/**
 * Services on Cloud Run (Cloud Run API v2), by plain requests: there is no library of Google's for this API here. Every method
 * throws CloudError and CredentialsError.
 */
export class Run {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** The services of one region, the newest first; there is no asking for all regions at once. */
  async list(projectId: string, region: string): Promise<RunService[]> {
    const services: RunService[] = [];
    let pageToken: string | undefined;
    do {
      const query = { pageSize: String(SERVICES_A_PAGE), ...(pageToken ? { pageToken } : {}) };
      const found: z.infer<ReturnType<typeof page>> = await this.#caller.request(
        { api: API, method: 'projects.locations.services.list', repeatable: true, schema: page() },
        () => ({ path: `/v2/${encodedPath(runServicesParent(projectId, region))}`, query }),
      );
      services.push(...found.services);
      pageToken = found.nextPageToken;
    } while (pageToken);
    return services;
  }

  /** A service by its name; none on 404. */
  get(projectId: string, region: string, name: string): Promise<RunService | undefined> {
    return absentOn404(
      this.#caller.request(
        { api: API, method: 'projects.locations.services.get', repeatable: true, schema: service() },
        () => ({ path: `/v2/${encodedPath(runServiceName(projectId, region, name))}` }),
      ),
    );
  }

  /** The allow policy of a service, with its conditions (version 3 is asked for, as for a project). */
  getPolicy(projectId: string, region: string, name: string): Promise<Policy> {
    return this.#caller.request(
      {
        api: API,
        method: 'projects.locations.services.getIamPolicy',
        repeatable: true,
        schema: policySchema,
      },
      () => ({
        path: `/v2/${encodedPath(runServiceName(projectId, region, name))}:getIamPolicy`,
        query: { 'options.requestedPolicyVersion': '3' },
      }),
    );
  }

  /** Replaces the allow policy of a service, unless it was written since `policy` was read (kind `conflict`: read again). */
  setPolicy(projectId: string, region: string, name: string, policy: Policy): Promise<Policy> {
    return this.#caller.request(
      {
        api: API,
        method: 'projects.locations.services.setIamPolicy',
        repeatable: false,
        schema: policySchema,
      },
      () => ({
        method: 'POST',
        path: `/v2/${encodedPath(runServiceName(projectId, region, name))}:setIamPolicy`,
        json: { policy: { ...policy, version: 3 } },
      }),
    );
  }

  /** Which of the permissions the caller holds on a service; asking needs none. */
  test(
    projectId: string,
    region: string,
    name: string,
    permissions: readonly string[],
  ): Promise<Set<string>> {
    return testPermissions(permissions, (chunk) =>
      this.#caller.request(
        {
          api: API,
          method: 'projects.locations.services.testIamPermissions',
          repeatable: true,
          schema: grantedPermissions,
        },
        () => ({
          method: 'POST',
          path: `/v2/${encodedPath(runServiceName(projectId, region, name))}:testIamPermissions`,
          json: { permissions: chunk },
        }),
      ),
    );
  }

  /**
   * Lets a service run as another account, in a new revision, and waits until that serves: seconds to a minute.
   * @param seen as it was read: refuses (kind `conflict`) when it was changed since. A revision name that somebody chose is
   *   dropped, since the new revision cannot have it too [U]
   * @param email the account; the caller needs iam.serviceAccounts.actAs on it
   * @param onWait told before each wait how long it has taken so far, in ms
   * @throws {CloudError} also when the new revision does not start
   */
  async setServiceAccount(
    seen: RunService,
    email: string,
    onWait?: (elapsedMs: number) => void,
  ): Promise<void> {
    const { name, etag, revision } = seen;
    const updateMask = ['template.serviceAccount', ...(revision ? ['template.revision'] : [])].join(',');
    const begun = await this.#caller.request(
      { api: API, method: 'projects.locations.services.patch', repeatable: false, schema: operation },
      () => ({
        method: 'PATCH',
        path: `/v2/${encodedPath(name)}`,
        query: { updateMask },
        json: { name, etag, template: { serviceAccount: email } },
      }),
    );
    await finishOperation(this.#caller, begun, operations, onWait);
  }
}
