/** A workload identity pool; `name`, with the project's number, is its key in the world. */
export interface WorkloadIdentityPool {
  /** projects/NUMBER/locations/global/workloadIdentityPools/ID */
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly disabled: boolean;
  /** Simulator ms of the soft delete, if deleted. */
  readonly deletedAt?: number | undefined;
}

/** A provider of a pool, of the OIDC kind; `name` is its key in the world. */
export interface PoolProvider {
  /** POOL/providers/ID */
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly disabled: boolean;
  /** Google attribute (google.subject, attribute.repository) to CEL expression. */
  readonly attributeMapping: Readonly<Record<string, string>>;
  readonly attributeCondition?: string | undefined;
  readonly oidc: {
    readonly issuerUri: string;
    readonly allowedAudiences: readonly string[];
    /** Public keys as a JSON text; without them the issuer's own count. */
    readonly jwksJson?: string | undefined;
  };
  readonly deletedAt?: number | undefined;
}

/** Who a subject token was mapped to. */
export interface FederatedIdentity {
  /** The pool's name. */
  readonly pool: string;
  /** The ID of the pool's project. */
  readonly projectId: string;
  readonly subject: string;
  readonly groups: readonly string[];
  /** Custom attributes by name, without `attribute.`. */
  readonly attributes: Readonly<Record<string, string>>;
}
