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

/** What an organisation policy of the boolean kind says. */
export interface OrgPolicySpec {
  readonly rules: readonly {
    readonly enforce: boolean;
    readonly condition?: object | undefined;
    readonly parameters?: object | undefined;
  }[];
  /** Back to the constraint's default, whatever is set above. */
  readonly reset: boolean;
  /** Microseconds of the last write; see World.stamp(). */
  readonly stamp: number;
}

/** An organisation policy of the boolean kind; its key in the world is `RESOURCE/policies/CONSTRAINT`. */
export interface OrgPolicy {
  /** Without `constraints/`, e.g. iam.disableServiceAccountKeyCreation. */
  readonly constraint: string;
  readonly spec?: OrgPolicySpec | undefined;
  readonly dryRunSpec?: OrgPolicySpec | undefined;
  readonly stamp: number;
}

/** One rule of a deny policy (IAM v2). Permissions are written `iam.googleapis.com/roles.create`. */
export interface DenyRule {
  readonly description?: string | undefined;
  readonly deniedPrincipals: readonly string[];
  readonly exceptionPrincipals: readonly string[];
  readonly deniedPermissions: readonly string[];
  readonly exceptionPermissions: readonly string[];
  readonly denialCondition?: Condition | undefined;
}

/** A deny policy (IAM v2). Those of one project, folder or organisation are kept together, in the order they were made. */
export interface DenyPolicy {
  /** The last part of its name. */
  readonly id: string;
  readonly uid: string;
  readonly displayName?: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** Accounts of this world are kept pinned, as `…/serviceAccounts/EMAIL?uid=UNIQUE_ID`: see deny-principals.ts. */
  readonly rules: readonly DenyRule[];
  /** Microseconds; see World.stamp(). */
  readonly created: number;
  readonly stamp: number;
}

/** A principal access boundary policy (IAM v3): what its principals may use permissions on. */
export interface AccessBoundary {
  /** organizations/O/locations/global/principalAccessBoundaryPolicies/ID: its key in the world. */
  readonly name: string;
  readonly uid: string;
  readonly displayName?: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  readonly rules: readonly {
    readonly description?: string | undefined;
    /** //cloudresourcemanager.googleapis.com/projects/ID, or of a folder or organisation. */
    readonly resources: readonly string[];
  }[];
  /** Which permissions it can block: 1 to 4, or `latest`. */
  readonly enforcementVersion: string;
  /** Microseconds; see World.stamp(). */
  readonly created: number;
  readonly stamp: number;
}

/** What makes the principals of a set subject to a boundary (IAM v3). */
export interface PolicyBinding {
  /** projects/NUMBER/locations/global/policyBindings/ID, or of a folder or organisation: its key in the world. */
  readonly name: string;
  readonly uid: string;
  readonly displayName?: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** The full name of a principal set; that of a project has its number. */
  readonly target: string;
  /** The name and the uid of the boundary: one that is made again under the same name is another. */
  readonly policy: string;
  readonly policyUid: string;
  readonly condition?: Condition | undefined;
  readonly created: number;
  readonly stamp: number;
}
