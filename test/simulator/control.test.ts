import { expect, test } from 'vitest';
import { people, startCloud } from './kernel-cloud.ts';

const PROJECT = '/v1/projects/acme-video';

test('requests are listed in order of arrival, without queries, and forgotten on demand', async () => {
  const cloud = await startCloud();
  await cloud.ask(people.vera, 'GET', `${PROJECT}?access_token=never-shown`);
  await cloud.ask(undefined, 'GET', PROJECT);
  await cloud.ask(people.sam, 'POST', `${PROJECT}:getIamPolicy`, {});
  const { requests } = await cloud.get('/_/requests');
  expect(requests).toMatchObject([
    { method: 'GET', path: PROJECT, principal: 'user:vera@acme.com', status: 200 },
    { method: 'GET', path: PROJECT, principal: 'anonymous', status: 401 },
    { method: 'POST', path: `${PROJECT}:getIamPolicy`, principal: 'user:sam@acme.com', status: 403 },
  ]);
  expect(JSON.stringify(requests)).not.toContain('never-shown');
  await cloud.ask(undefined, 'DELETE', '/_/requests');
  expect(await cloud.get('/_/requests')).toEqual({ requests: [] });
});

test('the world is shown whole, without tokens and private keys', async () => {
  const cloud = await startCloud();
  const site = '/v1/projects/acme-site/serviceAccounts/site-deployer@acme-site.iam.gserviceaccount.com';
  const key = await cloud.post(`${site}/keys`, {});
  await cloud.post(`/v1/projects/acme-video:testIamPermissions`);
  const text = JSON.stringify(await cloud.get('/_/world'));
  for (const secret of [...Object.values(people), String(key.privateKeyData), 'PRIVATE KEY'])
    expect(text).not.toContain(secret);
  const { projects, policies, serviceAccounts, keys } = JSON.parse(text) as Record<string, object[]>;
  expect(projects).toHaveLength(4);
  expect(policies).toHaveProperty('projects/acme-video');
  expect(serviceAccounts).toMatchObject([{ email: 'site-deployer@acme-site.iam.gserviceaccount.com' }]);
  expect(keys).toMatchObject([{ id: String(key.name).split('/').at(-1), type: 'USER_MANAGED' }]);
});

test('the clock is moved by seconds or to a time, and dates every answer', async () => {
  const cloud = await startCloud();
  const before = Date.parse(String((await cloud.get('/_/clock')).now));
  const after = Date.parse(String((await cloud.post('/_/clock', { advance: 90 })).now));
  expect(after - before).toBe(90_000);
  expect(await cloud.post('/_/clock', { to: '2040-05-06T07:08:09Z' })).toEqual({
    now: '2040-05-06T07:08:09.000Z',
  });
  const { headers } = await cloud.ask(people.ada, 'GET', PROJECT);
  expect(headers.get('date')).toBe('Sun, 06 May 2040 07:08:09 GMT');
  expect((await cloud.ask(undefined, 'POST', '/_/clock', { to: '2030-01-01T00:00:00Z' })).status).toBe(400);
  expect((await cloud.ask(undefined, 'POST', '/_/clock', { forward: 3 })).status).toBe(400);
});

test('a status fault hits as often as it says, where it says, and then spares', async () => {
  const cloud = await startCloud();
  await cloud.post('/_/faults', {
    method: 'GET',
    path: '/v1/projects/*',
    after: 1,
    times: 2,
    then: { kind: 'status', status: 503, reason: 'TEST', retryAfter: 7 },
  });
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await cloud.ask(people.ada, 'GET', PROJECT)).status);
  expect(statuses).toEqual([200, 503, 503, 200]);
  expect((await cloud.get('/_/faults')).rules).toMatchObject([{ matched: 4, hits: 2 }]);
  const { requests } = await cloud.get('/_/requests');
  expect(requests).toMatchObject([{ status: 200 }, { status: 503 }, { status: 503 }, { status: 200 }]);
});

test('a share of requests is hit, the same ones under the same seed', async () => {
  const run = async () => {
    const cloud = await startCloud({ seed: 11 });
    await cloud.post('/_/faults', { rules: [{ rate: 0.5, then: { kind: 'status', status: 500 } }] });
    const statuses = [];
    for (let i = 0; i < 20; i++) statuses.push((await cloud.ask(people.ada, 'GET', PROJECT)).status);
    return statuses;
  };
  const first = await run();
  expect(new Set(first)).toEqual(new Set([200, 500]));
  expect(await run()).toEqual(first);
});

test('connections are cut, pages are HTML, answers are lost after the write', async () => {
  const cloud = await startCloud();
  const get = () =>
    fetch(`${cloud.endpoint}${PROJECT}`, { headers: { authorization: `Bearer ${cloud.token}` } });
  await cloud.post('/_/faults', { times: 1, then: { kind: 'reset' } });
  await expect(get()).rejects.toThrow();
  await cloud.ask(undefined, 'DELETE', '/_/faults');
  await cloud.post('/_/faults', { times: 1, then: { kind: 'html' } });
  expect((await get()).headers.get('content-type')).toContain('text/html');
  await cloud.ask(undefined, 'DELETE', '/_/faults');
  await cloud.post('/_/faults', { path: '*:enable', times: 1, then: { kind: 'lose-answer' } });
  await expect(cloud.post('/v1/projects/acme-video/services/run.googleapis.com:enable')).rejects.toThrow();
  expect((await cloud.get('/v1/projects/acme-video/services/run.googleapis.com')).state).toBe('ENABLED');
});

test('a hanging answer never comes, and does not keep the simulator from closing', async () => {
  const cloud = await startCloud();
  await cloud.post('/_/faults', { then: { kind: 'hang' } });
  const request = fetch(`${cloud.endpoint}${PROJECT}`);
  await expect.poll(async () => (await cloud.get('/_/requests')).requests).toHaveLength(1);
  await cloud.close();
  await expect(request).rejects.toThrow();
});

test('a wrong fault rule is refused, and so is what the control API does not know', async () => {
  const cloud = await startCloud();
  expect((await cloud.ask(undefined, 'POST', '/_/faults', { then: { kind: 'explode' } })).status).toBe(400);
  expect((await cloud.ask(undefined, 'GET', '/_/nothing')).status).toBe(404);
});

test('web pages are kept out of the control API', async () => {
  const cloud = await startCloud();
  const answer = await cloud.ask(undefined, 'GET', '/_/world', undefined, {
    origin: 'https://elsewhere.example',
  });
  expect(answer.status).toBe(403);
});
