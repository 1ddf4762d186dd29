import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Cloud } from '../../src/google/cloud.ts';
import { PrivateKeyFile } from '../../src/google/private-key-file.ts';
import { cloudAt, failure, TOKEN } from './clouds.ts';
import { answer, startServer } from './server.ts';
import { EMAIL, keyFile } from './service-account-keys.ts';

/** All that a careless logger could get out of a value. */
function everythingOf(value: unknown): string {
  const text = inspect(value, { depth: 20, showHidden: true, getters: true });
  return `${text} ${JSON.stringify(value)} ${value instanceof Error ? (value.stack ?? '') : ''}`;
}

const calls: [string, (cloud: Cloud) => Promise<unknown>][] = [
  ['a read', (cloud) => cloud.projects.get('p')],
  ['a write', (cloud) => cloud.roles.create('projects/p', 'R', {})],
];

describe('the token that was sent', () => {
  test.each(calls)('is in no error and no log of %s, whatever goes wrong', async (_, call) => {
    const echo = `you sent ${TOKEN}`;
    const server = await startServer((request, response, nth, raw) => {
      const denied = {
        code: 403,
        message: echo,
        status: 'PERMISSION_DENIED',
        details: [{ [TOKEN]: request.headers }],
      };
      if (nth === 1) answer(response, 403, { error: denied });
      if (nth === 2) answer(response, 200, `<p>${echo}`, { 'content-type': `text/html; x=${TOKEN}` });
      if (nth === 3) answer(response, 302, '', { location: `https://${TOKEN}.example.com/?t=${TOKEN}` });
      if (nth === 4) answer(response, 503, echo, { 'content-type': 'text/plain' });
      if (nth === 5) answer(response, 400, { error: TOKEN, error_description: echo });
      if (nth === 6) raw.socket.resetAndDestroy();
      // The seventh is never answered.
    });
    const told: unknown[] = [];
    const cloud = cloudAt(server.url, { retries: 0, deadlineMs: 200, log: (entry) => told.push(entry) });
    for (let nth = 1; nth <= 7; nth++) told.push(await failure(call(cloud)));
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(Array(7).fill(`Bearer ${TOKEN}`));
    expect(told).toHaveLength(14);
    for (const value of told) expect(everythingOf(value)).not.toContain(TOKEN);
  });
});

describe('a private key', () => {
  const file = keyFile();
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const data = base64(file);
  const named = (privateKeyData: string) => ({
    name: `projects/p/serviceAccounts/${EMAIL}/keys/k1`,
    privateKeyData,
  });
  const piece = /PRIVATE KEY-----\\n(.{20})/.exec(file)?.[1] ?? '';

  test('comes out of the answer only through text()', async () => {
    const server = await startServer((_, response) => answer(response, 200, named(data)));
    const created = await cloudAt(server.url).keys.create('p', EMAIL);
    expect(created.id).toBe('k1');
    expect(created.file.text()).toBe(file);
    for (const secret of [piece, 'BEGIN']) expect(everythingOf(created)).not.toContain(secret);
    expect(String(created.file)).toBe('[private key]');
    expect(JSON.stringify(created)).toBe('{"id":"k1","file":"[private key]"}');
    expect(structuredClone(created.file)).toEqual({});
  });

  test.each([
    ['that was cut', JSON.stringify(named(data)).slice(0, -9)],
    ['without a name', JSON.stringify({ privateKeyData: data })],
    ['in another encoding', JSON.stringify(named(`${file} not base64`))],
    ['that came as plain text', file],
    ['that is damaged', JSON.stringify(named(base64(file.replace(piece, piece.toLowerCase()))))],
    ['of another account', JSON.stringify(named(base64(keyFile({ client_email: `x${EMAIL}` }))))],
    ['with another ID', JSON.stringify(named(base64(keyFile({ private_key_id: 'k2' }))))],
  ])('%s is told as no answer of Google’s, and is not in the error', async (_, body) => {
    const server = await startServer((_request, response) => answer(response, 200, body));
    const error = await failure(cloudAt(server.url).keys.create('p', EMAIL));
    expect(error.kind).toBe('garbled');
    for (const secret of [data.slice(0, 20), data.slice(20, 40), piece, 'BEGIN'])
      expect(everythingOf(error)).not.toContain(secret);
  });

  test('is hidden from everything that prints', () => {
    const key = new PrivateKeyFile('SECRET');
    expect(
      `${everythingOf(key)} ${everythingOf({ deep: [key] })} ${String(key)} ${inspect(key)}`,
    ).not.toContain('SECRET');
  });
});
