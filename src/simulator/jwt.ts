import type { KeyObject } from 'node:crypto';
import { createSign, createVerify } from 'node:crypto';
import * as z from 'zod';
import type { AccountKey, ServiceAccount, World } from './world.ts';

const Header = z.object({ alg: z.string(), kid: z.string().optional() });
const Claims = z.object({
  iss: z.string(),
  sub: z.string().optional(),
  aud: z.string().optional(),
  scope: z.string().optional(),
  target_audience: z.string().optional(),
  iat: z.number(),
  exp: z.number(),
});

/** A JSON Web Token, read but not yet believed. */
export interface Jwt {
  readonly header: z.infer<typeof Header>;
  readonly claims: z.infer<typeof Claims>;
  readonly signed: string;
  readonly signature: Buffer;
}

/** Reads a compact JWT; undefined when it is none, or lacks iss, iat or exp. */
export function parseJwt(text: string): Jwt | undefined {
  const [header, claims, signature, ...more] = text.split('.');
  if (!header || !claims || !signature || more.length > 0) return undefined;
  try {
    return {
      header: Header.parse(JSON.parse(Buffer.from(header, 'base64url').toString())),
      claims: Claims.parse(JSON.parse(Buffer.from(claims, 'base64url').toString())),
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    return undefined;
  }
}

/** Signs claims (a JSON text) as a compact RS256 JWT. */
export function signJwt(payload: string, keyId: string, privateKey: KeyObject): string {
  const header = JSON.stringify({ alg: 'RS256', kid: keyId, typ: 'JWT' });
  const signed = [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`;
}

/**
 * The live, enabled key of the account that made the signature, if one did. Without a `kid` any of its keys may have (recorded).
 * Keys are known as late as replicas learn of them.
 */
export function signingKey(world: World, account: ServiceAccount, jwt: Jwt): AccountKey | undefined {
  if (jwt.header.alg !== 'RS256') return undefined;
  const { kid } = jwt.header;
  const keys = kid
    ? [world.keys.read(`${account.uniqueId}/${kid}`, 'key')]
    : world.keys.readAll('key').map(([, key]) => key);
  const now = world.clock.now();
  return keys.find(
    (key) =>
      key?.account === account.uniqueId &&
      !key.disabled &&
      key.validAfter <= now &&
      now < key.validBefore &&
      createVerify('RSA-SHA256').update(jwt.signed).verify(key.publicKey, jwt.signature),
  );
}

/** How long a JWT may live, and how far clocks may differ, in seconds. */
const USUAL = { longest: 3600, skew: 300 };

/**
 * Until when (simulator ms) a JWT counts, or undefined when it is too old, too new or too long-lived.
 * Clients live on the machine's clock: a time that makes no sense on a clock that was moved or runs faster is taken
 * for what this clock showed at that moment, so that real clients can work against a simulated day.
 */
export function lifetimeOf(
  world: World,
  { iat, exp }: { iat: number; exp: number },
  { longest, skew } = USUAL,
): number | undefined {
  const now = world.clock.now();
  const seconds = exp - iat;
  if (seconds <= 0 || seconds > longest + skew) return undefined;
  // `iat` has whole seconds; the end of that second is never before the signing.
  for (const issued of [iat * 1000, world.clock.when(iat * 1000 + 999)]) {
    const expires = issued + seconds * 1000;
    if (issued <= now + skew * 1000 && now < expires) return expires;
  }
  return undefined;
}
