import { expect, test } from 'vitest';
import { startCloud } from './kernel-cloud.ts';

const yaml = `
v: 1
operator: ada@acme.com
project: acme-one
users: [{ email: ada@acme.com, token: bearer-of-ada }]
organizations:
  - id: 100200300
    domain: acme.com
    policy: { bindings: [{ role: roles/viewer, members: ['user:ada@acme.com'] }] }
projects:
  - { id: acme-one, number: 111122223333, parent: organizations/100200300 }
generate: { projects: 2000, prefix: acme-gen, parent: organizations/100200300 }
`;

test('a world of two thousand projects is started, searched and paged through', async () => {
  const cloud = await startCloud({ yaml });
  const found = await cloud.get('/v3/projects:search?query=id:acme-gen-19*&pageSize=1000');
  expect(found.projects).toHaveLength(100);
  let count = 0;
  let token = '';
  do {
    const page = await cloud.get(`/v1/projects?pageSize=500&pageToken=${token}`);
    count += (page.projects as object[]).length;
    token = typeof page.nextPageToken === 'string' ? page.nextPageToken : '';
  } while (token);
  expect(count).toBe(2001);
  expect((await cloud.get('/v1/projects/acme-gen-2000')).projectNumber).toBe('900000002000');
});

test('several simulators run side by side, each with its own world and clock', async () => {
  const [first, second] = await Promise.all([startCloud(), startCloud({ yaml })]);
  await first.advance(3600);
  const [one, other] = await Promise.all([first.get('/_/clock'), second.get('/_/clock')]);
  expect(Date.parse(String(one.now)) - Date.parse(String(other.now))).toBeGreaterThan(3_500_000);
  await first.post('/v1/projects/acme-video/services/run.googleapis.com:enable');
  expect((await second.get('/v1/projects/acme-one')).projectId).toBe('acme-one');
});

test('answers are late by the latency asked for', async () => {
  const cloud = await startCloud({ latencyMs: 60 });
  const start = performance.now();
  await cloud.get('/v1/projects/acme-video');
  expect(performance.now() - start).toBeGreaterThanOrEqual(58);
});
