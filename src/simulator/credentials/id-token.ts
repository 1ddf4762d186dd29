import { signJwt } from '../jwt.ts';
import { systemKeyOf } from '../system-keys.ts';
import type { ServiceAccount, World } from '../world.ts';

/**
 * An OpenID Connect ID token for an account, good for an hour. At Google it is signed with Google's own key; here with
 * the account's Google-managed one, which `/oauth2/v3/certs` lists too.
 */
export async function makeIdToken(
  world: World,
  account: ServiceAccount,
  audience: string,
  includeEmail: boolean,
): Promise<string> {
  const key = await systemKeyOf(world, account);
  const iat = Math.floor(world.clock.now() / 1000);
  const claims = {
    aud: audience,
    azp: account.uniqueId,
    ...(includeEmail && { email: account.email, email_verified: true }),
    exp: iat + 3600,
    iat,
    iss: 'https://accounts.google.com',
    sub: account.uniqueId,
  };
  return signJwt(JSON.stringify(claims), key.id, key.privateKey);
}
