import { expect, test } from 'vitest';
import { errorOf, people, startCloud } from './kernel-cloud.ts';
import type { TestCloud } from './kernel-cloud.ts';

const ACCOUNT = 'billingAccounts/01A4C7-5E90B2-D3F816';
const CLOSED = 'billingAccounts/0B7719-24C6AE-90D5F3';
const INFO = '/v1/projects/acme-sandbox/billingInfo';

const link = (cloud: TestCloud, token: string, billingAccountName: string, project = 'acme-sandbox') =>
  cloud.ask(token, 'PUT', `/v1/projects/${project}/billingInfo`, { billingAccountName });

test('only who may see a billing account is shown it, with whether it is open', async () => {
  const cloud = await startCloud();
  const list = async (token: string) => (await cloud.ask(token, 'GET', '/v1/billingAccounts')).body;
  const open = { name: ACCOUNT, open: true, displayName: 'Acme Cloud', currencyCode: 'USD' };
  expect(await list(people.ada)).toEqual({
    billingAccounts: [
      { ...open, parent: 'organizations/583920471652' },
      { name: CLOSED, displayName: 'Acme Trial', currencyCode: 'USD' },
    ],
  });
  expect(await list(people.vera)).toEqual({});
  expect(await cloud.get(`/v1/${ACCOUNT}`)).toMatchObject(open);
  const [strange, absent] = await Promise.all([
    cloud.ask(people.vera, 'GET', `/v1/${ACCOUNT}`),
    cloud.ask(people.ada, 'GET', '/v1/billingAccounts/000000-000000-000000'),
  ]);
  expect(errorOf(strange)).toEqual(errorOf(absent));
});

test('a project is linked, which lets it enable what costs money, and unlinked', async () => {
  const cloud = await startCloud();
  const run = '/v1/projects/acme-sandbox/services/run.googleapis.com';
  expect(await cloud.get(INFO)).toEqual({
    name: 'projects/acme-sandbox/billingInfo',
    projectId: 'acme-sandbox',
  });
  expect((await cloud.ask(cloud.token, 'POST', `${run}:enable`, {})).status).toBe(400);
  const linked = await link(cloud, people.ada, ACCOUNT);
  expect(linked.body).toMatchObject({ billingAccountName: ACCOUNT, billingEnabled: true });
  expect(await cloud.get(INFO)).toEqual(linked.body);
  expect((await cloud.post(`${run}:enable`)).done).toBe(true);
  await link(cloud, people.ada, '');
  expect(await cloud.get(INFO)).not.toHaveProperty('billingAccountName');
});

test('a closed account can be linked, but pays for nothing', async () => {
  const cloud = await startCloud();
  const { body } = await link(cloud, people.ada, CLOSED);
  expect(body).toMatchObject({ billingAccountName: CLOSED });
  expect(body).not.toHaveProperty('billingEnabled');
});

test('linking needs a permission on either side, reading the link one on the project', async () => {
  const cloud = await startCloud();
  // olivia administers the account, and owns acme-live but not acme-sandbox.
  expect((await link(cloud, people.olivia, ACCOUNT)).status).toBe(403);
  expect((await link(cloud, people.olivia, ACCOUNT, 'acme-live')).status).toBe(200);
  // She has no right on the closed account.
  expect((await link(cloud, people.olivia, CLOSED, 'acme-live')).status).toBe(403);
  expect((await link(cloud, people.vera, '', 'acme-video')).status).toBe(403);
  const read = (token: string) => cloud.ask(token, 'GET', '/v1/projects/acme-video/billingInfo');
  expect((await read(people.vera)).body).toMatchObject({ billingAccountName: ACCOUNT });
  expect(errorOf(await read(people.sam)).status).toBe('PERMISSION_DENIED');
});

test('an account that is full, absent or misspelt is refused', async () => {
  const cloud = await startCloud({
    yaml: `v: 1
operator: ada@acme.com
project: acme-two
users: [{ email: ada@acme.com, token: bearer-of-ada }]
billingAccounts:
  - id: 01A4C7-5E90B2-D3F816
    displayName: Acme
    mostProjects: 1
    policy: { bindings: [{ role: roles/billing.user, members: ['user:ada@acme.com'] }] }
projects:
  - { id: acme-one, number: 111122223333, billing: 01A4C7-5E90B2-D3F816 }
  - id: acme-two
    number: 111122224444
    policy: { bindings: [{ role: roles/owner, members: ['user:ada@acme.com'] }] }
`,
  });
  const full = await link(cloud, cloud.token, ACCOUNT, 'acme-two');
  expect(errorOf(full)).toMatchObject({
    status: 'FAILED_PRECONDITION',
    details: [{ violations: [{ subject: ACCOUNT }] }],
  });
  expect((await link(cloud, cloud.token, CLOSED, 'acme-two')).status).toBe(403);
  expect((await link(cloud, cloud.token, 'billingAccounts/acme', 'acme-two')).status).toBe(400);
  // `billing: true`, the default, is an account that nobody sees.
  expect(await cloud.get('/v1/projects/acme-two/billingInfo')).toMatchObject({ billingEnabled: true });
});
