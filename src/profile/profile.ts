/** How far along the thing is that a profile prepares for. */
export interface ProfileStatus {
  readonly stage: 'alpha' | 'beta' | 'stable' | 'deprecated';
  /** One sentence for the person who is about to rely on it. */
  readonly note?: string | undefined;
}

/** Who gave a reason. A permission names one of these by its label, or `ours`. */
export interface ReasonSource {
  readonly title: string;
  /** Where it can be read, https only. */
  readonly link?: string | undefined;
}

/** An API that must be on in the project. */
export interface WantedService {
  /** For example `run.googleapis.com`. */
  readonly name: string;
  readonly why: string;
}

/** The custom role. It holds those of the profile's `permissions` that are asked for where it is granted. */
export interface WantedRole {
  /** The last part of `projects/P/roles/ID`. */
  readonly id: string;
  /** At most 100 bytes. */
  readonly title: string;
  /** At most 300 bytes. For a role that we make; a role that is found keeps its own. */
  readonly description?: string | undefined;
  readonly stage: 'ALPHA' | 'BETA' | 'GA';
}

/** Under which condition a role is granted (Common Expression Language). A title tells it from others of the same role. */
export interface GrantCondition {
  readonly title: string;
  readonly expression: string;
  readonly description?: string | undefined;
}

/** One role that the account is granted, and on what. */
export interface WantedGrant {
  /** `custom` for the profile's own role; else a predefined one, `roles/run.viewer`, or one of an organisation. */
  readonly role: string;
  /** `project`, `account`, `organization`, `bucket/NAME` and so on: see `place.ts`. */
  readonly on: string;
  /** What it is for. Always there for a predefined role. */
  readonly why?: string | undefined;
  readonly condition?: GrantCondition | undefined;
}

/** A predefined role that people are granted on the project. */
export interface TeamGrant {
  readonly role: string;
  /** `user:…`, `group:…` or `domain:…`, each once. May be empty: whoever runs it names them. */
  readonly members: readonly string[];
  readonly why: string;
}

/** The service account. */
export interface WantedAccount {
  /** The part before the `@`. */
  readonly id: string;
  /** At most 100 bytes. */
  readonly displayName: string;
  /** At most 256 bytes. For an account that we make; an account that is found keeps its own. */
  readonly description?: string | undefined;
}

/** What is asked of the account's key. */
export interface WantedKey {
  /** A key that is older (days since Google knows it) is to be replaced. */
  readonly maxAgeDays: number;
}

/** One permission that the account is to have. */
export interface WantedPermission {
  /** `service.resource.action`, exactly as Google writes it. */
  readonly name: string;
  /** What it is for, in one sentence. Never empty. */
  readonly why: string;
  /** Whose words `why` is: `ours`, or a label of the profile's `sources`. */
  readonly source: string;
  /** What the person should know before granting it. */
  readonly warning?: string | undefined;
  /** What it is asked for on; that of the first grant where absent. */
  readonly on?: string | undefined;
}

/** A command that becomes possible once the account is ready. */
export interface NextCommand {
  readonly run: string;
  readonly why?: string | undefined;
}

/**
 * Names of the variables that the ecosystem's own tools read, each once. A part that is left out is not written.
 * `privateKey` and `credentialsJson` hold the secret.
 */
export interface EnvNames {
  /** PEM, with real line breaks. */
  readonly privateKey?: string | undefined;
  readonly privateKeyId?: string | undefined;
  /** The account's address. */
  readonly clientEmail?: string | undefined;
  readonly projectId?: string | undefined;
  /** Path of the key file, as for GOOGLE_APPLICATION_CREDENTIALS. */
  readonly keyFile?: string | undefined;
  /** The key file's content, on one line. */
  readonly credentialsJson?: string | undefined;
}

/**
 * What a service account needs to be ready for one job: the services that must be on, the role with its
 * permissions and the reason of each, and the account. It is data, read from YAML and checked against Google's
 * limits (see `schema.ts`), so whoever holds a `Profile` need not check it again. Every text is one line,
 * trimmed, without control characters, and safe to print.
 */
export interface Profile {
  /** Lower-case, digits and dashes; safe as a file name. */
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** Where the profile's facts can be read, https only. */
  readonly link?: string | undefined;
  readonly status: ProfileStatus;
  readonly sources: Readonly<Record<string, ReasonSource>>;
  readonly services: readonly WantedService[];
  /** Absent where only predefined roles are granted. */
  readonly role?: WantedRole | undefined;
  readonly account: WantedAccount;
  readonly key?: WantedKey | undefined;
  /** In the order of the file, each name once, at most 3,000; none only where there is no custom role. */
  readonly permissions: readonly WantedPermission[];
  /** What the account is granted, at least one. */
  readonly grants: readonly WantedGrant[];
  /** What people are granted besides. */
  readonly team: readonly TeamGrant[];
  readonly next: readonly NextCommand[];
  readonly env: EnvNames;
}
