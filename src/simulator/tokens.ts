import { randomBytes } from 'node:crypto';
import { ApiError, errorInfo } from './errors.ts';
import { lifetimeOf, parseJwt, signingKey } from './jwt.ts';
import type { Principal } from './principals.ts';
import { noteSignIn } from './sign-ins.ts';
import type { AccountKey, FederatedIdentity, IssuedToken, ServiceAccount, World } from './world.ts';
import { isUsable } from './workload-identity/life.ts';

/** Makes an access token for an account, good for so many seconds of the simulator's clock. */
export function issueToken(
  world: World,
  account: ServiceAccount,
  scopes: readonly string[],
  seconds: number,
): { token: string; expiresAt: number } {
  const token = `ya29.c.${randomBytes(48).toString('base64url')}`;
  const expiresAt = world.clock.now() + seconds * 1000;
  keep(world, token, { holder: { account: account.uniqueId }, expiresAt, scopes });
  return { token, expiresAt };
}

/** Makes an access token for a user, good for so many seconds of the simulator's clock. */
export function issueUserToken(
  world: World,
  email: string,
  scopes: readonly string[],
  seconds: number,
): string {
  const token = `ya29.a.${randomBytes(48).toString('base64url')}`;
  keep(world, token, { holder: { user: email }, expiresAt: world.clock.now() + seconds * 1000, scopes });
  return token;
}

/** Makes a federated access token, good for so many seconds of the simulator's clock. */
export function issueFederatedToken(
  world: World,
  federated: FederatedIdentity,
  scopes: readonly string[],
  seconds: number,
): string {
  const token = `ya29.d.${randomBytes(48).toString('base64url')}`;
  keep(world, token, { holder: { federated }, expiresAt: world.clock.now() + seconds * 1000, scopes });
  return token;
}

function keep(world: World, token: string, issued: IssuedToken): void {
  const now = world.clock.now();
  for (const [old, { expiresAt }] of world.tokens) if (expiresAt <= now) world.tokens.delete(old);
  world.tokens.set(token, issued);
}

/** When a bearer that was issued here ends, in ms of the simulator's clock. */
export function endOfToken(world: World, bearer = ''): number | undefined {
  return world.tokens.get(bearer)?.expiresAt ?? world.usersByToken.get(bearer)?.tokenExpiresAt;
}

const HINT =
  'Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';

function unauthenticated(service: string, reason: string, message: string): ApiError {
  const realm = 'Bearer realm="https://accounts.google.com/"';
  return new ApiError('UNAUTHENTICATED', `${message} ${HINT}`, {
    details: [errorInfo(reason, 'googleapis.com', { service })],
    headers: {
      'WWW-Authenticate': reason === 'CREDENTIALS_MISSING' ? realm : `${realm}, error="invalid_token"`,
    },
  });
}

/**
 * Who the bearer of a request is: a user of the world, the account or federated identity of a token that was issued
 * here, or the account that signed the bearer itself. Throws 401 UNAUTHENTICATED ([U] which of the reasons Google gives when).
 * @param service the API called, for the audience of self-signed tokens.
 * @param origin the endpoint's own origin: clients pointed here put it into the audience.
 */
export function authenticate(
  world: World,
  bearer: string | undefined,
  service: string,
  origin: string,
): Principal {
  if (!bearer)
    throw unauthenticated(
      service,
      'CREDENTIALS_MISSING',
      'Request is missing required authentication credential.',
    );
  const invalid = (reason: string) =>
    unauthenticated(service, reason, 'Request had invalid authentication credentials.');
  const now = world.clock.now();
  const user = world.usersByToken.get(bearer);
  if (user) {
    if (user.tokenExpiresAt !== undefined && user.tokenExpiresAt <= now)
      throw invalid('ACCESS_TOKEN_EXPIRED');
    return { kind: 'user', email: user.email };
  }
  const issued = world.tokens.get(bearer);
  if (issued && issued.expiresAt <= now) throw invalid('ACCESS_TOKEN_EXPIRED');
  const holder = issued?.holder;
  if (holder && 'user' in holder) return { kind: 'user', email: holder.user };
  if (holder && 'federated' in holder) {
    const { federated } = holder;
    // While its pool is disabled or deleted a token does not count; its provider no longer matters (discovery document).
    if (!isUsable(world.pools.get(federated.pool))) throw invalid('ACCOUNT_STATE_INVALID');
    return { kind: 'federated', ...federated };
  }
  const proof = holder
    ? { account: world.accounts.get(holder.account) }
    : selfSigned(world, bearer, service, origin);
  const account = proof?.account;
  if (!account) throw invalid('ACCESS_TOKEN_TYPE_UNSUPPORTED');
  if (account.disabled || account.deletedAt !== undefined) throw invalid('ACCOUNT_STATE_INVALID');
  noteSignIn(world, account, proof.key);
  return {
    kind: 'serviceAccount',
    email: account.email,
    uniqueId: account.uniqueId,
    projectId: account.projectId,
  };
}

/** Whose a bearer is, and which key proves it, where one does. */
interface Proof {
  readonly account: ServiceAccount | undefined;
  readonly key?: AccountKey | undefined;
}

/** The account that a self-signed bearer proves: iss = sub, audience or scope, one hour, a signature of its key. */
function selfSigned(world: World, bearer: string, service: string, origin: string): Proof | undefined {
  const jwt = parseJwt(bearer);
  if (!jwt || jwt.claims.sub !== jwt.claims.iss) return undefined;
  const audiences = [`https://${service}`, origin].flatMap((base) => [base, `${base}/`]);
  if (!jwt.claims.scope && !audiences.includes(jwt.claims.aud ?? '')) return undefined;
  if (lifetimeOf(world, jwt.claims) === undefined) return undefined;
  const account = (world.accountIds.get(jwt.claims.iss) ?? [])
    .map((id) => world.accounts.get(id))
    .findLast((candidate) => candidate?.deletedAt === undefined);
  const key = account && signingKey(world, account, jwt);
  return key && { account, key };
}
