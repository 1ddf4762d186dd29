import { once } from 'node:events';
import { createServer } from 'node:http';
import net, { type AddressInfo, type Server } from 'node:net';
import { describe, expect, test } from 'vitest';
import { argsOf, openHome } from '../commands/iamready.ts';
import { expectRefused } from '../commands/refused.ts';

/** Starts a server on loopback; it ends with the scope. */
async function listening(server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const open = new Set<net.Socket>();
  server.on('connection', (socket) => open.add(socket));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const answering = (status: number, type: string, body: string) =>
  createServer((_, response) => void response.writeHead(status, { 'content-type': type }).end(body));

/** A check against an endpoint, which has to end with 6; gives how long it took as text, in ms. */
async function checkAt(endpoint: string, what: RegExp, next: RegExp, asText = false): Promise<number> {
  await using home = await openHome();
  const args = argsOf('check', {
    profile: 'remotion-cloudrun',
    project: 'acme-video',
    endpoint,
    'access-token-file': await home.write('token', 'a-token'),
    'state-dir': home.path('state'),
    'key-file': home.path('key.json'),
  });
  const began = performance.now();
  await expectRefused({ home }, args, { exit: 6, what, next, asText });
  return performance.now() - began;
}

const notGoogle = /could not look at the project acme-video: 127\.0\.0\.1:\d+ does not answer as Google does/;
const lookAt = /^check --endpoint and any proxy in between, then run this again$/;

describe.concurrent('an endpoint that', () => {
  test.each([
    ['answers HTML', 200, 'text/html', '<!doctype html><title>Sign in</title><h1>Sign in</h1>'],
    ['answers HTML as an error', 404, 'text/html', '<html><title>Error 404 (Not Found)!!1</title>'],
    ['answers JSON of another kind', 200, 'application/json', '{"hello":"world"}'],
    ['answers JSON that is cut', 200, 'application/json', '{"name":"projects/1","projectId":"acme-vi'],
    ['answers nothing', 200, 'application/json', ''],
    ['draws on the terminal', 200, 'text/\u0009html', '\u001b[2J\u001b]0;owned\u0007\u009b31m'],
  ])('%s is named, with 6', async (name, status, type, body) => {
    await using server = await listening(answering(status, type, body));
    await checkAt(server.endpoint, notGoogle, lookAt, name === 'draws on the terminal');
  });

  test('redirects is not followed, with 6', async () => {
    await using server = await listening(
      createServer((_, response) => void response.writeHead(302, { location: 'https://example.com/' }).end()),
    );
    await checkAt(server.endpoint, notGoogle, lookAt);
  });

  test('speaks no HTTP is named, with 6', async () => {
    await using server = await listening(
      net.createServer((socket) => void socket.end('220 mail.acme.com ESMTP\r\n')),
    );
    await checkAt(server.endpoint, notGoogle, lookAt);
  });

  test('refuses the connection is told within a few seconds, with 6', async () => {
    const server = await listening(net.createServer());
    await server[Symbol.asyncDispose]();
    const took = await checkAt(
      server.endpoint,
      /127\.0\.0\.1:\d+ cannot be reached/,
      /^check the network and --endpoint/,
    );
    expect(took).toBeLessThan(6_000);
  });

  test('never answers is given up after ten seconds, with 6', async () => {
    await using server = await listening(net.createServer(() => undefined));
    const took = await checkAt(
      server.endpoint,
      /no answer from 127\.0\.0\.1:\d+/,
      /^check the network and --endpoint/,
    );
    expect(took).toBeGreaterThan(9_000);
    expect(took).toBeLessThan(16_000);
  });
});
