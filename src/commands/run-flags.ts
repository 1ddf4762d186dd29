/** What `setup`, `check` and `repair` take from the command line. */
export interface RunFlags {
  profile?: string;
  project?: string;
  endpoint?: string;
  credentials?: string;
  accessTokenFile?: string;
  account?: string;
  impersonateServiceAccount?: string;
  keyFile?: string;
  roleId?: string;
  roleTitle?: string;
  accountId?: string;
  accountName?: string;
  stateDir?: string;
  /** Take the journal's lock, whoever seems to hold it. */
  breakLock?: boolean;
  /** Ask one question after another, with no cursor tricks. */
  plain?: boolean;
  /** Take permissions from the role that the profile does not ask for. */
  removeExtra?: boolean;
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
  debug?: boolean;
}
