import { verify } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { CredentialsError, serviceAccountKey } from '../../src/google/credentials.ts';
import { PrivateKeyFile } from '../../src/google/private-key-file.ts';
import { cloudAt, failure } from './clouds.ts';
import { answer, startServer, type Seen } from './server.ts';
import { EMAIL, keyFile, PUBLIC_KEY } from './service-account-keys.ts';

const granted = { access_token: 'fresh', expires_in: 3599, token_type: 'Bearer' };
const invalidGrant = { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' };

/** The assertion a token request carries, checked against the public key. */
function assertion(request: Seen | undefined) {
  const form = new URLSearchParams(request?.body);
  expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
  const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
  const signed = Buffer.from(`${header}.${claims}`);
  expect(verify('RSA-SHA256', signed, PUBLIC_KEY, Buffer.from(signature, 'base64url'))).toBe(true);
  const read = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  return { header: read(header), claims: read(claims) };
}

describe('a service account key', () => {
  test('is exchanged at the endpoint, for one token that all calls share', async () => {
    const server = await startServer((request, response) =>
      request.path === '/token' ? answer(response, 200, granted) : answer(response, 200, {}),
    );
    const cloud = cloudAt(server.url).as(serviceAccountKey(new PrivateKeyFile(keyFile())));
    expect(cloud.principal).toBe(EMAIL);
    await Promise.all([cloud.projects.test('p', ['a.b.c']), cloud.projects.test('p', ['a.b.d'])]);
    await cloud.projects.test('p', ['a.b.e']);
    const [token, ...calls] = server.seen;
    expect(calls.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('Bearer fresh'));
    expect(token?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    });
    expect(token?.headers.authorization).toBeUndefined();
    const { header, claims } = assertion(token);
    expect(header).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' });
    expect(claims).toMatchObject({
      iss: EMAIL,
      aud: `${server.url}/token`,
      scope: 'https://www.googleapis.com/auth/cloud-platform',
    });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(3600);
  });

  test('is exchanged anew where the token that came could not be sent', async () => {
    const server = await startServer((request, response, nth) =>
      answer(
        response,
        200,
        request.path === '/token' && nth === 1 ? { ...granted, access_token: 'a\u202eb' } : granted,
      ),
    );
    const cloud = cloudAt(server.url).as(serviceAccountKey(keyFile()));
    expect(await failure(cloud.projects.test('p', ['a.b.c']))).toMatchObject({ kind: 'garbled' });
    await cloud.projects.test('p', ['a.b.c']);
    expect(server.seen.at(-1)?.headers.authorization).toBe('Bearer fresh');
  });

  test('is exchanged anew shortly before its token ends, by the server’s clock', async () => {
    let now = Date.parse('2031-05-01T00:00:00Z');
    const server = await startServer((request, response) => {
      const date = { date: new Date(now).toUTCString() };
      if (request.path === '/token') answer(response, 200, granted, date);
      else answer(response, 200, {}, date);
    });
    const cloud = cloudAt(server.url).as(serviceAccountKey(keyFile()));
    const exchanges = () => server.seen.filter(({ path }) => path === '/token').length;
    await cloud.projects.test('p', ['a.b.c']);
    now += 3_500_000;
    await cloud.projects.test('p', ['a.b.c']);
    expect(exchanges()).toBe(1);
    now += 60_000;
    await cloud.projects.test('p', ['a.b.c']);
    await cloud.projects.test('p', ['a.b.c']);
    expect(exchanges()).toBe(2);
    expect(assertion(server.seen.findLast(({ path }) => path === '/token')).claims['iat']).toBeGreaterThan(
      Date.parse('2031-05-01T00:58:00Z') / 1000,
    );
  });

  test('is signed again with the server’s time when ours was wrong', async () => {
    const date = new Date('2040-01-01T00:00:00Z').toUTCString();
    const server = await startServer((request, response, nth) => {
      if (request.path === '/token')
        answer(response, nth === 1 ? 400 : 200, nth === 1 ? invalidGrant : granted, { date });
      else answer(response, 200, {}, { date });
    });
    await cloudAt(server.url).as(serviceAccountKey(keyFile())).projects.test('p', ['a.b.c']);
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/token',
      '/token',
      '/v3/projects/p:testIamPermissions',
    ]);
    const iat = Number(assertion(server.seen[1]).claims['iat']);
    expect(Math.abs(iat - Date.parse('2040-01-01T00:00:00Z') / 1000)).toBeLessThan(5);
  });

  test('that is refused ends in invalid-grant at once, with OAuth’s description', async () => {
    const server = await startServer((_, response) => answer(response, 400, invalidGrant));
    const error = await failure(cloudAt(server.url).as(serviceAccountKey(keyFile())).projects.get('p'));
    expect(error).toMatchObject({
      kind: 'invalid-grant',
      api: 'oauth2',
      method: 'token',
      reason: 'invalid_grant',
      message: 'Invalid JWT Signature.',
      attempts: 1,
    });
    expect(server.seen).toHaveLength(1);
  });

  test('that was refused is tried again by the next call', async () => {
    const server = await startServer((request, response, nth) => {
      if (request.path !== '/token') answer(response, 200, {});
      else answer(response, nth === 1 ? 400 : 200, nth === 1 ? invalidGrant : granted);
    });
    const cloud = cloudAt(server.url).as(serviceAccountKey(keyFile()));
    await failure(cloud.projects.test('p', ['a.b.c']));
    expect(await cloud.projects.test('p', ['a.b.c'])).toEqual(new Set());
  });

  test('survives a token endpoint that is down for a moment', async () => {
    const server = await startServer((request, response, nth) => {
      if (request.path !== '/token') answer(response, 200, {});
      else answer(response, nth === 1 ? 503 : 200, nth === 1 ? '' : granted);
    });
    await cloudAt(server.url).as(serviceAccountKey(keyFile())).projects.test('p', ['a.b.c']);
    expect(server.seen).toHaveLength(3);
  });

  test('keeps assertion and token out of errors, even where the server repeats them', async () => {
    const server = await startServer((request, response) =>
      answer(response, 400, {
        error: 'invalid_grant',
        error_description: new URLSearchParams(request.body).get('assertion'),
      }),
    );
    const error = await failure(cloudAt(server.url).as(serviceAccountKey(keyFile())).projects.get('p'));
    const sent = new URLSearchParams(server.seen[0]?.body).get('assertion') ?? '-';
    expect(`${inspect(error)} ${JSON.stringify(error)}`).not.toContain(sent.split('.')[2]);
  });

  test.each([
    ['not JSON (a private key alone, in PEM)', '-----BEGIN PRIVATE KEY'],
    ['not JSON (cut off, or edited by hand)', '{"type":"service_account",'],
    ['not JSON (still in its quotes)', `'${keyFile()}'`],
    ['type is missing or wrong', keyFile({ type: 'authorized_user' })],
    ['client_email is missing or wrong', keyFile({ client_email: 'x' })],
    ['private_key is missing or wrong', keyFile({ private_key: undefined })],
    ['private_key is no PEM private key', keyFile({ private_key: 'secret' })],
    ['private_key is only a part of a key', keyFile({ private_key: 'MIIEsecret' })],
    ['private_key is a public key', keyFile({ private_key: PUBLIC_KEY })],
    ['not a JSON object', '[]'],
  ])('is refused when it is none: %s', (value, text) => {
    const error = refusal(() => serviceAccountKey(text, 'key.json'));
    expect(error).toMatchObject({ kind: 'not-a-key', place: 'key.json' });
    expect(error.value).toBe(value === 'not a JSON object' ? error.value : value);
    expect(inspect(error)).not.toMatch(/MIIE|BEGIN/);
  });

  test('of another universe is refused', () => {
    expect(refusal(() => serviceAccountKey(keyFile({ universe_domain: 'u.example' })))).toMatchObject({
      kind: 'other-universe',
      value: 'u.example',
    });
  });
});

function refusal(run: () => unknown): CredentialsError {
  try {
    run();
  } catch (error) {
    if (error instanceof CredentialsError) return error;
    throw error;
  }
  throw new Error('accepted');
}
