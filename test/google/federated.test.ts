import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { federatedCredentials } from '../../src/google/credentials.ts';
import type { Cloud } from '../../src/google/cloud.ts';
import { cloudAt, failure, fixedTokens } from './clouds.ts';
import { answer, startServer } from './server.ts';
import { PROJECT, simulated } from './simulated.ts';

const ASKED = ['run.services.get', 'run.services.create'];

/** A simulator in which the pool of a project lets in what GitHub vouches for of one owner. */
async function withPool() {
  const world = await simulated({ clockSpeed: 100 });
  const { cloud, endpoint } = world;
  await cloud.pools.create(PROJECT, 'deploy-pool', {});
  await cloud.poolProviders.create(PROJECT, 'deploy-pool', 'github', {
    oidc: { issuerUri: 'https://token.actions.githubusercontent.com', allowedAudiences: [] },
    attributeMapping: {
      'google.subject': 'assertion.sub',
      'attribute.repository': 'assertion.repository',
    },
    attributeCondition: "assertion.repository_owner == 'acme'",
  });
  const provider = await cloud.poolProviders.get(PROJECT, 'deploy-pool', 'github');
  const pool = await cloud.pools.get(PROJECT, 'deploy-pool');
  const audience = `//iam.googleapis.com/${provider?.name ?? ''}`;
  const mint = async (repository: string) => {
    const body = JSON.stringify({ audience, claims: { repository } });
    const minted = await fetch(`${endpoint}/_/oidc/token`, { method: 'POST', body });
    return z.object({ token: z.string() }).parse(await minted.json()).token;
  };
  const members = [`principalSet://iam.googleapis.com/${pool?.name ?? ''}/attribute.repository/acme/site`];
  return { ...world, audience, mint, members };
}

async function bind(cloud: Cloud, role: string, members: string[]) {
  const policy = await cloud.projects.getPolicy(PROJECT);
  await cloud.projects.setPolicy(PROJECT, { ...policy, bindings: [...policy.bindings, { role, members }] });
}

describe('an identity of another provider', () => {
  test('calls as itself once its token is exchanged, with what was granted to it', async () => {
    const { cloud, audience, mint, members } = await withPool();
    await bind(cloud, 'roles/run.viewer', members);
    const subjectToken = await mint('acme/site');
    const deployer = cloud.as(federatedCredentials({ audience, subjectToken }));
    expect(await deployer.projects.test(PROJECT, ASKED)).toEqual(new Set(['run.services.get']));
    const other = cloud.as(federatedCredentials({ audience, subjectToken: await mint('acme/other') }));
    expect(await other.projects.test(PROJECT, ASKED)).toEqual(new Set());
  });

  test('acts as the account that lets it, and as no other', async () => {
    const { cloud, audience, mint, members } = await withPool();
    const { email } = await cloud.accounts.create(PROJECT, { accountId: 'renderer' });
    const policy = await cloud.accounts.getPolicy(email, PROJECT);
    const bindings = [{ role: 'roles/iam.workloadIdentityUser', members }];
    await cloud.accounts.setPolicy(email, PROJECT, { ...policy, bindings });
    await bind(cloud, 'roles/run.viewer', [`serviceAccount:${email}`]);
    const subjectToken = () => mint('acme/site');
    const robot = cloud.as(federatedCredentials({ audience, subjectToken, impersonate: email }));
    expect(robot.principal).toContain(email);
    expect(await robot.projects.test(PROJECT, ASKED)).toEqual(new Set(['run.services.get']));
    const stranger = federatedCredentials({
      audience,
      subjectToken: await mint('acme/other'),
      impersonate: email,
    });
    expect(await failure(cloud.as(stranger).projects.test(PROJECT, ASKED))).toMatchObject({
      kind: 'denied',
      api: 'iamcredentials',
    });
  });

  test('is asked for another token of its own once the one that was exchanged has ended', async () => {
    const { cloud, audience, mint, advance } = await withPool();
    let minted = 0;
    const subjectToken = () => mint(`acme/site-${++minted}`);
    const deployer = cloud.as(federatedCredentials({ audience, subjectToken }));
    await deployer.projects.test(PROJECT, ASKED);
    await deployer.projects.test(PROJECT, ASKED);
    expect(minted).toBe(1);
    await advance(7_200);
    await cloud.projects.get(PROJECT);
    expect(await deployer.projects.test(PROJECT, ASKED)).toEqual(new Set());
    expect(minted).toBe(2);
  });

  test('that the pool does not let in is refused with the reason of the token service', async () => {
    const { cloud, audience, mint, advance } = await withPool();
    const refusal = async (subjectToken: string, to = audience) =>
      failure(cloud.as(federatedCredentials({ audience: to, subjectToken })).projects.get(PROJECT));
    const token = await mint('acme/site');
    expect(await refusal(await mint('mallory/site'))).toMatchObject({
      api: 'sts',
      method: 'token',
      reason: 'unauthorized_client',
    });
    expect(await refusal(token, audience.replace('github', 'gone'))).toMatchObject({
      reason: 'invalid_target',
    });
    await advance(86_400);
    expect(await refusal(token)).toMatchObject({ kind: 'invalid-grant', reason: 'invalid_grant' });
  });
});

test('a subject token is sent once and in the form alone, and stays out of what is told', async () => {
  const subjectToken = 'SUBJECT-3f9a1c77';
  const server = await startServer((request, response) =>
    answer(response, 400, { error: 'invalid_request', error_description: `you sent ${request.body}` }),
  );
  const credentials = federatedCredentials({ audience: '//iam.googleapis.com/x', subjectToken });
  const error = await failure(cloudAt(server.url, { credentials }).projects.get('p'));
  expect(error).toMatchObject({ kind: 'invalid', attempts: 1 });
  expect(inspect([error, credentials], { depth: 9, showHidden: true })).not.toContain(subjectToken);
  const [request] = server.seen;
  expect(request).toMatchObject({ method: 'POST', path: '/v1/token' });
  expect(request?.headers.authorization).toBeUndefined();
  expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience: '//iam.googleapis.com/x',
    scope: 'https://www.googleapis.com/auth/cloud-platform',
    requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    subject_token: subjectToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
  });
});

test('an account is acted as through a token that is fetched anew when it was taken back', async () => {
  const generated = { accessToken: 'theirs', expireTime: new Date(Date.now() + 3_600_000).toISOString() };
  const refused = { error: { code: 401, message: 'Invalid Credentials', status: 'UNAUTHENTICATED' } };
  const server = await startServer((request, response) => {
    if (!request.path.includes('generateAccessToken')) answer(response, 200, {});
    else if (request.headers.authorization === 'Bearer old') answer(response, 401, refused);
    else answer(response, 200, generated);
  });
  const cloud = cloudAt(server.url, { credentials: fixedTokens('old', 'new') });
  expect(await cloud.actingAs('robot@p').projects.test('p', ['a.b.c'])).toEqual(new Set());
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer old',
    'Bearer new',
    'Bearer theirs',
  ]);
  const hopeless = cloudAt(server.url, { credentials: fixedTokens('old') }).actingAs('robot@p');
  expect(await failure(hopeless.projects.get('p'))).toMatchObject({
    kind: 'unauthenticated',
    api: 'iamcredentials',
  });
});
