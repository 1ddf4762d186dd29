import * as z from 'zod';
import type { Credentials, TokenContext } from '../credentials.ts';
import { isCloudError } from '../errors.ts';
import { Tokens } from '../tokens.ts';
import { CLOUD_PLATFORM } from './scope.ts';

const generated = z.object({ accessToken: z.string().min(1), expireTime: z.iso.datetime() });

/**
 * A service account, by the right of others to act as it (`iam.serviceAccounts.getAccessToken`; IAM Service Account
 * Credentials API v1, generateAccessToken: the project is always `-`).
 * @param email the account to act as
 * @param base who acts as it
 * @param delegates accounts in between, each of which may act as the next
 */
export function impersonated(
  email: string,
  base: Credentials,
  delegates: readonly string[] = [],
): Credentials {
  // One per other end: what one server issued is shown to no other.
  const tokensAt = new WeakMap<TokenContext, Tokens>();
  return {
    kind: 'impersonated',
    principal: `${email}, through ${base.principal}`,
    email,
    ...(base.quotaProject ? { quotaProject: base.quotaProject } : {}),
    ...(base.googleOnly ? { googleOnly: true } : {}),
    async token(context) {
      const tokens = tokensAt.get(context) ?? new Tokens(base, context);
      tokensAt.set(context, tokens);
      const bearer = await tokens.current();
      try {
        return await generateToken(context, email, delegates, bearer);
      } catch (error) {
        // The base's token may have been taken back before its end: once more, with another.
        if (!isCloudError(error, 'unauthenticated')) throw error;
        tokens.refused(bearer);
        const another = await tokens.current();
        if (another === bearer) throw error;
        return generateToken(context, email, delegates, another);
      }
    },
  };
}

/**
 * What `impersonated` gives, said from the side of who acts.
 * @param operator who acts as the account
 * @param email the account to act as
 */
export function impersonatedBy(operator: Credentials, email: string): Credentials {
  return impersonated(email, operator);
}

async function generateToken(
  context: TokenContext,
  email: string,
  delegates: readonly string[],
  bearer: string,
) {
  const host = context.isGoogle ? 'https://iamcredentials.googleapis.com' : (context.endpoint ?? '');
  const answer = await context.post({
    api: 'iamcredentials',
    method: 'projects.serviceAccounts.generateAccessToken',
    url: `${host}/v1/projects/-/serviceAccounts/${encodeURIComponent(email)}:generateAccessToken`,
    json: { scope: [CLOUD_PLATFORM], lifetime: '3600s', ...(delegates.length ? { delegates } : {}) },
    bearer,
    secrets: [bearer],
    schema: generated,
  });
  return { value: answer.accessToken, expiresAt: new Date(answer.expireTime) };
}
