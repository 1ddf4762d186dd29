import { expect, test } from 'vitest';
import type { Json, TestCloud } from './kernel-cloud.ts';
import { errorOf, people, startCloud } from './kernel-cloud.ts';

const POOLS = '/v1/projects/acme-site/locations/global/workloadIdentityPools';
const NAME = 'projects/330917264410/locations/global/workloadIdentityPools/github';
const PROVIDERS = `${POOLS}/github/providers`;
const GITHUB = 'https://token.actions.githubusercontent.com';

const provider = (more: Json = {}): Json => ({
  attributeMapping: {
    'google.subject': 'assertion.sub',
    'attribute.repository': 'assertion.repository',
  },
  attributeCondition: "assertion.repository_owner == 'acme'",
  oidc: { issuerUri: GITHUB },
  ...more,
});
const makePool = (cloud: TestCloud, id = 'github') =>
  cloud.post(`${POOLS}?workloadIdentityPoolId=${id}`, { displayName: 'GitHub' });
const makeProvider = (cloud: TestCloud, body: Json) =>
  cloud.ask(cloud.token, 'POST', `${PROVIDERS}?workloadIdentityPoolProviderId=actions`, body);

test('a pool and its provider are made by operations, named by the number of their project', async () => {
  const cloud = await startCloud();
  const pool = { name: NAME, displayName: 'GitHub', state: 'ACTIVE' };
  const operation = await makePool(cloud);
  expect(operation).toMatchObject({
    name: expect.stringContaining(`${NAME}/operations/`) as string,
    done: true,
    response: { '@type': 'type.googleapis.com/google.iam.v1.WorkloadIdentityPool', ...pool },
  });
  expect(await cloud.get(`/v1/${String(operation.name)}`)).toEqual(operation);
  expect(await cloud.get(`${POOLS}/github`)).toEqual(pool);
  expect(await cloud.get(POOLS)).toEqual({ workloadIdentityPools: [pool] });

  const made = (await makeProvider(cloud, provider())).body;
  const shown = { name: `${NAME}/providers/actions`, state: 'ACTIVE', ...provider() };
  expect(made.response).toMatchObject(shown);
  expect(await cloud.get(`/v1/${String(made.name)}`)).toEqual(made);
  expect(await cloud.get(PROVIDERS)).toEqual({ workloadIdentityPoolProviders: [shown] });
});

test('a deleted pool or provider can be undeleted, and holds its ID for 30 days', async () => {
  const cloud = await startCloud();
  await makePool(cloud);
  await makeProvider(cloud, provider());
  const ask = async (method: string, path: string) => {
    const body = method === 'POST' ? {} : undefined;
    const answer = await cloud.ask(cloud.token, method, path, body);
    return answer.status === 200 ? 'OK' : errorOf(answer).status;
  };
  for (const path of [`${PROVIDERS}/actions`, `${POOLS}/github`]) {
    const [list = '', id = ''] = path.split(/\/(?=[^/]+$)/);
    const again = `${list}?workloadIdentityPool${path.includes('providers') ? 'Provider' : ''}Id=${id}`;
    expect(await ask('DELETE', path)).toBe('OK');
    expect(await cloud.get(path)).toMatchObject({
      state: 'DELETED',
      expireTime: expect.any(String) as string,
    });
    expect(await cloud.get(list)).toEqual({});
    expect(Object.values(await cloud.get(`${list}?showDeleted=true`))).toHaveLength(1);
    const body = path.includes('providers') ? provider() : {};
    expect((await cloud.ask(cloud.token, 'POST', again, body)).status).toBe(409);
    expect(await ask('DELETE', path)).toBe('FAILED_PRECONDITION');
    expect(await ask('POST', `${path}:undelete`)).toBe('OK');
    expect(await cloud.get(path)).toMatchObject({ state: 'ACTIVE' });
  }
  await ask('DELETE', `${POOLS}/github`);
  expect((await makeProvider(cloud, provider())).status).toBe(400);
  await cloud.advance(30 * 24 * 3600);
  expect(await ask('GET', `${POOLS}/github`)).toBe('NOT_FOUND');
  await makePool(cloud);
});

