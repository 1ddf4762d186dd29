/** What `setup` and `check` take from the command line. */
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
  /** Ask one question after another, with no cursor tricks. */
  plain?: boolean;
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
  debug?: boolean;
}
