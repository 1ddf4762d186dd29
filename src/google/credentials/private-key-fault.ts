import { createPrivateKey, type KeyObject } from 'node:crypto';
import { isSound } from '../sound-key.ts';
import type { PrivateKeyFault } from './credentials-error.ts';

/** What each fault looks like to a person; never a part of the key. */
export const privateKeyFaults: Readonly<Record<PrivateKeyFault, string>> = {
  empty: 'empty',
  'quotes-left': 'still in its quotes',
  'line-breaks-escaped': 'a key whose line breaks are written \\n and were not turned back',
  'line-breaks-lost': 'a key that has lost its line breaks',
  'cut-off': 'only a part of a key',
  'public-key': 'a public key',
  certificate: 'a certificate',
  encrypted: 'a key that is locked with a passphrase',
  json: 'a whole key file, and not the private key in it',
  path: 'the path of a file, and not a key',
  base64: 'a key in base64, and not PEM itself',
  'not-rsa': 'not an RSA key',
  damaged: 'a damaged key: it signs nothing that holds',
  'no-pem': 'no PEM private key',
};

/** A private key that can sign, or what is wrong with its text. */
export type ReadPrivateKey = { ok: true; key: KeyObject } | { ok: false; fault: PrivateKeyFault };

/** Reads a private key in PEM (RFC 7468), and says which of the usual accidents befell one that cannot be read. */
export function readPrivateKey(text: string): ReadPrivateKey {
  const value = text.trim();
  const fault = (name: PrivateKeyFault): ReadPrivateKey => ({ ok: false, fault: name });
  if (value === '') return fault('empty');
  if (/^["'`]|["'`]$/u.test(value)) return fault('quotes-left');
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch {
    return fault(faultOf(value));
  }
  if (key.asymmetricKeyType !== 'rsa') return fault('not-rsa');
  return isSound(text) ? { ok: true, key } : fault('damaged');
}

/** Why a text that is no private key is none. */
function faultOf(value: string): PrivateKeyFault {
  const begins = value.includes('-----BEGIN');
  const ends = value.includes('-----END');
  if (value.startsWith('{')) return 'json';
  if (/-----BEGIN (?:RSA )?PUBLIC KEY/u.test(value)) return 'public-key';
  if (value.includes('-----BEGIN CERTIFICATE')) return 'certificate';
  if (/-----BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/u.test(value)) return 'encrypted';
  if (begins !== ends) return 'cut-off';
  if (begins) {
    if (/\\+n/u.test(value)) return 'line-breaks-escaped';
    return /-----[\r\n]/u.test(value) ? 'damaged' : 'line-breaks-lost';
  }
  if (/^(?:\.{0,2}\/|~|[A-Za-z]:\\)|\.(?:json|pem|p12|key)$/u.test(value) && !/\s/u.test(value))
    return 'path';
  const decoded = /^[\w+/=\s-]+$/u.test(value) ? Buffer.from(value, 'base64').toString('latin1') : '';
  if (/PRIVATE KEY|"private_key"/u.test(decoded)) return 'base64';
  // The base64 of every RSA key in PKCS#8 begins so.
  return /^MII[A-Z]/u.test(value) ? 'cut-off' : 'no-pem';
}
