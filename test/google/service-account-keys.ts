import { generateKeyPairSync } from 'node:crypto';

const pair = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** The public half of the key in `keyFile`. */
export const PUBLIC_KEY = pair.publicKey;
export const EMAIL = 'robot@p.iam.gserviceaccount.com';

/** A service account's credentials file, as Google makes it, with another value here and there. */
export function keyFile(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    type: 'service_account',
    project_id: 'p',
    private_key_id: 'k1',
    private_key: pair.privateKey,
    client_email: EMAIL,
    client_id: '1',
    token_uri: 'https://thief.example.com/token',
    universe_domain: 'googleapis.com',
    ...changes,
  });
}
