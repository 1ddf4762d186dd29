import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { selfSignedCertificate } from '../../src/simulator/certificate.ts';
import type { Stage } from './stage.ts';

/**
 * Has somebody make a pair of their own, upload its public half for some days, and put the private one into the key file:
 * a key of Google's making never expires. Gives its ID.
 */
export async function uploadKey({ cloud, endpoint, keyFile, now }: Stage, days: number): Promise<string> {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const validAfter = (await now()).getTime() - 60_000;
  const validBefore = validAfter + days * 86_400_000;
  const certificate = selfSignedCertificate({ subject: 'by hand', ...pair, validAfter, validBefore });
  const id = await cloud.uploadKey(certificate);
  const file = {
    type: 'service_account',
    private_key_id: id,
    private_key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: cloud.email,
    token_uri: `${endpoint}/token`,
  };
  await writeFile(keyFile, JSON.stringify(file), { mode: 0o600 });
  return id;
}
