import { readFile } from 'node:fs/promises';
import { openCloud, parseEndpoint } from './google/cloud.ts';
import { resolveCredentials, serviceAccountKey } from './google/credentials.ts';
import { loadProfile } from './profile/load.ts';

export { CredentialsError } from './google/credentials.ts';
export { EndpointError } from './google/endpoint.ts';
export { CloudError, type CloudErrorKind } from './google/errors.ts';
export { ProfileError } from './profile/profile-error.ts';
export type { Profile, WantedPermission } from './profile/profile.ts';
export type { Event } from './faces/json/events.ts';

/** What to test, where, and as whom. */
export interface TestPermissionsOptions {
  /** The ID of the project. */
  project: string;
  /** Whose permissions to test: a built-in profile, or a path to a YAML file. Either this or `permissions`. */
  profile?: string;
  /** Permissions by name. Either this or `profile`. */
  permissions?: readonly string[];
  /** The key file of the account to test; without it, Application Default Credentials. */
  keyFile?: string;
  /** One base URL for every Google API, such as `iamready simulate` prints; without it, Google. */
  endpoint?: string;
  signal?: AbortSignal;
  /** Told of each permission, in order, once the answer is there. */
  onTest?: (test: PermissionTest) => void;
}

/** One permission and the answer. */
export interface PermissionTest {
  permission: string;
  granted: boolean;
  /** What the profile needs it for, where a profile was given. */
  why?: string;
}

/**
 * Asks Google, as the account itself, which permissions it has on the project; changes nothing.
 * The answer is one reading: a change of the policy may take minutes until every reading shows it.
 * @throws CloudError if the call fails; CredentialsError, EndpointError or ProfileError for what is wrong before it.
 */
export async function testPermissions(options: TestPermissionsOptions): Promise<PermissionTest[]> {
  const endpoint = options.endpoint === undefined ? undefined : parseEndpoint(options.endpoint);
  const [wanted, credentials] = await Promise.all([
    wantedBy(options),
    options.keyFile === undefined
      ? resolveCredentials({ endpoint })
      : readFile(options.keyFile, 'utf8').then(serviceAccountKey),
  ]);
  const cloud = openCloud({ endpoint, credentials, signal: options.signal });
  const names = wanted.map(({ permission }) => permission);
  const granted = await cloud.projects.test(options.project, names);
  const tests = wanted.map((one) => ({ ...one, granted: granted.has(one.permission) }));
  for (const test of tests) options.onTest?.(test);
  return tests;
}

async function wantedBy(options: TestPermissionsOptions): Promise<Omit<PermissionTest, 'granted'>[]> {
  const { profile, permissions } = options;
  if ((profile === undefined) === (permissions === undefined))
    throw new TypeError('testPermissions takes either a profile or permissions');
  if (permissions !== undefined) return permissions.map((permission) => ({ permission }));
  const { permissions: asked } = await loadProfile(profile ?? '');
  return asked.map(({ name, why }) => ({ permission: name, why }));
}
