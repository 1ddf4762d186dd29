import http from 'node:http';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { inspect } from 'node:util';
import { openCloud } from '../../src/google/cloud.ts';
import { federatedCredentials, serviceAccountKey } from '../../src/google/credentials.ts';
import { cloudAt, failure, fixedTokens } from './clouds.ts';
import { answer, startServer } from './server.ts';
import { keyFile } from './service-account-keys.ts';

beforeEach(() => {
  const kept = { ...process.env };
  process.env = Object.fromEntries(Object.entries(kept).filter(([name]) => !/_proxy$/i.test(name)));
  onTestFinished(() => {
    process.env = kept;
  });
});

/** A proxy that notes where it is asked to connect to, and then does as told. */
async function startProxy(then: (socket: net.Socket) => void): Promise<string[]> {
  const asked: string[] = [];
  const sockets = new Set<net.Socket>();
  const proxy = http.createServer();
  proxy.on('connect', (request, socket: net.Socket) => {
    asked.push(request.url ?? '');
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    then(socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  process.env['HTTPS_PROXY'] = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return asked;
}

const FAR = 'https://google.example.com';

describe('a proxy from the environment', () => {
  test('is used for an endpoint elsewhere, and its refusal is named', async () => {
    const asked = await startProxy((socket) =>
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n<p>!',
      ),
    );
    const error = await failure(cloudAt(FAR, { retries: 0 }).projects.get('p'));
    expect(asked).toEqual(['google.example.com:443']);
    const proxy = new URL(process.env['HTTPS_PROXY'] ?? '').host;
    expect(error).toMatchObject({ kind: 'garbled', httpStatus: 407, host: 'google.example.com', proxy });
  });

  test('is used for Google itself, wherever a token or an answer comes from', async () => {
    const asked = await startProxy((socket) => socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n'));
    const google = openCloud({ credentials: fixedTokens('tok'), retries: 0 });
    await failure(google.projects.get('p'));
    await failure(google.run.list('p', 'europe-west1'));
    await failure(google.as(serviceAccountKey(keyFile())).projects.get('p'));
    await failure(google.as(federatedCredentials({ audience: 'a', subjectToken: 's' })).projects.get('p'));
    await failure(google.actingAs('robot@p').projects.get('p'));
    expect(asked).toEqual(
      ['cloudresourcemanager', 'run', 'oauth2', 'sts', 'iamcredentials'].map(
        (api) => `${api}.googleapis.com:443`,
      ),
    );
  });

  test('that hangs ends in a timeout', async () => {
    const asked = await startProxy(() => undefined);
    expect((await failure(cloudAt(FAR, { retries: 0, deadlineMs: 100 }).projects.get('p'))).kind).toBe(
      'timeout',
    );
    expect(asked).toHaveLength(1);
  });

  test('that is not there is unreachable, and named without the password for it', async () => {
    process.env['HTTPS_PROXY'] = 'http://ada:hunter2@127.0.0.1:1';
    const error = await failure(cloudAt(FAR, { retries: 0 }).projects.get('p'));
    expect(error).toMatchObject({ kind: 'unreachable', code: 'ECONNREFUSED', proxy: '127.0.0.1:1' });
    expect(error.message).toContain('127.0.0.1:1');
    expect(inspect(error, { showHidden: true })).not.toContain('hunter2');
  });

  test('that is no URL is told, not thrown raw', async () => {
    process.env['HTTPS_PROXY'] = 'nonsense';
    const error = await failure(cloudAt(FAR, { retries: 0 }).projects.get('p'));
    expect(error).toMatchObject({ kind: 'unreachable', code: 'ERR_INVALID_URL' });
  });

  test.each([
    'other.example.com,no-such-host.invalid',
    'other.example.com .INVALID',
    '*.invalid:443',
    'invalid',
    '*',
  ])('is left aside for what NO_PROXY names: %s', async (names) => {
    const asked = await startProxy((socket) => socket.end());
    process.env['NO_PROXY'] = names;
    const error = await failure(cloudAt('https://no-such-host.invalid', { retries: 0 }).projects.get('p'));
    expect(error).toMatchObject({ kind: 'unreachable', proxy: undefined });
    expect(asked).toEqual([]);
  });

  test.each([
    'host.invalid',
    'such-host.invalid',
    'no-such-host.invalid.example.com',
    'invalid:8443',
    '.',
    ',',
  ])('is used in spite of NO_PROXY=%s, which names others', async (names) => {
    const asked = await startProxy((socket) => socket.end());
    process.env['NO_PROXY'] = names;
    await failure(cloudAt('https://no-such-host.invalid', { retries: 0 }).projects.get('p'));
    expect(asked).toEqual(['no-such-host.invalid:443']);
  });

  test('is left aside for this machine, which it cannot reach', async () => {
    const asked = await startProxy((socket) => socket.end());
    const server = await startServer((_, response) => answer(response, 200, {}));
    expect(await cloudAt(server.url).projects.test('p', ['a.b.c'])).toEqual(new Set());
    expect(asked).toEqual([]);
  });
});
