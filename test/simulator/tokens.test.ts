import { createPublicKey, createVerify, X509Certificate } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { Json, TestCloud } from './kernel-cloud.ts';
import { bind, errorOf, held, makePair, people, startCloud } from './kernel-cloud.ts';

const ROBOT = 'robot-one@acme-one.iam.gserviceaccount.com';
const KEY = 'a'.repeat(40);
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
let pair: ReturnType<typeof makePair>;
beforeAll(() => {
  pair = makePair();
});

const indent = (text: string) => text.trim().replaceAll('\n', '\n              ');

const start = (options = {}): Promise<TestCloud> =>
  startCloud({
    ...options,
    yaml: `
v: 1
operator: ada@acme.com
project: acme-one
users: [{ email: ada@acme.com, token: bearer-of-ada }, { email: eve@acme.com, token: bearer-of-eve, tokenLifetime: 60 }]
projects:
  - id: acme-one
    number: 111122223333
    services: [iam.googleapis.com, iamcredentials.googleapis.com, cloudresourcemanager.googleapis.com]
    serviceAccounts:
      - id: robot-one
        keys:
          - id: ${KEY}
            publicKey: |
              ${indent(pair.publicKey)}
      - id: robot-off
        disabled: true
        keys:
          - id: ${KEY}
            publicKey: |
              ${indent(pair.publicKey)}
      - id: robot-two
    policy:
      bindings:
        - { role: roles/owner, members: ['user:ada@acme.com'] }
        - { role: roles/iam.serviceAccountTokenCreator, members: ['user:ada@acme.com'] }
        - { role: roles/viewer, members: ['serviceAccount:${ROBOT}', 'user:eve@acme.com'] }
`,
  });

const claims = (more: Json = {}): Json => {
  const iat = Math.floor(Date.now() / 1000);
  return {
    iss: ROBOT,
    aud: 'https://oauth2.googleapis.com/token',
    scope: SCOPE,
    iat,
    exp: iat + 3600,
    ...more,
  };
};

test('a signed assertion is exchanged for a token that acts as the account', async () => {
  const cloud = await start();
  const { status, body } = await cloud.exchange(pair.sign(claims(), KEY));
  expect(status).toBe(200);
  expect(body).toMatchObject({ expires_in: 3599, token_type: 'Bearer' });
  const token = String(body.access_token);
  expect(await held(cloud, token, 'acme-one', 'run.services.get')).toEqual(['run.services.get']);
  const { requests } = await cloud.get('/_/requests');
  expect(JSON.stringify(requests)).toContain(`serviceAccount:${ROBOT}`);
});

test("a token that was issued expires on the simulator's clock", async () => {
  const cloud = await start();
  const token = String((await cloud.exchange(pair.sign(claims(), KEY))).body.access_token);
  await cloud.advance(3600);
  const answer = await cloud.ask(token, 'GET', '/v1/projects/acme-one');
  expect(answer.status).toBe(401);
  expect(errorOf(answer)).toMatchObject({ status: 'UNAUTHENTICATED', reasons: ['ACCESS_TOKEN_EXPIRED'] });
  expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
  expect((await cloud.exchange(pair.sign(claims(), KEY))).status).toBe(200);
});

test.each<[string, Json, string, string]>([
  [
    'of an account that does not exist',
    { iss: 'nobody@acme-one.iam.gserviceaccount.com' },
    KEY,
    'Invalid grant: account not found',
  ],
  [
    'of a disabled account',
    { iss: 'robot-off@acme-one.iam.gserviceaccount.com' },
    KEY,
    'Invalid grant: account not found',
  ],
  ['under a key that does not exist', {}, 'b'.repeat(40), 'Invalid JWT Signature.'],
  [
    'of an account whose key this is not',
    { iss: 'robot-two@acme-one.iam.gserviceaccount.com' },
    KEY,
    'Invalid JWT Signature.',
  ],
  [
    'of long ago',
    { iat: 1_600_000_000, exp: 1_600_003_600 },
    KEY,
    'Invalid JWT: Token must be a short-lived token and in a reasonable timeframe',
  ],
  [
    'for two hours',
    { exp: Math.floor(Date.now() / 1000) + 7200 },
    KEY,
    'Invalid JWT: Token must be a short-lived token and in a reasonable timeframe',
  ],
])('an assertion %s is refused', async (_, more, kid, description) => {
  const cloud = await start();
  const { status, body } = await cloud.exchange(pair.sign(claims(more), kid));
  expect(status).toBe(400);
  expect(body).toEqual({ error: 'invalid_grant', error_description: description });
});

