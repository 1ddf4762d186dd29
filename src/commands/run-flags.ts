import type { EnvFormat } from '../handoff/env-form.ts';

/** The ways to do without a key, and the way back. */
export const keylessWays = ['impersonation', 'github', 'attached', 'none'] as const;
export type Keyless = (typeof keylessWays)[number];

/** What `setup`, `check` and `repair` take from the command line. */
export interface RunFlags {
  profile?: string;
  /** The hash of a profile at an address, as somebody has looked at it. */
  profileSha256?: string;
  project?: string;
  endpoint?: string;
  credentials?: string;
  accessTokenFile?: string;
  account?: string;
  impersonateServiceAccount?: string;
  keyFile?: string;
  /** How to do without a key; `none` goes back to one. */
  keyless?: Keyless;
  /** Who may act as the account, as a policy names them. */
  impersonator?: string;
  /** `--env`, since Node takes `--env-file` for its own. `none`: no env file, whatever was chosen before. */
  envFile?: string;
  envFormat?: EnvFormat;
  /** OWNER/NAME on GitHub, whose workflows may act as the account. */
  repository?: string;
  /** IDs of the workload identity pool and its provider. */
  pool?: string;
  provider?: string;
  /** A token that says who a workflow is, to prove the sign-in with. */
  subjectTokenFile?: string;
  /** REGION/NAME of a service on Cloud Run. */
  runService?: string;
  roleId?: string;
  roleTitle?: string;
  accountId?: string;
  accountName?: string;
  /** Permissions of the profile to do without, separated by commas; `none`: all of them, whatever was chosen before. */
  without?: string;
  /** The ID of a key to delete. */
  deleteKey?: string;
  /** How long `rotate` keeps the old key, disabled: 24h, 7d, 0. */
  grace?: string;
  stateDir?: string;
  /** Take the journal's lock, whoever seems to hold it. */
  breakLock?: boolean;
  /** Ask one question after another, with no cursor tricks. */
  plain?: boolean;
  /** Take permissions from the role that the profile does not ask for. */
  removeExtra?: boolean;
  /** The one account to act as: its address, `compute`, or `none` for the whole project again. */
  tighten?: string;
  /** People who get the profile's roles for people, with commas; `none`: nobody any more. */
  member?: string;
  yes?: boolean;
  dryRun?: boolean;
  /** Write the plan to this file, and nothing else. */
  planOut?: string;
  /** Do what the operator may, and leave out the rest. */
  partial?: boolean;
  json?: boolean;
  debug?: boolean;
  /** undo: turn off the services that were turned on, too. */
  services?: boolean;
}
