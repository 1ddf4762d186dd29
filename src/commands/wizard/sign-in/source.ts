import type { CredentialsChoice } from '../../../google/credentials.ts';

/** One way to sign in, which a person may choose. */
export interface Source {
  id: string;
  /** Who the calls would be made as. */
  label: string;
  /** What kind it is, and where it comes from. */
  columns?: readonly string[];
  /** What choosing it means; never a secret. */
  detail?: string;
  choice: CredentialsChoice;
}

/** One way to sign in that was found and cannot be used. */
export interface Hindered extends Omit<Source, 'choice'> {
  /** Why, and what would help. */
  unavailable: string;
}

export type Sighting = Source | Hindered;

/** Where ways to sign in are looked for. */
export interface Place {
  /** Set where the cloud at the other end is not Google's. */
  endpoint: string | undefined;
  env: NodeJS.ProcessEnv;
  home: string;
  cwd: string;
  /** Ends the search. */
  signal: AbortSignal;
}

/** The flags that say who somebody is. All stand here, so that they replace what was said before. */
export interface CredentialFlags {
  credentials: string | undefined;
  accessTokenFile: string | undefined;
  account: string | undefined;
  impersonateServiceAccount: string | undefined;
}
