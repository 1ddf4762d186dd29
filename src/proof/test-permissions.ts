import { parseEndpoint } from '../google/cloud.ts';
import { loadProfile } from '../profile/load.ts';
import type { EnvNames } from '../profile/profile.ts';
import type { Asked, PermissionTest } from './permission-test.ts';
import { testAccount } from './test-account.ts';
import { asTestPermissionsError, TestPermissionsError } from './test-permissions-error.ts';

/** What to test, where, and as whom. A `profile`, or `permissions`, or both: then only those are tested. */
export interface TestPermissionsOptions {
  /** The ID of the project; without it, the one that the variables or the key file name. */
  project?: string | undefined;
  /**
   * What the account is for: a built-in profile, or a path to a YAML file. Its permissions are tested, and its `env` says
   * which variables hold the credentials.
   */
  profile?: string | undefined;
  /** Permissions by name, as `service.resource.action`. */
  permissions?: readonly string[] | undefined;
  /** The key file of the account. */
  keyFile?: string | undefined;
  /** An env file with the variables that the profile names, read as the package dotenv does. */
  envFile?: string | undefined;
  /** Where variables are looked up; `process.env` without it. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The address of a service account to act as, with whatever credentials are found. */
  impersonate?: string | undefined;
  /** One base URL for every Google API, such as `iamready simulate` prints; without it, Google. */
  endpoint?: string | undefined;
  /** Ends it: the promise rejects with the code `cloud/cancelled`. */
  signal?: AbortSignal | undefined;
  /** Told of each permission, in order, once the answers are there. */
  onTest?: ((test: PermissionTest) => void) | undefined;
}

/**
 * Asks Google, as the account itself, which permissions it has on the project; changes nothing. The credentials come from
 * the key file or the env file that is named, else from the variables of the profile in `env`, else from Application
 * Default Credentials. The answer is one reading: a change of the policy may take minutes until every reading shows it.
 * @returns one test for each permission, in the order of the profile or of `permissions`
 * @throws {TestPermissionsError} credentials are missing or malformed, a call failed, or an option cannot be used
 */
export async function testPermissions(options: TestPermissionsOptions): Promise<PermissionTest[]> {
  const { project, profile, keyFile, envFile, impersonate, signal, onTest, env = process.env } = options;
  let tests: PermissionTest[];
  try {
    const endpoint = options.endpoint === undefined ? undefined : parseEndpoint(options.endpoint);
    const { asked, names } = await askedFor(options);
    const order = {
      project,
      profile,
      keyFile,
      envFile,
      impersonate,
      signal,
      env: { ...env },
      endpoint,
      asked,
      names,
    };
    ({ tests } = await testAccount(order));
  } catch (error) {
    throw asTestPermissionsError(error, project);
  }
  if (onTest) for (const test of tests) onTest(test);
  return tests;
}

/** `service.resource.action`; some carry a domain before a slash. */
export const permissionForm = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*[./][a-zA-Z]\w*\.[a-zA-Z]\w*$/u;

async function askedFor({
  profile: named,
  permissions,
}: TestPermissionsOptions): Promise<{ asked: Asked[]; names: EnvNames }> {
  if (named === undefined && (permissions === undefined || permissions.length === 0))
    throw new TestPermissionsError('there is nothing to test: neither a profile nor permissions are named', {
      ...{
        code: 'options/nothing-to-test',
        place: 'profile',
        remedy: 'name a profile, or permissions, or both',
      },
    });
  const wrong = permissions?.find((permission) => !permissionForm.test(permission));
  if (wrong !== undefined)
    throw new TestPermissionsError(`${JSON.stringify(wrong)} is not the name of a permission`, {
      ...{ code: 'options/bad-permission', place: 'permissions' },
      remedy: 'write it as service.resource.action, such as run.services.get',
    });
  const profile = named === undefined ? undefined : await loadProfile(named);
  return { asked: asked(profile?.permissions ?? [], permissions), names: profile?.env ?? {} };
}

/** What is tested: all of the profile, or those that are named, each with the profile's reason where it has one. */
export function asked(
  ofProfile: readonly { name: string; why: string }[],
  permissions: readonly string[] | undefined,
): Asked[] {
  const reasons = new Map(ofProfile.map(({ name, why }) => [name, why]));
  return [...new Set(permissions ?? reasons.keys())].map((permission) => {
    const why = reasons.get(permission);
    return { permission, ...(why !== undefined && { why }) };
  });
}
