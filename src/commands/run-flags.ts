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
  accountId?: string;
  stateDir?: string;
  yes?: boolean;
  dryRun?: boolean;
  json?: boolean;
  debug?: boolean;
}
