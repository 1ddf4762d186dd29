import * as z from 'zod';
import type { TokenContext } from './credentials.ts';
import { CloudError, isCloudError } from './errors.ts';
import { printable } from './printable.ts';

// Made when it is needed, as few runs do: making a schema takes longer than loading its text.
const told = () =>
  z.looseObject({
    email: z.email().optional(),
    // Text from Google's older version, a number from the newer.
    expires_in: z.coerce.number().optional(),
  });

/** What is told of an access token. */
export interface TokenFacts {
  /** Whose it is; absent where the token was made without the scope `userinfo.email`. */
  email?: string;
  /** When it ends, by the server's clock; absent where that is not told. */
  expiresAt?: Date;
}

/**
 * What Google tells of an access token to whoever holds it (OAuth 2.0 `tokeninfo`, as google-auth-library asks it).
 * @throws {CloudError} `unauthenticated` where Google does not know the token, as of one that has ended
 */
export async function tokenFacts(context: TokenContext, bearer: string): Promise<TokenFacts> {
  const { email, expires_in: seconds } = await ask(context, bearer);
  return {
    ...(email !== undefined && { email: printable(email) }),
    ...(seconds !== undefined && { expiresAt: new Date(context.now().getTime() + seconds * 1000) }),
  };
}

async function ask(context: TokenContext, bearer: string) {
  try {
    return await context.post({
      api: 'oauth2',
      method: 'tokeninfo',
      url: `${context.isGoogle ? 'https://oauth2.googleapis.com' : (context.endpoint ?? '')}/tokeninfo`,
      form: {},
      bearer,
      secrets: [bearer],
      schema: told(),
    });
  } catch (error) {
    if (!isCloudError(error, 'invalid')) throw error;
    // 400 `invalid_token`: the one thing that can be wrong with this question is the token.
    const { api, method, host, attempts, message, httpStatus } = error;
    throw new CloudError(
      { api, method, attempts, ...(host !== undefined && { host }) },
      { kind: 'unauthenticated', message, ...(httpStatus !== undefined && { httpStatus }) },
    );
  }
}

/**
 * Whose an access token is.
 * @returns the e-mail address; nothing where nobody tells
 * @throws {CloudError} `cancelled`
 */
export async function tokenEmail(context: TokenContext, bearer: string): Promise<string | undefined> {
  try {
    return (await tokenFacts(context, bearer)).email;
  } catch (error) {
    if (isCloudError(error) && error.kind !== 'cancelled') return undefined;
    throw error;
  }
}
