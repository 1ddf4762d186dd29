import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { cloudAt, failure } from './clouds.ts';
import { answer, startServer } from './server.ts';
import { PATIENCE, PROJECT, simulated, VERA } from './simulated.ts';

const REGION = 'europe-west1';

/** A simulator in which a service runs, deployed by somebody who chose the name of its revision. */
async function withService() {
  const world = await simulated({ lag: 'typical', clockSpeed: 50 });
  const { cloud, endpoint, token } = world;
  await cloud.services.enable(PROJECT, ['run.googleapis.com']);
  const first = await cloud.accounts.create(PROJECT, { accountId: 'first-one' });
  const second = await cloud.accounts.create(PROJECT, { accountId: 'second-one' });
  const url = `${endpoint}/v2/projects/${PROJECT}/locations/${REGION}/services`;
  const headers = { authorization: `Bearer ${token}` };
  const body = JSON.stringify({
    template: {
      serviceAccount: first.email,
      revision: 'site-blue',
      containers: [{ image: 'gcr.io/cloudrun/hello' }],
    },
  });
  await expect
    .poll(
      async () => (await fetch(`${url}?serviceId=site`, { method: 'POST', headers, body })).status,
      PATIENCE,
    )
    .toBe(200);
  const template = async () => {
    const answer = await fetch(`${url}/site`, { headers });
    return z.object({ template: z.unknown() }).parse(await answer.json()).template;
  };
  const seen = () => cloud.run.get(PROJECT, REGION, 'site');
  await expect.poll(async () => (await seen())?.serviceAccount, PATIENCE).toBe(first.email);
  return { ...world, first, second, seen, template };
}

describe('a service on Cloud Run', () => {
  test('is found with the account it runs as, in its region alone', async () => {
    const { cloud, first } = await withService();
    const name = `projects/${PROJECT}/locations/${REGION}/services/site`;
    expect(await cloud.run.list(PROJECT, REGION)).toMatchObject([{ name, serviceAccount: first.email }]);
    expect(await cloud.run.list(PROJECT, 'us-central1')).toEqual([]);
    expect(await cloud.run.get(PROJECT, REGION, 'none')).toBeUndefined();
  });

  test('runs as another account once that is waited for, and keeps all else', async () => {
    const { cloud, second, seen, template } = await withService();
    const before = await seen();
    if (!before) throw new Error('no service');
    expect(before.revision).toBe('site-blue');
    const waits: number[] = [];
    await cloud.run.setServiceAccount(before, second.email, (ms) => waits.push(ms));
    expect(waits.length).toBeGreaterThan(0);
    await expect.poll(async () => (await seen())?.serviceAccount, PATIENCE).toBe(second.email);
    expect((await seen())?.revision).not.toBe('site-blue');
    expect(await template()).toMatchObject({ containers: [{ image: 'gcr.io/cloudrun/hello' }] });
    expect((await failure(cloud.run.setServiceAccount(before, second.email))).kind).toBe('conflict');
  });

  test('is not changed by whoever may only look at it', async () => {
    const { cloud, second, seen } = await withService();
    const before = await seen();
    if (!before) throw new Error('no service');
    const change = cloud.as(VERA).run.setServiceAccount(before, second.email);
    expect(await failure(change)).toMatchObject({ kind: 'denied', api: 'run' });
  });
});

test('a deployment that does not come up is told as Google tells it', async () => {
  const name = 'projects/p/locations/r/operations/one';
  const error = { code: 9, message: 'Revision site-2 is not ready' };
  const server = await startServer((request, response) =>
    answer(response, 200, request.method === 'PATCH' ? { name } : { name, done: true, error }),
  );
  const service = { name: 'projects/p/locations/r/services/site', etag: '"e"' };
  expect(await failure(cloudAt(server.url).run.setServiceAccount(service, 'a@b'))).toMatchObject({
    kind: 'precondition',
    api: 'run',
    message: error.message,
  });
  expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PATCH /v2/projects/p/locations/r/services/site?updateMask=template.serviceAccount',
    `GET /v2/${name}`,
  ]);
});
