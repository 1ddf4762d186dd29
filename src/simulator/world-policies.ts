export interface Condition {
  readonly title: string;
  readonly description?: string | undefined;
  readonly expression: string;
  readonly location?: string | undefined;
}

/** Members of accounts of this world are kept pinned, as `serviceAccount:EMAIL?uid=UNIQUE_ID`: see members.ts. */
export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  readonly condition?: Condition | undefined;
}

export interface AuditConfig {
  readonly service: string;
  readonly auditLogConfigs: readonly { logType: string; exemptedMembers?: readonly string[] | undefined }[];
}

export interface Policy {
  readonly bindings: readonly Binding[];
  readonly auditConfigs: readonly AuditConfig[];
  /** Microseconds of the last write, which the etag tells; see World.stamp(). */
  readonly stamp: number;
}

/** An organisation policy rule of the boolean kind, e.g. iam.disableServiceAccountKeyCreation. */
export interface OrgPolicy {
  readonly constraint: string;
  readonly enforced: boolean;
}

/** One rule of a deny policy (IAM v2). Permissions are written `iam.googleapis.com/roles.create`. */
export interface DenyRule {
  readonly deniedPrincipals: readonly string[];
  readonly exceptionPrincipals: readonly string[];
  readonly deniedPermissions: readonly string[];
  readonly exceptionPermissions: readonly string[];
  readonly denialCondition?: Condition | undefined;
}
