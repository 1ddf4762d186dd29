/** Something that has an allow policy. `account`: an address; `run-service`: REGION/NAME; folder and organisation: numbers. */
export interface Place {
  readonly kind: 'project' | 'folder' | 'organization' | 'account' | 'bucket' | 'run-service';
  readonly id: string;
}

/** The condition on a binding (Common Expression Language), and what it means now. */
export interface GraphCondition {
  readonly title: string;
  readonly expression: string;
  readonly description?: string | undefined;
  /** "works until 2030-01-01", "works only where …". */
  readonly reach: string;
  /** ISO 8601; present where it is only about a time that ends. */
  readonly until?: string | undefined;
  /** Its time is over. */
  readonly over: boolean;
}

/** A run of ours that made something: when, and who ran it, where the journal knows. */
export interface MadeBy {
  /** ISO 8601, by the clock of the machine that made it. */
  readonly at: string;
  readonly by?: string | undefined;
}

/** What a member may do with the account itself. */
export type Ability = 'tokens' | 'attach' | 'keys' | 'policy';

/** A member of a binding by which the account can be used. */
export interface Holder {
  readonly member: string;
  /** Full name. */
  readonly role: string;
  readonly on: Place;
  readonly condition?: GraphCondition | undefined;
  readonly abilities: readonly Ability[];
  /** An agent of Google's own. */
  readonly agent: boolean;
  readonly made?: MadeBy | undefined;
}

/** A user-managed key, without its private half. Times are ISO 8601. */
export interface GraphKey {
  readonly id: string;
  readonly created: string;
  readonly ageDays: number;
  /** Absent where it does not expire. */
  readonly expires?: string | undefined;
  readonly expired: boolean;
  readonly disabled: boolean;
  readonly uploaded: boolean;
  /** A day; null: not in the time that Google keeps; absent: not known. */
  readonly lastUsed?: string | null | undefined;
  readonly made?: MadeBy | undefined;
}

/** A service on Cloud Run that runs as the account. */
export interface GraphService {
  readonly region: string;
  readonly name: string;
  readonly uri?: string | undefined;
  readonly made?: MadeBy | undefined;
}

/** A provider that lets identities from elsewhere into a pool whose members may use the account. */
export interface GraphProvider {
  readonly pool: string;
  readonly provider: string;
  readonly issuer?: string | undefined;
  /** Who is let in; empty: everybody whom the issuer vouches for. */
  readonly condition: string;
  readonly disabled: boolean;
  readonly made?: MadeBy | undefined;
}

/** One line by which the account may do something. */
export interface Grant {
  /** The account, as the policy names it; or everybody, to whom it belongs as well. */
  readonly member: string;
  /** Full name. */
  readonly role: string;
  readonly on: Place;
  readonly condition?: GraphCondition | undefined;
  /** Why, as the profile has it; absent for what it does not ask for. */
  readonly why?: string | undefined;
  /** The profile asks for this line. */
  readonly asked: boolean;
  /** Why it gives nothing now; absent where it does. */
  readonly dead?: string | undefined;
  readonly made?: MadeBy | undefined;
}

/** A role, as far as a binding reaches it. */
export interface GraphRole {
  /** Full name. */
  readonly name: string;
  /** As people read it: "RemotionSA", "roles/run.viewer". */
  readonly label: string;
  readonly title: string;
  readonly custom: boolean;
  /** Viewer, Editor or Owner. */
  readonly basic: boolean;
  /** Soft-deleted, or disabled: it gives nobody anything. */
  readonly dead: boolean;
  /** Absent where it may not be read. */
  readonly permissions?: readonly string[] | undefined;
  readonly made?: MadeBy | undefined;
}

/** What is known of a permission. */
export interface PermissionFacts {
  /** The profile asks for it. */
  readonly asked: boolean;
  /** Why it is needed, in the words of the profile or the page it cites. */
  readonly why?: string | undefined;
  /** Whose words these are. */
  readonly by?: string | undefined;
  readonly link?: string | undefined;
  readonly warning?: string | undefined;
  /** What it lets one do, as the catalog has it. */
  readonly does?: string | undefined;
  /** What a holder could do with it, as the catalog has it. */
  readonly risk?: string | undefined;
}

/** Something that could not be looked at, so that the picture may be incomplete. */
export interface Unread {
  readonly what: string;
  readonly why: string;
  readonly next: string;
}

/** Who can use an account, and what it may do by which line, as it was at one time. A plain value: it can be kept as JSON. */
export interface AccessGraph {
  readonly v: 1;
  /** ISO 8601, of Google's clock. */
  readonly at: string;
  readonly project: string;
  /** Set where the cloud at the other end is not Google's. */
  readonly endpoint?: string | undefined;
  readonly profile: { readonly name: string; readonly title: string };
  readonly account: {
    readonly email: string;
    /** Unknown where it may not be looked at. */
    readonly state: 'enabled' | 'disabled' | 'absent' | 'unknown';
    readonly displayName: string;
    readonly description: string;
    readonly uniqueId?: string | undefined;
    readonly made?: MadeBy | undefined;
  };
  readonly holders: readonly Holder[];
  readonly keys: readonly GraphKey[];
  readonly services: readonly GraphService[];
  readonly providers: readonly GraphProvider[];
  readonly grants: readonly Grant[];
  readonly roles: Readonly<Record<string, GraphRole>>;
  /** Of permissions in those roles, by name; nothing of what nobody has written about. */
  readonly permissions: Readonly<Record<string, PermissionFacts>>;
  readonly unread: readonly Unread[];
}
