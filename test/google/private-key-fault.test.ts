import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { privateKeyFaults, readPrivateKey } from '../../src/google/credentials/private-key-fault.ts';
import { keyFile, PUBLIC_KEY } from './service-account-keys.ts';
import * as z from 'zod';

const { private_key: pem } = z.object({ private_key: z.string() }).parse(JSON.parse(keyFile()));
const ec = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const locked = generateKeyPairSync('rsa', {
  modulusLength: 512,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
/** One character of its modulus is another one. */
const spoiled = (() => {
  const at = 200;
  return `${pem.slice(0, at)}${pem[at] === 'A' ? 'B' : 'A'}${pem.slice(at + 1)}`;
})();

test.each([
  ['empty', ' \n'],
  ['quotes-left', `"${pem}"`],
  ['quotes-left', `${pem}'`],
  ['line-breaks-escaped', pem.replaceAll('\n', '\\n')],
  ['line-breaks-lost', pem.replaceAll('\n', ' ')],
  ['line-breaks-lost', pem.replaceAll('\n', '')],
  ['cut-off', '-----BEGIN PRIVATE KEY-----'],
  ['cut-off', pem.slice(40)],
  ['cut-off', pem.split('\n')[1] ?? ''],
  ['public-key', PUBLIC_KEY],
  ['certificate', '-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n'],
  ['encrypted', locked.privateKey],
  ['json', keyFile()],
  ['path', './secrets/key.json'],
  ['base64', Buffer.from(pem).toString('base64')],
  ['not-rsa', ec.privateKey],
  ['damaged', spoiled],
  ['no-pem', 'hunter2'],
] as const)('a private key tells what befell it: %s', (fault, text) => {
  expect(readPrivateKey(text)).toEqual({ ok: false, fault });
  // What is told of it holds nothing of it.
  for (const line of text.split(/\s+/).filter((part) => part.length > 20))
    expect(privateKeyFaults[fault]).not.toContain(line);
});

test('a private key as Google makes it can be read, with other line ends and blanks around it, too', () => {
  for (const text of [pem, pem.replaceAll('\n', '\r\n'), `\n${pem}\n`])
    expect(readPrivateKey(text).ok, JSON.stringify(text.slice(0, 30))).toBe(true);
});
