import * as z from 'zod';
import type { Credentials } from '../credentials.ts';
import { isGoogleEndpoint } from '../endpoint.ts';
import { isCloudError } from '../errors.ts';
import { CredentialsError } from './credentials-error.ts';
import { mayGoTo, notForEndpoint } from './not-for-endpoint.ts';
import { GOOGLE_TOKEN_URL } from './token-url.ts';
import { tokenText } from './token-text.ts';

const userJson = z.object({
  client_id: z.string().min(1),
  client_secret: z.string(),
  refresh_token: z.string().min(1),
  token_uri: z.string().optional(),
});
const granted = z.object({ access_token: tokenText, expires_in: z.number().positive() });

/** The end at which a login was made, where its file names one that is not Google's: its refresh token goes there alone. */
export function homeOf(json: unknown): string | undefined {
  const uri = userJson.safeParse(json).data?.token_uri;
  const home = uri === undefined || !URL.canParse(uri) ? undefined : new URL(uri);
  return home === undefined || isGoogleEndpoint(home.origin) ? undefined : home.origin;
}

/**
 * A person's login, as `gcloud auth application-default login` stores it: a refresh token, which only Google ever sees
 * (RFC 6749 section 6), or the one other end that the file itself names as where it was made.
 * @param json the parsed file, whose `type` is `authorized_user`
 * @returns nothing when a field is missing or wrong
 */
export function userToken(json: unknown, place: string): Credentials['token'] | undefined {
  const read = userJson.safeParse(json);
  if (!read.success) return undefined;
  const { client_id, client_secret, refresh_token } = read.data;
  return async (context) => {
    if (!mayGoTo({ googleOnly: true, home: homeOf(json) }, context.endpoint))
      throw notForEndpoint('authorized_user', place);
    try {
      const answer = await context.post({
        api: 'oauth2',
        method: 'token',
        url: context.isGoogle ? GOOGLE_TOKEN_URL : `${context.endpoint ?? ''}/token`,
        form: { grant_type: 'refresh_token', client_id, client_secret, refresh_token },
        secrets: [client_secret, refresh_token],
        schema: granted,
      });
      const expiresAt = new Date(context.now().getTime() + answer.expires_in * 1000);
      return { value: answer.access_token, expiresAt };
    } catch (error) {
      if (!isCloudError(error, 'invalid-grant')) throw error;
      throw new CredentialsError({
        kind: 'expired',
        place,
        value: error.message,
        remedy: 'gcloud auth application-default login',
        message: `the login in ${place} has ended: ${error.message}`,
      });
    }
  };
}