test('an assertion that another key signed is refused', async () => {
  const cloud = await start();
  const { body } = await cloud.exchange(makePair().sign(claims(), KEY));
  expect(body).toEqual({ error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
});

test('a disabled key signs nobody in until it is enabled again, and neither does a deleted one', async () => {
  const cloud = await start();
  const key = `/v1/projects/acme-one/serviceAccounts/${ROBOT}/keys/${KEY}`;
  const self = pair.sign(
    { ...claims({ aud: 'https://iam.googleapis.com/', sub: ROBOT }), scope: undefined },
    KEY,
  );
  const signsIn = async () => [
    (await cloud.exchange(pair.sign(claims(), KEY))).body.error_description ?? 'signed in',
    (await cloud.ask(self, 'GET', '/v1/roles?pageSize=1')).status,
  ];
  expect(await signsIn()).toEqual(['signed in', 200]);
  await cloud.post(`${key}:disable`);
  expect(await signsIn()).toEqual(['Invalid JWT Signature.', 401]);
  await cloud.post(`${key}:enable`);
  expect(await signsIn()).toEqual(['signed in', 200]);
  await cloud.ask(cloud.token, 'DELETE', key);
  expect(await signsIn()).toEqual(['Invalid JWT Signature.', 401]);
});

test('an account that is deleted and undeleted keeps its keys and what it was granted', async () => {
  const cloud = await start();
  const accounts = '/v1/projects/acme-one/serviceAccounts';
  const { uniqueId } = await cloud.get(`${accounts}/${ROBOT}`);
  const exchange = () => cloud.exchange(pair.sign(claims(), KEY));
  expect((await cloud.ask(cloud.token, 'DELETE', `${accounts}/${ROBOT}`)).status).toBe(200);
  expect((await exchange()).body.error_description).toBe('Invalid grant: account not found');
  await cloud.post(`${accounts}/${String(uniqueId)}:undelete`);
  const token = String((await exchange()).body.access_token);
  expect(await held(cloud, token, 'acme-one', 'run.services.get')).toEqual(['run.services.get']);
});

test('a self-signed token is a bearer for the API in its audience, with or without a key ID', async () => {
  const cloud = await start();
  const self = (aud: string, kid?: string) =>
    pair.sign({ ...claims({ aud, sub: ROBOT }), scope: undefined }, kid);
  const ask = (bearer: string) => cloud.ask(bearer, 'GET', '/v1/projects/acme-one');
  expect((await ask(self('https://cloudresourcemanager.googleapis.com/', KEY))).status).toBe(200);
  expect((await ask(self('https://cloudresourcemanager.googleapis.com/'))).status).toBe(200);
  expect((await ask(self('https://storage.googleapis.com/', KEY))).status).toBe(401);
  expect((await ask(pair.sign(claims({ sub: ROBOT }), KEY))).status).toBe(200);
  await cloud.advance(3700);
  const old = Math.floor(Date.now() / 1000) - 60;
  expect((await ask(pair.sign(claims({ sub: ROBOT, iat: old, exp: old + 3600 }), KEY))).status).toBe(401);
});

test('no credentials, garbage and an expired token are three kinds of 401', async () => {
  const cloud = await start();
  const none = await cloud.ask(undefined, 'GET', '/v1/projects/acme-one');
  expect(errorOf(none).reasons).toEqual(['CREDENTIALS_MISSING']);
  expect(none.headers.get('www-authenticate')).toBe('Bearer realm="https://accounts.google.com/"');
  const garbage = await cloud.ask('garbage', 'GET', '/v1/projects/acme-one');
  expect(errorOf(garbage).reasons).toEqual(['ACCESS_TOKEN_TYPE_UNSUPPORTED']);
  expect((await cloud.ask('bearer-of-eve', 'GET', '/v1/projects/acme-one')).status).toBe(200);
  await cloud.advance(61);
  expect(errorOf(await cloud.ask('bearer-of-eve', 'GET', '/v1/projects/acme-one')).reasons).toEqual([
    'ACCESS_TOKEN_EXPIRED',
  ]);
});

test('disabling an account ends the use of tokens it has', async () => {
  const cloud = await start();
  const token = String((await cloud.exchange(pair.sign(claims(), KEY))).body.access_token);
  await cloud.post(`/v1/projects/acme-one/serviceAccounts/${ROBOT}:disable`);
  expect(errorOf(await cloud.ask(token, 'GET', '/v1/projects/acme-one')).reasons).toEqual([
    'ACCOUNT_STATE_INVALID',
  ]);
});

test('a caller with the permission acts as another account, for as long as it asked', async () => {
  const cloud = await start();
  const path = `/v1/projects/-/serviceAccounts/${ROBOT}:generateAccessToken`;
  const { accessToken, expireTime } = await cloud.post(path, { scope: [SCOPE], lifetime: '300s' });
  const { now } = await cloud.get('/_/clock');
  expect(Date.parse(String(expireTime)) - Date.parse(String(now))).toBeGreaterThan(298_000);
  expect((await cloud.ask(String(accessToken), 'GET', '/v1/projects/acme-one')).status).toBe(200);
  await cloud.advance(301);
  expect((await cloud.ask(String(accessToken), 'GET', '/v1/projects/acme-one')).status).toBe(401);
});

test('a role on the account alone lets a person act as it, once replicas have learnt of it', async () => {
  const cloud = await start({ lag: 'typical' });
  const account = `/v1/projects/acme-one/serviceAccounts/${ROBOT}`;
  const permissions = ['iam.serviceAccounts.getAccessToken', 'iam.serviceAccounts.setIamPolicy'];
  const asEve = async () => ({
    held: (await cloud.ask('bearer-of-eve', 'POST', `${account}:testIamPermissions`, { permissions })).body,
    generates: (
      await cloud.ask('bearer-of-eve', 'POST', `${account.replace('acme-one', '-')}:generateAccessToken`, {
        scope: [SCOPE],
      })
    ).status,
  });
  expect(await asEve()).toEqual({ held: {}, generates: 403 });
  await bind(cloud, account.slice('/v1/'.length), {
    role: 'roles/iam.serviceAccountTokenCreator',
    members: ['user:eve@acme.com'],
  });
  expect(await asEve()).toEqual({ held: {}, generates: 403 });
  // Just short of the end of her own token.
  await cloud.advance(59.9);
  const settled = { held: { permissions: ['iam.serviceAccounts.getAccessToken'] }, generates: 200 };
  expect([await asEve(), await asEve(), await asEve()]).toEqual([settled, settled, settled]);
});

test('generateAccessToken refuses callers without the permission, unknown accounts and long lifetimes', async () => {
  const cloud = await start();
  const path = (email: string) => `/v1/projects/-/serviceAccounts/${email}:generateAccessToken`;
  const denied = await cloud.ask('bearer-of-eve', 'POST', path(ROBOT), { scope: [SCOPE] });
  expect(denied.status).toBe(403);
  expect(errorOf(denied)).toMatchObject({
    message: "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
    details: [
      { reason: 'IAM_PERMISSION_DENIED', metadata: { permission: 'iam.serviceAccounts.getAccessToken' } },
    ],
  });
  const unknown = await cloud.ask('bearer-of-ada', 'POST', path('no@acme-one.iam.gserviceaccount.com'), {
    scope: [SCOPE],
  });
  expect(errorOf(unknown).message).toBe(
    'Not found; Gaia id not found for email no@acme-one.iam.gserviceaccount.com',
  );
  const long = await cloud.ask('bearer-of-ada', 'POST', path(ROBOT), { scope: [SCOPE], lifetime: '3601s' });
  expect(long.status).toBe(400);
});

test('what Google signs for an account is verified by its published keys', async () => {
  const cloud = await start();
  const account = `/v1/projects/-/serviceAccounts/${ROBOT}`;
  const blob = await cloud.post(`${account}:signBlob`, { payload: Buffer.from('hello').toString('base64') });
  const certificates = await cloud.ask(undefined, 'GET', `/service_accounts/v1/metadata/x509/${ROBOT}`);
  const certificate = new X509Certificate(String(certificates.body[String(blob.keyId)]));
  const signature = Buffer.from(String(blob.signedBlob), 'base64');
  expect(createVerify('RSA-SHA256').update('hello').verify(certificate.publicKey, signature)).toBe(true);

  const { keyId, signedJwt } = await cloud.post(`${account}:signJwt`, {
    payload: JSON.stringify({ sub: 'x' }),
  });
  const { body } = await cloud.ask(undefined, 'GET', `/service_accounts/v1/jwk/${ROBOT}`);
  const keys = body.keys as { kid: string; kty: string; n: string; e: string }[];
  const jwk = keys.find(({ kid }) => kid === keyId);
  const [header, payload, signed = ''] = String(signedJwt).split('.');
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
  expect(
    createVerify('RSA-SHA256')
      .update(`${header ?? ''}.${payload ?? ''}`)
      .verify(key, Buffer.from(signed, 'base64url')),
  ).toBe(true);
});

test('the operator of the default world is who the simulator says', async () => {
  const cloud = await startCloud();
  expect(cloud.token).toBe(people.ada);
  expect((await cloud.get(`/v1/projects/${cloud.project}`)).projectId).toBe('acme-video');
});
