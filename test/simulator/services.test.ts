import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Json } from './kernel-cloud.ts';
import { errorOf, people, startCloud } from './kernel-cloud.ts';

const SERVICES = '/v1/projects/acme-video/services';
const namesOf = (body: Json): string[] =>
  z
    .object({ services: z.array(z.object({ config: z.object({ name: z.string() }) })).default([]) })
    .parse(body)
    .services.map(({ config }) => config.name);

test('a disabled API answers SERVICE_DISABLED, with where to enable it', async () => {
  const cloud = await startCloud();
  const answer = await cloud.ask(cloud.token, 'GET', '/v1/projects/acme-video/serviceAccounts');
  expect(answer.status).toBe(403);
  const url = 'https://console.developers.google.com/apis/api/iam.googleapis.com/overview?project=acme-video';
  expect(errorOf(answer)).toMatchObject({
    status: 'PERMISSION_DENIED',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'SERVICE_DISABLED',
        domain: 'googleapis.com',
        metadata: {
          containerInfo: 'acme-video',
          service: 'iam.googleapis.com',
          consumer: 'projects/acme-video',
          serviceTitle: 'Identity and Access Management (IAM) API',
          activationUrl: url,
        },
      },
      { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', message: errorOf(answer).message },
      { '@type': 'type.googleapis.com/google.rpc.Help', links: [{ url }] },
    ],
  });
  await cloud.post(`${SERVICES}/iam.googleapis.com:enable`);
  expect((await cloud.ask(cloud.token, 'GET', '/v1/projects/acme-video/serviceAccounts')).status).toBe(200);
});

test('batchEnable enables all at once and, when there is nothing to do, is done under the no-op name', async () => {
  const cloud = await startCloud();
  const serviceIds = ['run.googleapis.com', 'iam.googleapis.com'];
  const operation = await cloud.post(`${SERVICES}:batchEnable`, { serviceIds });
  expect(operation).toMatchObject({
    done: true,
    response: { '@type': expect.stringContaining('BatchEnable') as string },
  });
  expect(await cloud.get(`/v1/${String(operation.name)}`)).toEqual(operation);
  const noop = await cloud.post(`${SERVICES}:batchEnable`, { serviceIds });
  expect(noop).toMatchObject({ name: 'operations/noop.DONE_OPERATION', done: true });
  expect((await cloud.ask(cloud.token, 'GET', '/v1/operations/noop.DONE_OPERATION')).status).toBe(404);
});

test('under lag an operation is done, and has its effect, when the clock says so', async () => {
  const cloud = await startCloud({ lag: 'typical' });
  const operation = await cloud.post(`${SERVICES}:batchEnable`, { serviceIds: ['run.googleapis.com'] });
  expect(operation.done).toBeUndefined();
  const worldOf = async () => JSON.stringify((await cloud.get('/_/world')).projects);
  expect(await worldOf()).not.toMatch(/"id":"acme-video".*run\.googleapis\.com.*"id":"acme-site"/);
  await cloud.advance(6);
  expect((await cloud.get(`/v1/${String(operation.name)}`)).done).toBe(true);
  expect(await worldOf()).toMatch(/"id":"acme-video".*run\.googleapis\.com.*"id":"acme-site"/);
});

test('a service that costs money is not enabled without billing, nor any other of its batch', async () => {
  const cloud = await startCloud();
  const services = '/v1/projects/acme-sandbox/services';
  const answer = await cloud.ask(cloud.token, 'POST', `${services}:batchEnable`, {
    serviceIds: ['run.googleapis.com', 'pubsub.googleapis.com'],
  });
  expect(answer.status).toBe(400);
  expect(errorOf(answer)).toMatchObject({
    status: 'FAILED_PRECONDITION',
    reasons: ['UREQ_PROJECT_BILLING_NOT_FOUND'],
  });
  const { state } = await cloud.get(`${services}/pubsub.googleapis.com`);
  expect(state).toBe('DISABLED');
  expect((await cloud.post(`${services}/pubsub.googleapis.com:enable`)).done).toBe(true);
});

test('more than 20 in a batch, and unknown services, are refused', async () => {
  const cloud = await startCloud();
  const many = Array.from({ length: 21 }, (_, i) => `s${i}.googleapis.com`);
  expect((await cloud.ask(cloud.token, 'POST', `${SERVICES}:batchEnable`, { serviceIds: many })).status).toBe(
    400,
  );
  const unknown = await cloud.ask(cloud.token, 'POST', `${SERVICES}/nothing.googleapis.com:enable`, {});
  expect(errorOf(unknown).reasons).toEqual(['SERVICE_CONFIG_NOT_FOUND_OR_PERMISSION_DENIED']);
});

