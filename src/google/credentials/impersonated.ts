import * as z from 'zod';
import type { Credentials, TokenContext } from '../credentials.ts';
import { isGoogleEndpoint } from '../endpoint.ts';
import { isCloudError } from '../errors.ts';
import { printable } from '../printable.ts';
import { Tokens } from '../tokens.ts';
import { CredentialsError } from './credentials-error.ts';
import { CLOUD_PLATFORM } from './scope.ts';
import { tokenText } from './token-text.ts';

const generated = z.object({ accessToken: tokenText, expireTime: z.iso.datetime() });

/** What a file says besides of how an account is acted as. */
interface Said {
  /** Accounts in between, each of which may act as the next. */
  delegates?: readonly string[];
  /** Where tokens of the account are asked for. */
  url?: string;
  /** Where this is said, for errors. */
  place?: string;
}

/**
 * A service account, by the right of others to act as it (`iam.serviceAccounts.getAccessToken`; IAM Service Account
 * Credentials API v1, generateAccessToken: the project is always `-`).
 * @param email the account to act as
 * @param base who acts as it
 * @param said as a file has it: its URL is taken as it stands, as client libraries do, if it is the other end's
 */
export function impersonated(email: string, base: Credentials, said: Said = {}): Credentials {
  // One per other end: what one server issued is shown to no other.
  const tokensAt = new WeakMap<TokenContext, Tokens>();
  return {
    kind: 'impersonated',
    principal: `${email}, through ${base.principal}`,
    email,
    by: { base, delegates: said.delegates ?? [] },
    ...(base.quotaProject ? { quotaProject: base.quotaProject } : {}),
    ...(base.googleOnly ? { googleOnly: true } : {}),
    ...(base.home === undefined ? {} : { home: base.home }),
    async token(context) {
      const tokens = tokensAt.get(context) ?? new Tokens(base, context);
      tokensAt.set(context, tokens);
      const bearer = await tokens.current();
      try {
        return await generateToken(context, email, said, bearer);
      } catch (error) {
        // The base's token may have been taken back before its end: once more, with another.
        if (!isCloudError(error, 'unauthenticated')) throw error;
        tokens.refused(bearer);
        const another = await tokens.current();
        if (another === bearer) throw error;
        return generateToken(context, email, said, another);
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

async function generateToken(context: TokenContext, email: string, said: Said, bearer: string) {
  const { delegates = [] } = said;
  const answer = await context.post({
    api: 'iamcredentials',
    method: 'projects.serviceAccounts.generateAccessToken',
    url: addressOf(context, email, said),
    json: { scope: [CLOUD_PLATFORM], lifetime: '3600s', ...(delegates.length ? { delegates } : {}) },
    bearer,
    secrets: [bearer],
    schema: generated,
  });
  return { value: answer.accessToken, expiresAt: new Date(answer.expireTime) };
}

/** @throws {CredentialsError} where a file would send the token of who acts to a stranger, or to another account */
function addressOf(context: TokenContext, email: string, { url, place = 'the credentials' }: Said): string {
  const host = context.isGoogle ? 'https://iamcredentials.googleapis.com' : (context.endpoint ?? '');
  if (url === undefined)
    return `${host}/v1/projects/-/serviceAccounts/${encodeURIComponent(email)}:generateAccessToken`;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && isGoogleEndpoint(parsed.origin))
    // One other end stands for all of Google's.
    return context.isGoogle ? url : `${host}${parsed.pathname}`;
  if (parsed !== undefined && parsed.origin === context.endpoint) return url;
  const value = printable(parsed?.host ?? url, [], 60);
  throw new CredentialsError({
    kind: 'astray',
    place,
    value,
    remedy: 'use a credentials file as Google made it',
    message: `${place} would send your token to ${value}, which is not ${context.isGoogle ? 'Google' : host}`,
  });
}
