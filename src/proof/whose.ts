import { CredentialsError, resolveCredentials, type Credentials } from '../google/credentials.ts';
import { impersonatedBy } from '../google/credentials.ts';
import type { EnvFormat } from '../handoff/env-form.ts';
import type { EnvNames } from '../profile/profile.ts';
import { credentialsFrom, hasCredentials } from './from-variables.ts';
import { envFileVariables, environmentVariables } from './variables.ts';

/** Where the credentials of the account are. At most one of the files and accounts; none: what the environment holds. */
export interface Whose {
  /** The key file of the account, or a credentials file that acts as it. */
  keyFile?: string | undefined;
  /** An env file that holds the variables which the profile names. */
  envFile?: string | undefined;
  envFormat?: EnvFormat | undefined;
  /** Any credentials file of Google's. */
  credentialsFile?: string | undefined;
  accessTokenFile?: string | undefined;
  /** An account that gcloud is logged in with. */
  account?: string | undefined;
  /** A service account to act as, with whatever is found. */
  impersonate?: string | undefined;
  /** As `parseEndpoint` gives it. */
  endpoint?: string | undefined;
  /** Names of the variables, by what they hold. */
  names: EnvNames;
  env: NodeJS.ProcessEnv;
}

/** The account, and how it signs in. */
export interface Account {
  credentials: Credentials;
  /** Who acts as it, where that is somebody else. */
  base?: Credentials;
  /** The project that its variables or its file name. */
  project?: string;
  /** Where the credentials came from: "key.json", "TEAM_PRIVATE_KEY in .env". */
  source?: string;
  /** The variable that names the project. */
  projectPlace?: { variable: string; place: string };
}

/**
 * Finds the credentials of the account to test.
 * @throws CredentialsError that names the file or the variable, and what is wrong with it
 */
export async function accountOf(whose: Whose): Promise<Account> {
  const found = await baseOf(whose);
  const { impersonate } = whose;
  if (impersonate === undefined) return found;
  return { ...found, credentials: impersonatedBy(found.credentials, impersonate), base: found.credentials };
}

async function baseOf(whose: Whose): Promise<Account> {
  const { keyFile, envFile, credentialsFile, accessTokenFile, account, endpoint, names, env } = whose;
  const named = Object.entries({ keyFile, envFile, credentialsFile, accessTokenFile, account })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (named.length > 1)
    throw new CredentialsError({
      kind: 'conflicting',
      place: named.join(', '),
      remedy: 'name one source of credentials',
      message: `more than one source of credentials is named: ${named.join(', ')}`,
    });
  const environment = environmentVariables(env);
  const variables =
    envFile !== undefined
      ? await envFileVariables(envFile, whose.envFormat)
      : named.length === 0 && hasCredentials(names, environment)
        ? environment
        : undefined;
  if (variables !== undefined) {
    const from = await credentialsFrom(names, variables, env);
    const project = from.project ?? from.credentials.project;
    const place = names.projectId !== undefined &&
      from.project !== undefined && {
        projectPlace: { variable: names.projectId, place: `${names.projectId} ${variables.place}` },
      };
    return { credentials: from.credentials, source: from.source, ...(project && { project }), ...place };
  }
  const file = keyFile ?? credentialsFile;
  const credentials = await resolveCredentials({
    ...(file !== undefined && { credentialsFile: file }),
    ...(accessTokenFile !== undefined && { accessTokenFile }),
    ...(account !== undefined && { account }),
    ...(endpoint !== undefined && { endpoint }),
    env,
  });
  if (keyFile !== undefined && credentials.kind === 'user-file') throw aPersons(keyFile);
  return {
    credentials,
    ...(file !== undefined && { source: file }),
    ...(credentials.project && { project: credentials.project }),
  };
}

function aPersons(place: string): CredentialsError {
  return new CredentialsError({
    kind: 'not-a-key',
    fault: 'wrong-type',
    place,
    value: 'type "authorized_user"',
    remedy: 'name the key file of the account; a login of yours goes with credentials',
    message: `${place} is a person's login, and not the key of an account: type "authorized_user"`,
  });
}
