import { createHash } from 'node:crypto';
import { selfSignedCertificate } from './certificate.ts';
import { generateRsaPair } from './rsa.ts';
import type { ServiceAccount, SystemKey, World } from './world.ts';

const TWO_YEARS = 2 * 365 * 86_400_000;

/** What can be said of an account's Google-managed key without making it. Times are simulator ms. */
export function systemKeyFacts(account: ServiceAccount): {
  id: string;
  validAfter: number;
  validBefore: number;
} {
  return {
    id: createHash('sha1').update(`system key of ${account.uniqueId}`).digest('hex'),
    validAfter: account.createTime,
    validBefore: account.createTime + TWO_YEARS,
  };
}

/** The Google-managed key pair of an account, made when it is first needed: for signBlob, signJwt, public keys. */
export function systemKeyOf(world: World, account: ServiceAccount): Promise<SystemKey> {
  const known = world.systemKeys.get(account.uniqueId);
  if (known) return known;
  const made = makeSystemKey(account);
  world.systemKeys.set(account.uniqueId, made);
  return made;
}

async function makeSystemKey(account: ServiceAccount): Promise<SystemKey> {
  const facts = systemKeyFacts(account);
  const { publicKey, privateKey } = await generateRsaPair();
  const certificate = selfSignedCertificate({ subject: account.uniqueId, publicKey, privateKey, ...facts });
  return {
    ...facts,
    privateKey,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    certificate,
  };
}