test('list filters by state and pages through all of it; batchGet answers in the order asked', async () => {
  const cloud = await startCloud();
  const enabled = namesOf(await cloud.get(`${SERVICES}?filter=state:ENABLED`));
  expect(enabled).toContain('storage.googleapis.com');
  expect(enabled).not.toContain('run.googleapis.com');
  const all: string[] = [];
  let pageToken = '';
  do {
    const page = await cloud.get(`${SERVICES}?pageSize=3&pageToken=${pageToken}`);
    all.push(...namesOf(page));
    pageToken = typeof page.nextPageToken === 'string' ? page.nextPageToken : '';
  } while (pageToken);
  expect(all).toEqual(namesOf(await cloud.get(`${SERVICES}?pageSize=200`)));
  expect(new Set(all).size).toBe(all.length);

  const names = ['run', 'storage'].map(
    (name) => `names=projects/764086051850/services/${name}.googleapis.com`,
  );
  const batch = await cloud.get(`${SERVICES}:batchGet?${names.join('&')}`);
  expect(batch.services).toMatchObject([
    { name: 'projects/764086051850/services/run.googleapis.com', state: 'DISABLED' },
    { name: 'projects/764086051850/services/storage.googleapis.com', state: 'ENABLED' },
  ]);
});

test('disabling takes a service away again', async () => {
  const cloud = await startCloud();
  await cloud.post(`${SERVICES}/storage.googleapis.com:disable`, {});
  expect((await cloud.get(`${SERVICES}/storage.googleapis.com`)).state).toBe('DISABLED');
});

test('the Security Token Service can be enabled, and the token endpoint is no service', async () => {
  const cloud = await startCloud();
  expect((await cloud.post(`${SERVICES}/sts.googleapis.com:enable`)).done).toBe(true);
  expect((await cloud.ask(cloud.token, 'GET', `${SERVICES}/oauth2.googleapis.com`)).status).toBe(403);
});

test('what others depend on is disabled with them, or not at all', async () => {
  const cloud = await startCloud();
  await cloud.post(`${SERVICES}/cloudapis.googleapis.com:enable`);
  const disable = (body: Json) =>
    cloud.ask(cloud.token, 'POST', `${SERVICES}/bigquery.googleapis.com:disable`, body);
  const stateOf = async (name: string) => (await cloud.get(`${SERVICES}/${name}.googleapis.com`)).state;
  expect(errorOf(await disable({ checkIfServiceHasUsage: 'SKIP' }))).toMatchObject({
    status: 'FAILED_PRECONDITION',
    reasons: ['COMMON_SU_SERVICE_HAS_DEPENDENT_SERVICES'],
  });
  expect(await stateOf('bigquery')).toBe('ENABLED');
  expect((await disable({ disableDependentServices: true })).body.done).toBe(true);
  expect([await stateOf('bigquery'), await stateOf('cloudapis')]).toEqual(['DISABLED', 'DISABLED']);
});

test('a stranger may neither list nor enable', async () => {
  const cloud = await startCloud();
  for (const [method, path] of [
    ['GET', SERVICES],
    ['POST', `${SERVICES}:batchEnable`],
  ] as const) {
    const answer = await cloud.ask(
      people.sam,
      method,
      path,
      method === 'GET' ? undefined : { serviceIds: ['run.googleapis.com'] },
    );
    expect(errorOf(answer).reasons).toEqual(['AUTH_PERMISSION_DENIED']);
  }
});

test('a quota project is charged, must be allowed to the caller, and must have the API', async () => {
  const cloud = await startCloud();
  const ask = (token: string, project: string) =>
    cloud.ask(token, 'GET', '/v1/projects/acme-site/serviceAccounts', undefined, {
      'x-goog-user-project': project,
    });
  expect((await ask(people.ada, 'acme-site')).status).toBe(200);
  expect(errorOf(await ask(people.ada, 'acme-video')).reasons).toEqual(['SERVICE_DISABLED']);
  expect(errorOf(await ask(people.sam, 'acme-site')).reasons).toEqual(['USER_PROJECT_DENIED']);
});
