import type { KeyObject } from 'node:crypto';
import type { Catalog } from './catalog.ts';
import type { Clock } from './clock.ts';
import type { Lag, LagProfile } from './replicas.ts';
import { ReplicatedMap } from './replicas.ts';
import { digits } from './random.ts';
import type { IssuerKey } from './sts/issuers.ts';
import type { FederatedIdentity, PoolProvider, WorkloadIdentityPool } from './world-federation.ts';
import type { AccessBoundary, DenyPolicy, OrgPolicy, Policy, PolicyBinding } from './world-policies.ts';
import type { Bucket } from './world-buckets.ts';
import type { RunService } from './world-run.ts';

export type { FederatedIdentity, PoolProvider, WorkloadIdentityPool } from './world-federation.ts';
export type { Bucket } from './world-buckets.ts';
export type { RunService } from './world-run.ts';
export type {
  AccessBoundary,
  AuditConfig,
  Binding,
  Condition,
  DenyPolicy,
  DenyRule,
  OrgPolicy,
  OrgPolicySpec,
  Policy,
  PolicyBinding,
} from './world-policies.ts';

export interface Organization {
  readonly kind: 'organization';
  readonly id: string;
  readonly domain: string;
  readonly customerId: string;
  readonly createTime: number;
}

export interface Folder {
  readonly kind: 'folder';
  readonly id: string;
  readonly displayName: string;
  /** `organizations/N` or `folders/N`. */
  readonly parent: string;
  readonly createTime: number;
}

export interface Project {
  readonly kind: 'project';
  readonly id: string;
  readonly number: string;
  readonly displayName: string;
  readonly parent?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** The ID of the billing account it is linked to, if any. */
  readonly billingAccount?: string | undefined;
  readonly state: 'ACTIVE' | 'DELETE_REQUESTED';
  readonly createTime: number;
}

/** A billing account; its allow policy stands under `billingAccounts/ID`. */
export interface BillingAccount {
  /** Three groups of six hexadecimal digits, e.g. 01A2B3-C4D5E6-F7A8B9. */
  readonly id: string;
  readonly displayName: string;
  /** Whether it is charged; projects of a closed one cannot use what costs money. */
  readonly open: boolean;
  readonly currencyCode: string;
  /** The organisation it belongs to, if any. */
  readonly organization?: string | undefined;
  /** Most projects that can be linked to it, if that is limited. */
  readonly mostProjects?: number | undefined;
}

/** A custom role; `name` is its key in the world: projects/P/roles/R or organizations/N/roles/R. */
export interface CustomRole {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly permissions: readonly string[];
  readonly stage: 'ALPHA' | 'BETA' | 'GA' | 'DEPRECATED' | 'DISABLED' | 'EAP';
  readonly stamp: number;
  /** Simulator ms of the soft delete, if deleted. */
  readonly deletedAt?: number | undefined;
}

/** A service account; its key in the world is its unique ID, so that a re-created one is another account. */
export interface ServiceAccount {
  readonly uniqueId: string;
  readonly email: string;
  readonly projectId: string;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly disabled: boolean;
  readonly createTime: number;
  readonly deletedAt?: number | undefined;
}

/** A key of a service account; its key in the world is `UNIQUE_ID/KEY_ID`. Private halves are not kept. */
export interface AccountKey {
  readonly id: string;
  /** The account's unique ID. */
  readonly account: string;
  readonly type: 'USER_MANAGED' | 'SYSTEM_MANAGED';
  readonly origin: 'GOOGLE_PROVIDED' | 'USER_PROVIDED';
  readonly algorithm: 'KEY_ALG_RSA_1024' | 'KEY_ALG_RSA_2048';
  /** SPKI, PEM. */
  readonly publicKey: string;
  /** X.509, PEM. */
  readonly certificate: string;
  readonly disabled: boolean;
  readonly validAfter: number;
  readonly validBefore: number;
}

export interface User {
  readonly email: string;
  readonly token: string;
  /** What a login of theirs for programs holds; without it they have none. */
  readonly refreshToken?: string | undefined;
  /** Simulator ms; without it the token never expires. */
  readonly tokenExpiresAt?: number | undefined;
}

/** An access token that the simulator has issued, to an account (by unique ID), a user (by e-mail) or a federated identity. */
export interface IssuedToken {
  readonly holder:
    { readonly account: string } | { readonly user: string } | { readonly federated: FederatedIdentity };
  readonly expiresAt: number;
  readonly scopes: readonly string[];
}

/** The private half of a Google-managed key: made on demand, never shown. */
export interface SystemKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: string;
  readonly certificate: string;
  readonly validAfter: number;
  readonly validBefore: number;
}

/** How an operation ended: well, or with a google.rpc.Status. */
export type Outcome = { readonly response: object } | { readonly error: object };

/** A long-running operation whose effect and end come when the clock reaches `doneAt`. */
export interface Operation {
  readonly name: string;
  readonly doneAt: number;
  readonly metadata: object | undefined;
  /** What the metadata becomes when it is done, if something else. */
  readonly metadataWhenDone?: object | undefined;
  /** Has its effect on the world and gives the outcome, once, at `doneAt`. */
  readonly finish: (at: number) => Outcome;
  outcome?: Outcome;
}

