import { verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as z from 'zod';
import { lifetimeOf } from '../jwt.ts';
import type { PoolProvider, World } from '../world.ts';
import { publicKeyOf, readJwks } from '../workload-identity/provider-rules.ts';
import { issuerKeyOf, plainIssuer } from './issuers.ts';
import { refuse } from './refusals.ts';

const Header = z.object({ alg: z.string(), kid: z.string().optional() });
const Claims = z.looseObject({
  iss: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  iat: z.number().optional(),
  exp: z.number().optional(),
});

/** What a subject token claims, once it is believed, and until when it counts (simulator ms). */
export interface Believed {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly expiresAt: number;
}

const part = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString());

function parse(token: string) {
  const [header = '', claims = '', signature = '', ...more] = token.split('.');
  try {
    if (more.length > 0) throw new Error('more than three parts');
    return {
      header: Header.parse(part(header)),
      claims: Claims.parse(part(claims)),
      signed: Buffer.from(`${header}.${claims}`),
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    throw refuse('invalid_request', 'Unable to parse the ID Token.'); // [U]
  }
}

/** The key that a token says it was signed with: of the provider's own set, else of its issuer, if this world plays it. */
async function signingKey(
  world: World,
  { oidc }: PoolProvider,
  { alg, kid }: z.infer<typeof Header>,
): Promise<KeyObject> {
  // For an unknown key ID too (measured in public reports, September 2026).
  const unknown = () => refuse('invalid_grant', "Error connecting to the given credential's issuer.");
  if (oidc.jwksJson !== undefined) {
    const type = alg === 'RS256' ? 'RSA' : alg === 'ES256' ? 'EC' : undefined;
    const jwk = readJwks(oidc.jwksJson)?.find((key) => key.kid === kid && key.kty === type);
    const key = jwk && publicKeyOf(jwk);
    if (!key) throw unknown();
    return key;
  }
  const key = await issuerKeyOf(world, oidc.issuerUri);
  if (!key || key.id !== kid || alg !== 'RS256') throw unknown();
  return key.publicKey;
}

/** The audiences that count: those that are allowed, else the provider's own name (discovery document). */
function expectedAudiences({ name, oidc }: PoolProvider): readonly string[] {
  if (oidc.allowedAudiences.length > 0) return oidc.allowedAudiences;
  return [`//iam.googleapis.com/${name}`, `https://iam.googleapis.com/${name}`];
}

/**
 * Until when a token counts (simulator ms), or undefined when it is too old or too new: 60 seconds either way (measured).
 * Issuers of this world live on the simulator's clock, others on the machine's: see lifetimeOf().
 */
function expiryOf(world: World, provider: PoolProvider, iat: number, exp: number): number | undefined {
  if (provider.oidc.jwksJson !== undefined)
    return lifetimeOf(world, { iat, exp }, { longest: Infinity, skew: 60 });
  const now = world.clock.now();
  return iat * 1000 <= now + 60_000 && now < exp * 1000 + 60_000 ? exp * 1000 : undefined;
}

/** Checks a subject token against a provider: issuer, audience, times, signature. Texts as measured, September 2026. */
export async function believe(world: World, provider: PoolProvider, token: string): Promise<Believed> {
  const { header, claims, signed, signature } = parse(token);
  const { iss, aud = [], iat, exp } = claims;
  const { issuerUri } = provider.oidc;
  if (iss === undefined || plainIssuer(iss) !== plainIssuer(issuerUri))
    throw refuse(
      'invalid_grant',
      `The issuer in ID Token ${iss ?? 'null'} does not match the expected one in config: ${issuerUri}.`,
    );
  const audiences = typeof aud === 'string' ? [aud] : aud;
  if (!audiences.some((audience) => expectedAudiences(provider).includes(audience)))
    throw refuse(
      'invalid_grant',
      `The audience in ID Token [${audiences.join(', ')}] does not match the expected audience.`,
    );
  const expiresAt = iat === undefined || exp === undefined ? undefined : expiryOf(world, provider, iat, exp);
  if (expiresAt === undefined)
    throw refuse('invalid_grant', `ID Token issued at ${iat ?? 'null'} is stale to sign-in.`);
  const key = await signingKey(world, provider, header);
  if (!verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature))
    throw refuse('invalid_grant', 'Unable to verify the ID Token signature.');
  return { claims, expiresAt };
}
