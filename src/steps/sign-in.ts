import type { Cloud } from '../google/cloud.ts';
import { serviceAccountKey } from '../google/credentials.ts';
import { isCloudError } from '../google/errors.ts';
import type { PrivateKeyFile } from '../google/private-key-file.ts';

/** What the sign-in by a key is a call of. */
const tokenApi = 'oauth2';

/**
 * Signs in with a key, and makes one call that needs no permission.
 * @returns why Google does not accept the key, in its words; undefined if it does
 * @throws CloudError for what says nothing about the key
 */
export async function refusalOf(account: Cloud, project: string): Promise<string | undefined> {
  try {
    await account.projects.test(project, ['resourcemanager.projects.get']);
    return undefined;
  } catch (error) {
    if (isCloudError(error, 'invalid-grant', 'unauthenticated')) return error.message;
    // The call was refused, and not the key: it has signed in, unless it was the sign-in itself that was refused.
    const signedIn = isCloudError(error) && error.api !== tokenApi;
    if (signedIn && isCloudError(error, 'denied', 'not-found', 'service-disabled', 'invalid'))
      return undefined;
    throw error;
  }
}

/**
 * Signs in anew so many times side by side, since each may reach another replica.
 * @returns whether Google accepted the key every time
 */
export async function isAccepted(
  cloud: Cloud,
  project: string,
  file: PrivateKeyFile,
  times: number,
): Promise<boolean> {
  const refusals = await Promise.all(
    Array.from({ length: times }, () => refusalOf(cloud.as(serviceAccountKey(file)), project)),
  );
  return refusals.every((refusal) => refusal === undefined);
}
