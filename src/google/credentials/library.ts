import type { Credentials } from '../credentials.ts';
import { isCloudError } from '../errors.ts';
import { CredentialsError } from './credentials-error.ts';
import { CLOUD_PLATFORM } from './scope.ts';

/** What Google's auth library needs to know of a credentials JSON: the rest it reads itself. */
export interface LibraryJson {
  type: string;
  [field: string]: unknown;
}

/**
 * Credentials whose tokens Google's auth library fetches: a user's (`authorized_user`), federated ones
 * (`external_account`, …), stored impersonation. Its calls go through our transport. Only for Google: what it sends is a
 * refresh token or a subject token, which no other server may see.
 */
export function libraryCredentials(
  json: LibraryJson,
  place: string,
  about: Omit<Credentials, 'token'>,
): Credentials {
  return {
    ...about,
    async token(context) {
      if (!context.isGoogle) throw notForEndpoint(json.type, place);
      let token: string | null | undefined;
      let expiresAt: Date | undefined;
      try {
        await context.library(json.type, async (options, { GoogleAuth, Gaxios }) => {
          const { fetchImplementation, signal } = options;
          const client = new GoogleAuth({
            credentials: json,
            scopes: [CLOUD_PLATFORM],
            clientOptions: {
              transporter: new Gaxios({
                ...(fetchImplementation ? { fetchImplementation } : {}),
                signal: signal ?? null,
              }),
              // Its interceptors write requests and answers, tokens included, to the debug log.
              useAuthRequestParameters: false,
            },
          });
          const auth = await client.getClient();
          token = (await auth.getAccessToken()).token;
          if (auth.credentials.expiry_date) expiresAt = new Date(auth.credentials.expiry_date);
        });
      } catch (error) {
        throw explain(error, place);
      }
      if (!token) throw unusable(place, 'no access token came of it');
      return { value: token, ...(expiresAt ? { expiresAt } : {}) };
    },
  };
}

/** The refusal to show credentials of Google's to another server. */
export function notForEndpoint(type: string, place: string): CredentialsError {
  return new CredentialsError({
    kind: 'not-for-endpoint',
    place,
    value: type,
    remedy: 'name a service account key or an access token made for that endpoint',
    message: `${place} (${type}) is for Google alone and is not sent to another endpoint`,
  });
}

function explain(error: unknown, place: string): unknown {
  if (isCloudError(error, 'invalid-grant'))
    return new CredentialsError({
      kind: 'expired',
      place,
      value: error.message,
      remedy: 'gcloud auth application-default login',
      message: `the login in ${place} has ended: ${error.message}`,
    });
  // Not about a call: the library could not even make one.
  if (isCloudError(error, 'invalid') && error.httpStatus === undefined) return unusable(place, error.message);
  return error;
}

function unusable(place: string, value: string): CredentialsError {
  return new CredentialsError({
    kind: 'unusable',
    place,
    value,
    remedy: 'gcloud auth application-default login',
    message: `the credentials in ${place} cannot be used: ${value}`,
  });
}