test('a patch changes what its mask names', async () => {
  const cloud = await startCloud();
  await makePool(cloud);
  await makeProvider(cloud, provider({ description: 'kept' }));
  const patch = (path: string, body: Json) => cloud.ask(cloud.token, 'PATCH', path, body);
  await patch(`${POOLS}/github?updateMask=disabled`, { disabled: true, displayName: 'ignored' });
  expect(await cloud.get(`${POOLS}/github`)).toMatchObject({ disabled: true, displayName: 'GitHub' });
  const allowedAudiences = ['mine'];
  await patch(`${PROVIDERS}/actions?updateMask=oidc.allowed_audiences,attributeCondition`, {
    oidc: { issuerUri: 'https://elsewhere.example', allowedAudiences },
    attributeCondition: "assertion.ref == 'refs/heads/main'",
  });
  expect(await cloud.get(`${PROVIDERS}/actions`)).toMatchObject({
    description: 'kept',
    attributeCondition: "assertion.ref == 'refs/heads/main'",
    oidc: { issuerUri: GITHUB, allowedAudiences },
  });
  expect((await patch(`${PROVIDERS}/actions`, {})).status).toBe(400);
  expect((await patch(`${PROVIDERS}/actions?updateMask=attributeCondition`, {})).status).toBe(400);
});

test.each<[string, Json, string]>([
  ['without google.subject', { attributeMapping: { 'attribute.a': 'assertion.a' } }, 'google.subject'],
  [
    'with an attribute of a wrong name',
    { attributeMapping: { 'google.subject': 'assertion.sub', 'attribute.A': 'assertion.a' } },
    'attribute.A',
  ],
  [
    'with a mapping that is no CEL',
    { attributeMapping: { 'google.subject': 'assertion.' } },
    'google.subject',
  ],
  ['with a condition that is not a question', { attributeCondition: "assertion.sub + 'x'" }, 'not bool'],
  ['with a condition on nothing known', { attributeCondition: 'foo == "x"' }, 'foo'],
  [
    'for GitHub and whoever asks it',
    { attributeCondition: undefined },
    "The attribute condition must reference one of the provider's claims.",
  ],
  [
    'with an issuer that is not https',
    { oidc: { issuerUri: 'http://a.example' } },
    'The scheme must be https.',
  ],
  ['with keys that are none', { oidc: { issuerUri: 'https://a.example', jwksJson: '{}' } }, 'Input JWK'],
  [
    'with a key that is none',
    { oidc: { issuerUri: 'https://a.example', jwksJson: '{"keys":[{"kty":"RSA","kid":"1"}]}' } },
    'corrupted key material',
  ],
  ['of another kind', { aws: { accountId: '1' } }, 'aws'],
])('a provider %s is refused', async (_, more, text) => {
  const cloud = await startCloud();
  await makePool(cloud);
  const answer = await makeProvider(cloud, provider(more));
  expect(errorOf(answer)).toMatchObject({
    status: 'INVALID_ARGUMENT',
    message: expect.stringContaining(text) as string,
  });
});

test('a refusal names the permission in its old form, and IDs and locations have rules', async () => {
  const cloud = await startCloud();
  const refused = await cloud.ask(people.liam, 'POST', `${POOLS}?workloadIdentityPoolId=github`, {});
  expect(errorOf(refused)).toMatchObject({
    message:
      "Permission 'iam.workloadIdentityPools.create' denied on resource '//iam.googleapis.com/projects/acme-site/locations/global' (or it may not exist).",
    details: [{ metadata: { permission: 'iam.workloadIdentityPools.create' } }],
  });
  for (const id of ['abc', 'gcp-pool', 'Upper'])
    expect((await cloud.ask(cloud.token, 'POST', `${POOLS}?workloadIdentityPoolId=${id}`, {})).status).toBe(
      400,
    );
  expect((await cloud.ask(cloud.token, 'GET', POOLS.replace('global', 'europe-west1'))).status).toBe(400);
});

test('under lag a pool is there when its operation is done, and no second one meanwhile', async () => {
  const cloud = await startCloud({ lag: 'typical' });
  const operation = await makePool(cloud);
  expect(operation.done).toBeUndefined();
  expect((await cloud.ask(cloud.token, 'GET', `${POOLS}/github`)).status).toBe(404);
  expect((await cloud.ask(cloud.token, 'POST', `${POOLS}?workloadIdentityPoolId=github`, {})).status).toBe(
    409,
  );
  await cloud.advance(15);
  expect((await cloud.get(`/v1/${String(operation.name)}`)).done).toBe(true);
  expect((await cloud.get(`${POOLS}/github`)).state).toBe('ACTIVE');
});
