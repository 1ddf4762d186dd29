/** The call that proved something, and what it answered, in words. */
export interface Evidence {
  /** API and method, as in Google's reference: "cloudresourcemanager projects.getIamPolicy". */
  call: string;
  /** What was asked about: "projects/acme-video". */
  resource: string;
  /** What the answer said: "no binding names serviceAccount:bot@…". */
  said: string;
}

/** Why an account lacks a permission, or cannot sign in. */
export type CauseKind =
  | 'no-grant'
  | 'not-in-role'
  | 'role-deleted'
  | 'role-disabled'
  | 'condition'
  | 'deleted-member'
  | 'account-missing'
  | 'account-disabled'
  | 'key-disabled'
  | 'key-expired'
  | 'key-missing'
  | 'service-disabled'
  | 'denied'
  | 'outside-boundary'
  | 'other-level'
  | 'propagating'
  | 'clock-skew';

/** One cause of missing permissions, proven by at least one call. */
export interface Cause {
  kind: CauseKind;
  /** The permissions that it explains; empty where it takes all, such as a disabled account. */
  permissions: readonly string[];
  /** One sentence: what stands in the way, where, with exact names. */
  what: string;
  /** One sentence: what mends it, and who can. */
  remedy: string;
  /** The command that does so, where there is one: of iamready, else of gcloud. */
  command?: string;
  evidence: readonly [Evidence, ...Evidence[]];
}

/** Something that could have told more, and could not be read: what, and which permission whoever looks would need. */
export interface Unread {
  what: string;
  needs: string;
  said: string;
}

/** What one search for causes has found. */
export interface Findings {
  causes: readonly Cause[];
  unread: readonly Unread[];
  /** Permissions that are lacking, and no cause explains. */
  unexplained: readonly string[];
}
