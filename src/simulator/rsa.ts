import type { KeyObject } from 'node:crypto';
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** Both halves of an RSA key. */
export interface RsaPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/**
 * Makes an RSA pair, off the main thread. It takes some 100 ms, so it is made only when somebody asks for a key.
 * @param bits 1024 or 2048, the lengths IAM offers.
 */
export function generateRsaPair(bits: 1024 | 2048 = 2048): Promise<RsaPair> {
  return generate('rsa', { modulusLength: bits, publicExponent: 0x10001 });
}
