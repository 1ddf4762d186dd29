import * as z from 'zod';
import type { Credentials, TokenContext } from '../credentials.ts';
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
    async token(context) {
      const tokens = tokensAt.get(context) ?? new Tokens(base, context);
      tokensAt.set(context, tokens);
      const host = context.isGoogle ? 'https://iamcredentials.googleapis.com' : (context.endpoint ?? '');
      const bearer = await tokens.current();
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
    },
  };
}
