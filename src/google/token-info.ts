import * as z from 'zod';
import type { TokenContext } from './credentials.ts';
import { isCloudError } from './errors.ts';
import { printable } from './printable.ts';

// Made when it is needed, as few runs do: making a schema takes longer than loading its text.
const told = () => z.looseObject({ email: z.email().optional() });

/**
 * Whose an access token is, as Google tells whoever holds it (OAuth 2.0 `tokeninfo`, as google-auth-library asks it).
 * @returns the e-mail address; nothing where the token was made without the scope `userinfo.email`, or nobody tells
 * @throws {CloudError} `cancelled`
 */
export async function tokenEmail(context: TokenContext, bearer: string): Promise<string | undefined> {
  try {
    const { email } = await context.post({
      api: 'oauth2',
      method: 'tokeninfo',
      url: `${context.isGoogle ? 'https://oauth2.googleapis.com' : (context.endpoint ?? '')}/tokeninfo`,
      form: {},
      bearer,
      secrets: [bearer],
      schema: told(),
    });
    return email === undefined ? undefined : printable(email);
  } catch (error) {
    if (isCloudError(error) && error.kind !== 'cancelled') return undefined;
    throw error;
  }
}
