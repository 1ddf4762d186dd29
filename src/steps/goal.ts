import type { Cloud } from '../google/cloud.ts';
import type { EnvFormat } from '../handoff/env-form.ts';
import type { SecretFile } from '../google/secret-file.ts';
import type { CloudError } from '../google/errors.ts';
import type { Profile } from '../profile/profile.ts';
import type { Spot } from './spot.ts';
import type { Journal } from '../wizard/journal.ts';

/** A value that a person may choose, and where this one came from, in words: "asked by the profile". */
export interface Answer {
  value: string;
  source: string;
}

/**
 * How programs sign in as the account: with a key in a file, or without one. `source` says in words who chose it.
 * Impersonation: `member` may act as the account, such as `user:ada@acme.com`. GitHub: workflows of `repository`
 * (OWNER/NAME), by a provider in a workload identity pool. Attached: the service `service` on Cloud Run runs as the account.
 */
export type Access =
  | { kind: 'key' }
  | { kind: 'impersonation'; member: string; source: string }
  | { kind: 'github'; repository: string; pool: string; provider: string; source: string }
  | { kind: 'attached'; region: string; service: string; source: string };

/** An env file, by its absolute path, whom it is for, and who chose it, in words. */
export interface EnvFile {
  path: string;
  format: EnvFormat;
  source: string;
}

/** Permissions of the profile that the role is to do without, and who said so, in words. */
export interface LeftOut {
  permissions: Profile['permissions'];
  source: string;
}

/** Everything that a run has to be told. */
export interface Answers {
  project: string;
  /** Both absent where the profile makes no role of its own. */
  roleId?: Answer;
  roleTitle?: Answer;
  accountId: Answer;
  /** The account's display name. */
  accountName: Answer;
  /** Absolute path of the key file. */
  keyFile: Answer;
  /** The env file that gets the key besides, where one was chosen. */
  envFile?: EnvFile;
  /** What of the profile's permissions the person does without. */
  without?: LeftOut;
  /** Who said that permissions of the role go which the profile does not ask for; they stay where nobody did. */
  removeExtra?: string;
  /** The one account on which the permission to act as accounts is granted, in place of the project: its address, or `compute`. */
  tighten?: Answer;
  /** People who get what the profile grants to people, as policies name them, and who chose them. */
  team?: { members: readonly string[]; source: string };
  access: Access;
  /** The ID of a key that a person chose to delete: an account may have ten. */
  deleteKey?: Answer;
}

/** The source of values that nobody chose: a title that somebody gave to a thing we find is then left as it is. */
export const askedByProfile = 'asked by the profile';

/** What a run is for. */
export interface Goal {
  /** Without the permissions that `answers` leave out. */
  profile: Profile;
  answers: Answers;
}

/** Why the account lacks something, proven by what Google answered. */
export interface ToldCause {
  /** Those that it explains; none: it takes everything. */
  permissions: readonly string[];
  /** What stands in the way, and what mends it, in a sentence each. */
  what: string;
  remedy: string;
  /** The command that does so, where there is one. */
  command?: string;
  /** It may pass by itself. */
  passes: boolean;
}

/** What is lacking, and how it was found lacking. */
export interface Complaint {
  /** By what each was asked for on, as the profile names it. */
  lacking: ReadonlyMap<string, readonly string[]>;
  /** Why the account could not be asked. */
  refusal?: CloudError;
}

/** What steps may reach, made once a run. */
export interface Tools {
  cloud: Cloud;
  /** Who the operator is, as shown to people: an email where it is known. */
  operator: string;
  /** The project, asked once a run. */
  project(): ReturnType<Cloud['projects']['get']>;
  /** Permissions that the operator has on the project, of those that this run may need. */
  granted(): Promise<ReadonlySet<string>>;
  /**
   * What the operator may do on one resource besides, of what this run may need there; asked once. Absent where this run
   * only looks.
   */
  grantedAt?: (spot: Spot) => Promise<ReadonlySet<string>>;
  /** Permissions that this run may need of the operator. */
  needed: readonly string[];
  /** What a custom role in this project may hold today, asked once a run. */
  testable(): ReturnType<Cloud['roles']['testable']>;
  /**
   * The text of a file with which programs act as this account by the login of the person on this machine; absent where no
   * such file is to be made.
   * @throws CredentialsError where nobody is logged in
   */
  login?: (email: string) => Promise<SecretFile>;
  /**
   * The same cloud, as an account that a workflow acts as, by its own token; absent where there is none at hand.
   * @param provider full name, with the project's number
   * @throws ProblemError where the token is none of this repository
   */
  asWorkflow?: (provider: string, email: string, repository: string) => Promise<Cloud>;
  /**
   * The same cloud by the text of such a file: as the account, and as whose login is in it.
   * @param place where it stands, for errors
   * @throws CredentialsError where the text is none; whatever else is wrong with it is told by the first call
   */
  byFile(text: string, place: string): { acting: Cloud; source: Cloud };
  /** The same cloud, as an account that the operator acts as. */
  acting(email: string): Cloud;
  /** The same cloud, as the account whose key file has this text; one sign-in a key. */
  as(keyText: string): Cloud;
  /**
   * Finds out why the account lacks what it lacks, what takes most first; absent where nobody is told. The same is looked
   * into again only after minutes. @throws CloudError, CredentialsError
   */
  diagnose?: (goal: Goal, complaint: Complaint, journal: Journal) => Promise<readonly ToldCause[]>;
  /** Service account keys that lie on this machine where keys are looked for: their files, by the ID of the key. */
  keysHere(): Promise<ReadonlyMap<string, string>>;
}

/** `projects/P/roles/ID`. @throws Error where the profile makes no role of its own */
export function roleName({ answers }: Goal): string {
  if (answers.roleId === undefined) throw new Error('this profile makes no role');
  return `projects/${answers.project}/roles/${answers.roleId.value}`;
}

/** The account's email. In a project `example.com:p` it ends in `@p.example.com.iam.gserviceaccount.com`. */
export function accountEmail({ answers }: Goal): string {
  const [domain, id] = answers.project.split(':');
  const host = id === undefined ? answers.project : `${id}.${domain ?? ''}`;
  return `${answers.accountId.value}@${host}.iam.gserviceaccount.com`;
}

/** APIs that the run turns on where they are off. */
export function servicesOf(goal: Goal): readonly string[] {
  return wantedServices(goal).map(({ name }) => name);
}

/** APIs that must be on, and why: the profile's, and those that the kind of access goes through. */
export function wantedServices({ profile, answers }: Goal): readonly Profile['services'][number][] {
  const named = new Set(profile.services.map(({ name }) => name));
  return [...profile.services, ...accessServices[answers.access.kind].filter(({ name }) => !named.has(name))];
}

const credentialsApi = {
  name: 'iamcredentials.googleapis.com',
  why: 'Whoever acts as the account gets its tokens there.',
};
const accessServices: Readonly<Record<Access['kind'], readonly { name: string; why: string }[]>> = {
  key: [],
  impersonation: [credentialsApi],
  github: [
    credentialsApi,
    { name: 'sts.googleapis.com', why: "A workflow's own token is exchanged there for one of Google's." },
  ],
  attached: [
    credentialsApi,
    { name: 'run.googleapis.com', why: 'The service that runs as the account is there.' },
  ],
};
