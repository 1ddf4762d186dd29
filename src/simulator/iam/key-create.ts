import { X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { selfSignedCertificate } from '../certificate.ts';
import { ApiError, invalidArgument } from '../errors.ts';
import { generateRsaPair } from '../rsa.ts';
import type { AccountKey, ServiceAccount } from '../world.ts';
import { liveAccount } from './account-lookup.ts';
import { takeKeyPair } from './key-pool.ts';
import { checkKeyConstraint, checkRoom } from './key-rules.ts';
import { keyIdOf, showKey } from './key-show.ts';

const CreateKeyRequest = z.strictObject({
  privateKeyType: z.enum(['TYPE_UNSPECIFIED', 'TYPE_PKCS12_FILE', 'TYPE_GOOGLE_CREDENTIALS_FILE']).nullish(),
  keyAlgorithm: z.enum(['KEY_ALG_UNSPECIFIED', 'KEY_ALG_RSA_1024', 'KEY_ALG_RSA_2048']).nullish(),
});
const UploadKeyRequest = z.strictObject({ publicKeyData: z.string().default('') });

/** Keys made by Google do not expire: this is how the API says it (recorded). */
const NEVER = Date.parse('9999-12-31T23:59:59Z');

/** POST of a key: a new pair, whose private half is in this answer and nowhere else. */
export async function createKey(call: Call): Promise<object> {
  const { world } = call;
  const account = liveAccount(call, 'iam.serviceAccountKeys.create');
  const request = readBody(call, CreateKeyRequest);
  if (request.privateKeyType === 'TYPE_PKCS12_FILE') {
    // Google does make these; the embedded cloud does not, and says so rather than send another format.
    throw invalidArgument('This simulator makes no PKCS #12 files: ask for TYPE_GOOGLE_CREDENTIALS_FILE.');
  }
  checkKeyConstraint(call, account, 'Creation');
  checkRoom(call, account);
  const algorithm = request.keyAlgorithm === 'KEY_ALG_RSA_1024' ? request.keyAlgorithm : 'KEY_ALG_RSA_2048';
  const pair = await (algorithm === 'KEY_ALG_RSA_1024' ? generateRsaPair(1024) : takeKeyPair(world));
  checkRoom(call, account); // Others may have been quicker meanwhile.
  const validAfter = world.clock.now();
  const key: AccountKey = {
    id: keyIdOf(pair.publicKey),
    account: account.uniqueId,
    type: 'USER_MANAGED',
    origin: 'GOOGLE_PROVIDED',
    algorithm,
    publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    certificate: selfSignedCertificate({
      subject: account.uniqueId,
      ...pair,
      validAfter,
      validBefore: NEVER,
    }),
    disabled: false,
    validAfter,
    validBefore: NEVER,
  };
  world.keys.set(`${account.uniqueId}/${key.id}`, key);
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return showKey(account, key, {
    privateKeyType: 'TYPE_GOOGLE_CREDENTIALS_FILE',
    privateKeyData: Buffer.from(credentialsFile(call, account, key, privateKey)).toString('base64'),
  });
}

/**
 * The credentials file of a key, with Google's fields in Google's order. The URLs that clients call for this key lead
 * back here, since the real ones would not know it.
 */
function credentialsFile(call: Call, account: ServiceAccount, key: AccountKey, privateKey: string): string {
  const fields = {
    type: 'service_account',
    project_id: account.projectId,
    private_key_id: key.id,
    private_key: privateKey,
    client_email: account.email,
    client_id: account.uniqueId,
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: `${call.origin}/token`,
    auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
    client_x509_cert_url: `${call.origin}/robot/v1/metadata/x509/${encodeURIComponent(account.email)}`,
    universe_domain: 'googleapis.com',
  };
  return `${JSON.stringify(fields, null, 2)}\n`;
}

/** keys:upload: takes the public half of a pair that the caller made, in an X.509 certificate. */
export function uploadKey(call: Call): object {
  const { world } = call;
  // The permission is that of creating (method reference).
  const account = liveAccount(call, 'iam.serviceAccountKeys.create');
  const certificate = readCertificate(readBody(call, UploadKeyRequest).publicKeyData);
  checkKeyConstraint(call, account, 'Upload');
  checkRoom(call, account);
  const { publicKey } = certificate;
  const key: AccountKey = {
    id: keyIdOf(publicKey),
    account: account.uniqueId,
    type: 'USER_MANAGED',
    origin: 'USER_PROVIDED',
    // [U] how Google names lengths that the enum does not have.
    algorithm:
      publicKey.asymmetricKeyDetails?.modulusLength === 1024 ? 'KEY_ALG_RSA_1024' : 'KEY_ALG_RSA_2048',
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    certificate: certificate.toString(),
    disabled: false,
    validAfter: Date.parse(certificate.validFrom),
    validBefore: Date.parse(certificate.validTo),
  };
  if (world.keys.get(`${account.uniqueId}/${key.id}`)) {
    throw new ApiError('ALREADY_EXISTS', `Service account key ${key.id} already exists.`); // [U] the text.
  }
  world.keys.set(`${account.uniqueId}/${key.id}`, key);
  return showKey(account, key);
}

/** Reads what :upload was sent, base64 of a PEM certificate over an RSA key. [U] the text of the refusal. */
function readCertificate(base64: string): X509Certificate {
  try {
    const certificate = new X509Certificate(Buffer.from(base64, 'base64'));
    if (certificate.publicKey.asymmetricKeyType === 'rsa') return certificate;
  } catch {
    // Not a certificate: the same answer.
  }
  throw invalidArgument('The public key must be an RSA key in an X.509 certificate.');
}
