import * as z from 'zod';
import type { Call } from '../call.ts';
import type { Jwt } from '../jwt.ts';
import { lifetimeOf, parseJwt, signingKey } from '../jwt.ts';
import type { Route, Service } from '../router.ts';
import { noteSignIn } from '../sign-ins.ts';
import { refuse } from '../sts/refusals.ts';
import { issueToken, issueUserToken } from '../tokens.ts';
import type { ServiceAccount } from '../world.ts';
import { makeIdToken } from './id-token.ts';

const oauth: Service = {
  name: 'oauth2.googleapis.com',
  title: 'OAuth 2.0',
  activation: 'never',
  listed: false,
};

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const TokenRequest = z.object({
  grant_type: z.string().default(''),
  assertion: z.string().default(''),
  refresh_token: z.string().default(''),
});
/** What gcloud's logins for programs are made with (gcloud's own default). */
const LOGIN_SCOPES =
  'https://www.googleapis.com/auth/cloud-platform https://www.googleapis.com/auth/userinfo.email openid';

/**
 * POST /token with a signed assertion: an access token of 3,599 seconds, or an ID token when the assertion asks for a
 * `target_audience`. The account is looked for before the signature is checked.
 */
async function exchange(call: Call): Promise<object> {
  const request = TokenRequest.safeParse(call.body);
  const nothing = { grant_type: '', assertion: '', refresh_token: '' };
  const { grant_type, assertion, refresh_token } = request.success ? request.data : nothing;
  if (grant_type === 'refresh_token') return refresh(call, refresh_token);
  if (grant_type !== JWT_BEARER) throw refuse('unsupported_grant_type', `Invalid grant_type: ${grant_type}`);
  const jwt = parseJwt(assertion);
  if (!jwt) throw refuse('invalid_grant', 'Invalid JWT: Failed to parse.'); // [U] the text.
  const account = accountOf(call, jwt.claims.iss);
  if (!account) throw refuse('invalid_grant', 'Invalid grant: account not found');
  check(call, account, jwt);
  const { scope, target_audience: audience } = jwt.claims;
  if (audience) return { id_token: await makeIdToken(call.world, account, audience, true) };
  if (!scope) throw refuse('invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
  const { token } = issueToken(call.world, account, scope.split(' '), 3599);
  return { access_token: token, expires_in: 3599, token_type: 'Bearer' };
}

/** A user's login for programs: an access token of 3,599 seconds. No world knows clients, so that any will do. */
function refresh({ world }: Call, refreshToken: string): object {
  const user = [...world.users.values()].find((each) => each.refreshToken === refreshToken);
  // Pasted in public reports, for a login that was taken back or is too old.
  if (!refreshToken || !user) throw refuse('invalid_grant', 'Token has been expired or revoked.');
  return {
    access_token: issueUserToken(world, user.email, LOGIN_SCOPES.split(' '), 3599),
    expires_in: 3599,
    scope: LOGIN_SCOPES,
    token_type: 'Bearer',
  };
}

/**
 * POST /tokeninfo, as Google's auth library asks it: whose the bearer is. The e-mail address of an account is told only for
 * the scope `userinfo.email`, which tokens of accounts are rarely made with.
 */
function tokenInfo({ principal, world, tokenEndsAt }: Call): object {
  const seconds =
    tokenEndsAt === undefined ? undefined : Math.floor((tokenEndsAt - world.clock.now()) / 1000);
  // Google writes numbers as text here.
  const end = seconds === undefined ? {} : { expires_in: String(seconds) };
  if (principal.kind === 'user')
    return { email: principal.email, email_verified: 'true', scope: LOGIN_SCOPES, ...end };
  if (principal.kind !== 'serviceAccount') throw refuse('invalid_token', 'Invalid Value');
  const { uniqueId } = principal;
  return { azp: uniqueId, aud: uniqueId, scope: 'https://www.googleapis.com/auth/cloud-platform', ...end };
}

/** The live, enabled account of an e-mail, as a replica knows it. */
function accountOf({ world }: Call, email: string): ServiceAccount | undefined {
  const known = (world.accountIds.get(email) ?? []).map((id) => world.accounts.read(id, 'key'));
  return known.findLast((account) => account && account.deletedAt === undefined && !account.disabled);
}

function check(call: Call, account: ServiceAccount, jwt: Jwt): void {
  if (lifetimeOf(call.world, jwt.claims) === undefined)
    throw refuse(
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token and in a reasonable timeframe',
    );
  const audiences = [
    'https://oauth2.googleapis.com/token',
    'https://www.googleapis.com/oauth2/v4/token',
    'https://accounts.google.com/o/oauth2/token',
    `${call.origin}/token`,
  ];
  // [U] the text.
  if (!audiences.includes(jwt.claims.aud ?? ''))
    throw refuse(
      'invalid_grant',
      'Invalid JWT: Failed audience check. The right audience is https://oauth2.googleapis.com/token',
    );
  const key = signingKey(call.world, account, jwt);
  if (!key) throw refuse('invalid_grant', 'Invalid JWT Signature.');
  noteSignIn(call.world, account, key);
}

export const tokenRoutes: readonly Route[] = [
  ...['/token', '/oauth2/v4/token', '/o/oauth2/token'].map((pattern): Route => ({
    service: oauth,
    method: 'POST',
    pattern,
    handle: exchange,
    credentials: 'none',
    charge: 'none',
  })),
  { service: oauth, method: 'POST', pattern: '/tokeninfo', handle: tokenInfo, charge: 'none' },
];
