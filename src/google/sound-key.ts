import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

/**
 * True if an RSA private key (PEM) signs what its public half confirms: with one wrong character in it, it does not, and Google
 * would only say that the signature is invalid, as it does of a key that is too new. Takes a millisecond.
 */
export function isSound(privateKey: string): boolean {
  const proof = Buffer.from('iamready');
  try {
    const key = createPrivateKey(privateKey);
    if (key.asymmetricKeyType !== 'rsa') return false;
    return verify('sha256', proof, createPublicKey(key), sign('sha256', proof, key));
  } catch {
    return false;
  }
}
