import { AccessBoundaries } from './access-boundaries.ts';
import { Activity } from './activity.ts';
import { Billing } from './billing.ts';
import { Buckets } from './buckets.ts';
import { Caller } from './caller.ts';
import type { Credentials } from './credentials.ts';
import { impersonatedBy } from './credentials/impersonated.ts';
import { DenyPolicies } from './deny-policies.ts';
import { isGoogleEndpoint } from './endpoint.ts';
import { IamPolicies } from './iam-policies.ts';
import { Folders } from './folders.ts';
import { Keys } from './keys.ts';
import { Organizations } from './organizations.ts';
import { OrgPolicies } from './org-policies.ts';
import { PoolProviders } from './pool-providers.ts';
import { Pools } from './pools.ts';
import { Projects } from './projects.ts';
import { Roles } from './roles.ts';
import { Run } from './run.ts';
import { ServiceAccounts } from './service-accounts.ts';
import { Services } from './services.ts';
import type { TokenFacts } from './token-info.ts';
import { Transport, type CallLog } from './transport.ts';
import { Troubleshooter } from './troubleshooter.ts';

export { EndpointError, parseEndpoint } from './endpoint.ts';
export type { CallLog } from './transport.ts';

/** How to reach the cloud. */
export interface CloudOptions {
  /** One base URL for every Google API, as `parseEndpoint` gives it; absent: Google. */
  endpoint?: string;
  credentials: Credentials;
  /** Told of each request after its end. */
  log?: (entry: CallLog) => void;
  /** Cancels every call. */
  signal?: AbortSignal;
  /**
   * The longest one attempt may take, in ms; 20,000 when absent. At most 10,000 before the first answer
   * of all, and at the first attempt of a read.
   */
  deadlineMs?: number;
  /** Most requests in flight; 16 when absent. */
  maxInFlight?: number;
  /** Most repetitions of one call, where it is safe to repeat; 4 when absent. */
  retries?: number;
}

/** The cloud at the other end, seen as one principal. */
export interface Cloud {
  endpoint: string | undefined;
  /** The other end is Google itself. */
  isGoogle: boolean;
  /** Who calls, for print. */
  principal: string;
  /** The e-mail address of who calls, where it is known without asking. */
  email: string | undefined;
  /**
   * The e-mail address of who calls: as the credentials say, else as Google says of their token, asked once. Nothing where
   * neither tells. @throws {CloudError | CredentialsError} there is no token, or no answer
   */
  whose(): Promise<string | undefined>;
  /**
   * What Google says of the token that calls are made with: whose it is, when it ends.
   * @throws {CloudError | CredentialsError} there is no token, no answer, or (`unauthenticated`) Google does not know the token
   */
  token(): Promise<TokenFacts>;
  projects: Projects;
  services: Services;
  roles: Roles;
  accounts: ServiceAccounts;
  keys: Keys;
  billing: Billing;
  orgPolicies: OrgPolicies;
  pools: Pools;
  poolProviders: PoolProviders;
  run: Run;
  buckets: Buckets;
  organizations: Organizations;
  folders: Folders;
  activity: Activity;
  denyPolicies: DenyPolicies;
  boundaries: AccessBoundaries;
  troubleshooter: Troubleshooter;
  /** Loads what the first call needs (about 40 ms), so that it is sent at once. */
  ready(): Promise<void>;
  /** Resolves when the first request was handed to the network; never, where none is sent. */
  sent(): Promise<undefined>;
  /** The other end's time, learnt from its last answer; this machine's before the first. */
  serverTime(): Date;
  /** The same cloud as another principal: same limits, log and clock. */
  as(credentials: Credentials): Cloud;
  /** The same cloud as a service account that this principal may act as (iam.serviceAccounts.getAccessToken). */
  actingAs(email: string): Cloud;
}

/** Opens the cloud. Nothing is sent and nothing of Google's is loaded until the first call. */
export function openCloud(options: CloudOptions): Cloud {
  const transport = new Transport({
    endpoint: options.endpoint,
    log: options.log,
    signal: options.signal,
    deadlineMs: options.deadlineMs ?? 20_000,
    maxInFlight: options.maxInFlight ?? 16,
    retries: options.retries ?? 4,
  });
  return seenAs(transport, options.credentials);
}

function seenAs(transport: Transport, credentials: Credentials): Cloud {
  const caller = new Caller(transport, credentials);
  const iamPolicies = new IamPolicies(caller);
  const { endpoint } = transport.options;
  let asked: Promise<string | undefined> | undefined;
  return {
    endpoint,
    isGoogle: isGoogleEndpoint(endpoint),
    principal: credentials.principal,
    email: credentials.email,
    whose: () => (asked ??= credentials.email ? Promise.resolve(credentials.email) : caller.email()),
    token: () => caller.token(),
    projects: new Projects(caller),
    services: new Services(caller),
    roles: new Roles(caller),
    accounts: new ServiceAccounts(caller),
    keys: new Keys(caller),
    billing: new Billing(caller),
    orgPolicies: new OrgPolicies(caller),
    pools: new Pools(caller),
    poolProviders: new PoolProviders(caller),
    run: new Run(caller),
    buckets: new Buckets(caller),
    organizations: new Organizations(caller),
    folders: new Folders(caller),
    activity: new Activity(caller),
    denyPolicies: new DenyPolicies(iamPolicies),
    boundaries: new AccessBoundaries(iamPolicies),
    troubleshooter: new Troubleshooter(caller),
    ready: () => transport.ready(),
    sent: () => transport.sent,
    serverTime: () => transport.clock.now(),
    as: (other) => seenAs(transport, other),
    actingAs: (email) => seenAs(transport, impersonatedBy(credentials, email)),
  };
}