/** All there is. Maps that APIs write are replicated; what only the world file sets is plain. */
export interface World {
  readonly clock: Clock;
  readonly seed: number;
  readonly catalog: Catalog;
  readonly lag: LagProfile;
  /** The e-mail of the user whose token `simulate` prints, and the project it names. */
  operator: string;
  project: string;
  readonly organizations: Map<string, Organization>;
  readonly folders: Map<string, Folder>;
  readonly projects: Map<string, Project>;
  readonly projectIds: Map<string, string>;
  /** Project IDs that are taken though no project here has them: elsewhere, gone for good, or being made. */
  readonly takenProjectIds: Set<string>;
  /** How many projects a principal has made, and how many each may. */
  readonly projectsMade: Map<string, number>;
  projectQuota: number;
  readonly billingAccounts: Map<string, BillingAccount>;
  readonly users: Map<string, User>;
  readonly usersByToken: Map<string, User>;
  readonly groups: Map<string, readonly string[]>;
  /** By resource name, e.g. projects/ID, or projects/ID/serviceAccounts/UNIQUE_ID. */
  readonly policies: ReplicatedMap<Policy>;
  /** By resource name and constraint: projects/ID/policies/CONSTRAINT. */
  readonly orgPolicies: ReplicatedMap<OrgPolicy>;
  /** By the resource they are attached to, e.g. projects/ID. */
  readonly denyPolicies: ReplicatedMap<readonly DenyPolicy[]>;
  readonly accessBoundaries: ReplicatedMap<AccessBoundary>;
  readonly policyBindings: ReplicatedMap<PolicyBinding>;
  readonly roles: ReplicatedMap<CustomRole>;
  readonly accounts: ReplicatedMap<ServiceAccount>;
  /** E-mail to unique IDs, oldest first. */
  readonly accountIds: Map<string, readonly string[]>;
  readonly keys: ReplicatedMap<AccountKey>;
  readonly pools: ReplicatedMap<WorkloadIdentityPool>;
  readonly poolProviders: ReplicatedMap<PoolProvider>;
  readonly runServices: ReplicatedMap<RunService>;
  readonly buckets: ReplicatedMap<Bucket>;
  /** The OIDC issuers that this world plays, and their key pairs, which are made on demand. */
  readonly oidcIssuers: Set<string>;
  readonly issuerKeys: Map<string, Promise<IssuerKey>>;
  /** What the tokens of running jobs of GitHub Actions claim, by the bearer that asks for them. */
  readonly workflowJobs: Map<string, Readonly<Record<string, unknown>>>;
  /** Project ID to its enabled services. */
  readonly services: ReplicatedMap<ReadonlySet<string>>;
  /** Every service that can be enabled, with its title. */
  readonly serviceTitles: Map<string, string>;
  readonly operations: Map<string, Operation>;
  readonly systemKeys: Map<string, Promise<SystemKey>>;
  readonly tokens: Map<string, IssuedToken>;
  /** When accounts (by unique ID) and keys (UNIQUE_ID/KEY_ID) were last used, in simulator ms. */
  readonly signIns: Map<string, number>;
  /** Overrides of the limits per minute, by quota metric. */
  readonly quotas: Map<string, number>;
  /** A microsecond stamp for etags: the clock's, but never the same twice. */
  stamp(): number;
  /** A 21-digit ID for a new account, different each time, the same under the same seed. */
  newUniqueId(): string;
  /** A UUID for something new, different each time, the same under the same seed. */
  newUid(): string;
  /** A 12-digit project number that no project has, the same under the same seed. */
  newProjectNumber(): string;
}

/** An empty world: the loader fills it. */
export function createWorld(options: {
  catalog: Catalog;
  clock: Clock;
  seed: number;
  lag: LagProfile;
}): World {
  const { clock, seed, catalog } = options;
  const lag: Lag = { profile: options.lag, seed, clock };
  let lastStamp = 0;
  let accounts = 0;
  let numbers = 0;
  let uids = 0;
  const projectIds = new Map<string, string>();
  return {
    clock,
    seed,
    catalog,
    lag: options.lag,
    operator: '',
    project: '',
    organizations: new Map(),
    folders: new Map(),
    projects: new Map(),
    projectIds,
    takenProjectIds: new Set(),
    projectsMade: new Map(),
    projectQuota: Infinity,
    billingAccounts: new Map(),
    users: new Map(),
    usersByToken: new Map(),
    groups: new Map(),
    policies: new ReplicatedMap('policies', lag),
    orgPolicies: new ReplicatedMap('orgPolicies', lag),
    denyPolicies: new ReplicatedMap('denyPolicies', lag),
    accessBoundaries: new ReplicatedMap('accessBoundaries', lag),
    policyBindings: new ReplicatedMap('policyBindings', lag),
    roles: new ReplicatedMap('roles', lag),
    accounts: new ReplicatedMap('accounts', lag),
    accountIds: new Map(),
    keys: new ReplicatedMap('keys', lag),
    pools: new ReplicatedMap('pools', lag),
    poolProviders: new ReplicatedMap('poolProviders', lag),
    runServices: new ReplicatedMap('runServices', lag),
    buckets: new ReplicatedMap('buckets', lag),
    oidcIssuers: new Set(),
    issuerKeys: new Map(),
    workflowJobs: new Map(),
    services: new ReplicatedMap('services', lag),
    serviceTitles: new Map(catalog.services),
    operations: new Map(),
    systemKeys: new Map(),
    tokens: new Map(),
    signIns: new Map(),
    quotas: new Map(),
    stamp() {
      lastStamp = Math.max(lastStamp + 1, clock.now() * 1000);
      return lastStamp;
    },
    newUniqueId: () => `1${digits(20, seed, 'account', accounts++)}`,
    newUid: () => `00000000-0000-4000-8000-${digits(12, seed, 'uid', uids++)}`,
    newProjectNumber() {
      let number: string;
      do number = digits(12, seed, 'project', numbers++);
      while (projectIds.has(number));
      return number;
    },
  };
}
