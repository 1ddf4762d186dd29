/** Why a permission is missing, as far as that can be seen. */
export type MissingReason =
  /** Google knows no permission of that name, on a project. */
  | 'not-valid'
  /** The policy of the project names the account nowhere. */
  | 'no-grant'
  /** None of the account's roles holds it. */
  | 'not-in-role'
  /** Its role holds it, and was deleted. */
  | 'role-deleted'
  /** Its role holds it, under a condition that is not met. */
  | 'condition'
  /** Its role holds it, so something above the project takes it away, or the grant is very young. */
  | 'denied'
  /** Nobody who was asked may look at the policy. */
  | 'not-known';

/** Why a permission is missing, and what to do about it. */
export interface Diagnosis {
  reason: MissingReason;
  /** In words. */
  cause: string;
  /** One next step, in words. */
  remedy: string;
}

/** A permission that is asked for, and what for, where a profile says so. */
export interface Asked {
  /** `service.resource.action`. */
  permission: string;
  /** The profile's reason. */
  why?: string;
}

/** One permission and the answer; where it is missing, why, and what to do. */
export type PermissionTest = (Asked & { granted: true }) | (Asked & { granted: false } & Diagnosis);
