import { createSign } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { LagProfile } from '../../src/simulator/server.ts';
import type { TestCloud } from './kernel-cloud.ts';
import { bind, held, people, startCloud } from './kernel-cloud.ts';

const KeyFile = z.object({ private_key_id: z.string(), private_key: z.string() });
const ACCOUNTS = '/v1/projects/acme-site/serviceAccounts';
const EMAIL = 'new-robot@acme-site.iam.gserviceaccount.com';
const GRANT = { role: 'roles/storage.admin', members: ['user:sam@acme.com'] };
const LIST = 'storage.buckets.list';

/** Makes an account and reads it twenty times while the clock stands still. */
async function flap(seed: number, lag: LagProfile): Promise<{ cloud: TestCloud; reads: number[] }> {
  const cloud = await startCloud({ lag, seed });
  await cloud.post(ACCOUNTS, { accountId: 'new-robot' });
  return { cloud, reads: await readTwenty(cloud) };
}

async function readTwenty(cloud: TestCloud): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < 20; i++)
    statuses.push((await cloud.ask(cloud.token, 'GET', `${ACCOUNTS}/${EMAIL}`)).status);
  return statuses;
}

test('after a create, reads alternate while replicas differ, though a second create is refused', async () => {
  const { cloud, reads } = await flap(1, 'typical');
  expect(new Set(reads)).toEqual(new Set([200, 404]));
  expect((await cloud.ask(cloud.token, 'POST', ACCOUNTS, { accountId: 'new-robot' })).status).toBe(409);
});

test('reads agree once the longest delay has passed', async () => {
  const { cloud } = await flap(1, 'typical');
  await cloud.advance(8);
  expect(new Set(await readTwenty(cloud))).toEqual(new Set([200]));
});

test('the same seed gives the same reads, another seed others', async () => {
  const [first, again, other] = [await flap(7, 'rough'), await flap(7, 'rough'), await flap(8, 'rough')];
  expect(again.reads).toEqual(first.reads);
  expect(other.reads).not.toEqual(first.reads);
});

test('without lag every read after a write sees it', async () => {
  const { reads } = await flap(1, 'none');
  expect(new Set(reads)).toEqual(new Set([200]));
});

test('a new grant arrives late, unevenly, and then for good', async () => {
  const cloud = await startCloud({ lag: 'typical', seed: 3 });
  await bind(cloud, 'projects/acme-video', GRANT);
  const sees = async () => {
    const answers = [];
    for (let i = 0; i < 12; i++) answers.push((await held(cloud, people.sam, 'acme-video', LIST)).length);
    return answers;
  };
  expect(new Set(await sees())).toEqual(new Set([0]));
  const mixed = [];
  for (let second = 0; second < 60; second += 5) {
    await cloud.advance(5);
    mixed.push(new Set(await sees()).size);
  }
  expect(mixed).toContain(2);
  expect(new Set(await sees())).toEqual(new Set([1]));
});

test('a policy that was read from a late replica cannot be written back', async () => {
  const cloud = await startCloud({ lag: 'rough', seed: 2 });
  await bind(cloud, 'projects/acme-video', GRANT);
  const statuses: number[] = [];
  for (let i = 0; i < 10; i++) {
    const policy = await cloud.post('/v1/projects/acme-video:getIamPolicy', {
      options: { requestedPolicyVersion: 3 },
    });
    const answer = await cloud.ask(cloud.token, 'POST', '/v1/projects/acme-video:setIamPolicy', {
      policy: { ...policy, version: 3 },
    });
    statuses.push(answer.status);
  }
  expect(statuses).toContain(409);
});

test('an enabled service is seen late', async () => {
  const cloud = await startCloud({ lag: 'rough', seed: 5 });
  const ask = async () =>
    (await cloud.ask(cloud.token, 'GET', '/v1/projects/acme-video/serviceAccounts')).status;
  await cloud.post('/v1/projects/acme-video/services/iam.googleapis.com:enable');
  await cloud.advance(21);
  const late = [];
  for (let i = 0; i < 12; i++) late.push(await ask());
  expect(late).toContain(403);
  await cloud.advance(60);
  expect(await ask()).toBe(200);
});

test('a new key is accepted late by the token endpoint, and then always', async () => {
  const cloud = await startCloud({ lag: 'rough', seed: 4 });
  const email = 'site-deployer@acme-site.iam.gserviceaccount.com';
  const { privateKeyData } = await cloud.post(`${ACCOUNTS}/${email}/keys`, {});
  const file = KeyFile.parse(JSON.parse(Buffer.from(String(privateKeyData), 'base64').toString()));
  const exchange = async () => {
    const iat = Math.floor(Date.now() / 1000);
    const header = { alg: 'RS256', kid: file.private_key_id };
    const claims = { iss: email, aud: `${cloud.endpoint}/token`, scope: 'openid', iat, exp: iat + 3600 };
    const signed = [header, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = createSign('RSA-SHA256').update(signed).sign(file.private_key, 'base64url');
    return (await cloud.exchange(`${signed}.${signature}`)).body;
  };
  expect(await exchange()).toEqual({ error: 'invalid_grant', error_description: 'Invalid JWT Signature.' });
  await cloud.advance(60);
  for (let i = 0; i < 5; i++) expect(await exchange()).toMatchObject({ token_type: 'Bearer' });
});
