import { expect, test } from 'vitest';
import { errorOf, startCloud } from './kernel-cloud.ts';

const yaml = `
v: 1
operator: ada@acme.com
project: acme-one
users: [{ email: ada@acme.com, token: bearer-of-ada }]
projects:
  - id: acme-one
    number: 111122223333
    policy: { bindings: [{ role: roles/owner, members: ['user:ada@acme.com'] }] }
quotas: { cloudresourcemanager.googleapis.com/read_requests: 3 }
`;

test('past the limit of a minute calls are refused, until the next minute of the clock', async () => {
  const cloud = await startCloud({ yaml });
  await cloud.post('/_/clock', { to: '2040-01-01T00:00:00Z' });
  const statuses = [];
  for (let i = 0; i < 4; i++)
    statuses.push((await cloud.ask(cloud.token, 'GET', '/v1/projects/acme-one')).status);
  expect(statuses).toEqual([200, 200, 200, 429]);
  const refused = await cloud.ask(cloud.token, 'POST', '/v1/projects/acme-one:getIamPolicy', {});
  expect(errorOf(refused)).toMatchObject({
    status: 'RESOURCE_EXHAUSTED',
    message:
      "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service 'cloudresourcemanager.googleapis.com' for consumer 'project_number:111122223333'.",
    details: [
      {
        reason: 'RATE_LIMIT_EXCEEDED',
        metadata: {
          consumer: 'projects/111122223333',
          quota_limit_value: '3',
          quota_metric: 'cloudresourcemanager.googleapis.com/read_requests',
          service: 'cloudresourcemanager.googleapis.com',
        },
      },
      {},
    ],
  });
  expect((await cloud.ask(cloud.token, 'GET', '/v1/projects/acme-one/services')).status).toBe(200);
  await cloud.advance(60);
  expect((await cloud.ask(cloud.token, 'GET', '/v1/projects/acme-one')).status).toBe(200);
});

test('quotas that are switched off refuse nobody', async () => {
  const cloud = await startCloud({ yaml, quota: false });
  for (let i = 0; i < 6; i++)
    expect((await cloud.ask(cloud.token, 'GET', '/v1/projects/acme-one')).status).toBe(200);
});
