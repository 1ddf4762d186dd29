import * as z from 'zod';
import { absentOn404 } from './absent.ts';
import type { Caller } from './caller.ts';
import { changePool, type OnWait } from './pools.ts';
import { poolName, providerName } from './resource-name.ts';

/** An OpenID Connect provider of identities (IAM API v1, `Oidc`). */
export interface Oidc {
  /** https; the keys are found from here unless `jwksJson` holds them. */
  issuerUri: string;
  /** Empty: the provider's own full name alone. */
  allowedAudiences: string[];
  /** The issuer's public keys (RFC 7517), where they are uploaded. */
  jwksJson?: string;
}

/** A provider of a workload identity pool (IAM API v1, `WorkloadIdentityPoolProvider`). */
export interface PoolProvider {
  /** `projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER`. */
  name: string;
  displayName: string;
  description: string;
  disabled: boolean;
  /** Soft-deleted: its ID is taken until it is gone for good, and it can be undeleted for 30 days. */
  deleted: boolean;
  /** Attributes by name (`google.subject`, `attribute.repository`), each an expression over `assertion`. */
  attributeMapping: Record<string, string>;
  /** Who is let in, in Common Expression Language; empty: everybody whom the issuer vouches for. */
  attributeCondition: string;
  /** Absent: a provider of another kind (AWS, SAML, X.509). */
  oidc?: Oidc;
}

/** What of a provider can be written. */
export type PoolProviderContent = Partial<Omit<PoolProvider, 'name' | 'deleted'>>;

// Made when it is needed, as few runs do: making a schema takes longer than loading its text.
const provider = () =>
  z
    .object({
      name: z.string(),
      displayName: z.string().default(''),
      description: z.string().default(''),
      disabled: z.boolean().default(false),
      state: z.string().default('STATE_UNSPECIFIED'),
      attributeMapping: z.record(z.string(), z.string()).default({}),
      attributeCondition: z.string().default(''),
      oidc: z
        .object({
          issuerUri: z.string(),
          allowedAudiences: z.array(z.string()).default([]),
          jwksJson: z.string().optional(),
        })
        .optional(),
    })
    .transform(({ state, ...rest }): PoolProvider => ({ ...rest, deleted: state === 'DELETED' }));
const page = () =>
  z.object({
    workloadIdentityPoolProviders: z.array(provider()).default([]),
    nextPageToken: z.string().optional(),
  });

/**
 * Whom a workload identity pool believes (IAM API v1). Every method throws CloudError and CredentialsError; those that write
 * wait until Google has done it, usually seconds, and answer nothing: look again. `onWait` is told before each wait how long
 * it has taken so far, in ms.
 */
export class PoolProviders {
  readonly #caller: Caller;
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** A provider by its ID; soft-deleted ones come with `deleted`, none comes from 404. */
  get(projectId: string, poolId: string, providerId: string): Promise<PoolProvider | undefined> {
    const call = { api: 'iam', method: 'projects.locations.workloadIdentityPools.providers.get' };
    return absentOn404(
      this.#caller.call({ ...call, repeatable: true, schema: provider() }, (options, { iam }) =>
        iam.projects.locations.workloadIdentityPools.providers.get(
          { name: providerName(projectId, poolId, providerId) },
          options,
        ),
      ),
    );
  }

  /** The providers of a pool, without those that are soft-deleted. */
  async list(projectId: string, poolId: string): Promise<PoolProvider[]> {
    const call = { api: 'iam', method: 'projects.locations.workloadIdentityPools.providers.list' };
    const providers: PoolProvider[] = [];
    let pageToken: string | undefined;
    do {
      const params = { parent: poolName(projectId, poolId), ...(pageToken ? { pageToken } : {}) };
      const found: z.infer<ReturnType<typeof page>> = await this.#caller.call(
        { ...call, repeatable: true, schema: page() },
        (options, { iam }) => iam.projects.locations.workloadIdentityPools.providers.list(params, options),
      );
      providers.push(...found.workloadIdentityPoolProviders);
      pageToken = found.nextPageToken;
    } while (pageToken);
    return providers;
  }

  /**
   * Adds a provider to a pool. Kind `exists` also for a soft-deleted one [U].
   * @param providerId 4 to 32 of a-z, 0-9 and hyphens
   * @param content for OpenID Connect the mapping must hold `google.subject`
   */
  create(
    projectId: string,
    poolId: string,
    providerId: string,
    content: PoolProviderContent & { oidc: Oidc },
    onWait?: OnWait,
  ): Promise<void> {
    return changePool(
      this.#caller,
      'providers.create',
      (options, { iam }) =>
        iam.projects.locations.workloadIdentityPools.providers.create(
          {
            parent: poolName(projectId, poolId),
            workloadIdentityPoolProviderId: providerId,
            requestBody: content,
          },
          options,
        ),
      onWait,
    );
  }

  /** Writes the fields that `content` holds, each whole. Google refuses to change one that is soft-deleted. */
  patch(
    projectId: string,
    poolId: string,
    providerId: string,
    content: PoolProviderContent,
    onWait?: OnWait,
  ): Promise<void> {
    return changePool(
      this.#caller,
      'providers.patch',
      (options, { iam }) =>
        iam.projects.locations.workloadIdentityPools.providers.patch(
          {
            name: providerName(projectId, poolId, providerId),
            updateMask: Object.keys(content).join(','),
            requestBody: content,
          },
          options,
        ),
      onWait,
    );
  }

  /** Brings back a soft-deleted provider, within 30 days of its deletion. */
  undelete(projectId: string, poolId: string, providerId: string, onWait?: OnWait): Promise<void> {
    return changePool(
      this.#caller,
      'providers.undelete',
      (options, { iam }) =>
        iam.projects.locations.workloadIdentityPools.providers.undelete(
          { name: providerName(projectId, poolId, providerId), requestBody: {} },
          options,
        ),
      onWait,
    );
  }

  /** Deletes a provider; one that is gone already is deleted. Tokens that came through it stay good until their end. */
  async delete(projectId: string, poolId: string, providerId: string, onWait?: OnWait): Promise<void> {
    await absentOn404(
      changePool(
        this.#caller,
        'providers.delete',
        (options, { iam }) =>
          iam.projects.locations.workloadIdentityPools.providers.delete(
            { name: providerName(projectId, poolId, providerId) },
            options,
          ),
        onWait,
      ),
    );
  }
}
