import { expect, test } from 'vitest';
import { bind, errorOf, held, people, readPolicy, startCloud } from './kernel-cloud.ts';

const GET = 'resourcemanager.projects.get';

const world = `
v: 1
operator: ada@acme.com
project: acme-one
organizations:
  - id: 100200300
    domain: acme.com
    customerId: C0acme
    policy:
      bindings:
        - { role: roles/viewer, members: [user:olga@acme.com] }
        - { role: organizations/100200300/roles/looker, members: [user:rolf@acme.com] }
        - { role: organizations/100200300/roles/gone, members: [user:gus@acme.com] }
    roles:
      - { id: looker, permissions: [resourcemanager.projects.get] }
      - { id: gone, permissions: [resourcemanager.projects.get], deleted: '2026-01-01T00:00:00Z' }
folders:
  - id: 500600700
    displayName: Folder
    parent: organizations/100200300
    policy: { bindings: [{ role: roles/viewer, members: ['group:outer@acme.com'] }] }
  - { id: 500600701, displayName: Inner, parent: folders/500600700 }
projects:
  - id: acme-one
    number: 111122223333
    parent: folders/500600701
    services: [iam.googleapis.com]
    policy:
      bindings:
        - { role: roles/owner, members: ['user:ada@acme.com', 'user:dora@acme.com', 'user:dirk@acme.com'] }
        - { role: roles/viewer, members: ['domain:other.example'] }
        - role: roles/viewer
          members: ['user:tim@acme.com']
          condition: { title: early, expression: 'request.time < timestamp("2040-01-01T00:00:00Z")' }
        - role: roles/viewer
          members: ['user:una@acme.com']
          condition: { title: unknown, expression: 'destination.port == 22' }
        - role: roles/viewer
          members: ['user:rita@acme.com']
          condition: { title: buckets, expression: 'resource.type == "storage.googleapis.com/Bucket"' }
        - role: roles/viewer
          members: ['user:paul@acme.com']
          condition: { title: here, expression: 'resource.name == "projects/111122223333" && resource.service == "cloudresourcemanager.googleapis.com"' }
        - { role: roles/viewer, members: ['deleted:user:zoe@acme.com?uid=123456789012345678901'] }
    denyRules:
      - deniedPrincipals: ['principal://goog/subject/dora@acme.com', 'principalSet://goog/group/outer@acme.com']
        exceptionPrincipals: ['principal://goog/subject/nina@acme.com']
        deniedPermissions: ['cloudresourcemanager.googleapis.com/projects.get']
  - { id: acme-two, number: 111122224444, parent: organizations/100200300 }
users:
${['ada', 'olga', 'rolf', 'gus', 'nora', 'nina', 'tim', 'una', 'rita', 'paul', 'zoe', 'dora', 'dirk']
  .map((name) => `  - { email: ${name}@acme.com, token: bearer-of-${name} }`)
  .join('\n')}
  - { email: guest@other.example, token: bearer-of-guest }
groups:
  - { email: outer@acme.com, members: ['group:inner@acme.com'] }
  - { email: inner@acme.com, members: ['user:nora@acme.com', 'user:nina@acme.com'] }
`;

test('a role on the organization reaches its projects, and not the reverse', async () => {
  const cloud = await startCloud({ yaml: world });
  expect(await held(cloud, 'bearer-of-olga', 'acme-one', GET)).toEqual([GET]);
  expect(await held(cloud, 'bearer-of-olga', 'acme-two', GET)).toEqual([GET]);
  expect(await held(cloud, 'bearer-of-ada', 'acme-two', GET)).toEqual([]);
});

test('custom roles of the organization count below it; a soft-deleted one does not', async () => {
  const cloud = await startCloud({ yaml: world });
  expect(await held(cloud, 'bearer-of-rolf', 'acme-one', GET, 'resourcemanager.projects.delete')).toEqual([
    GET,
  ]);
  expect(await held(cloud, 'bearer-of-gus', 'acme-one', GET)).toEqual([]);
});

test('groups within groups and whole domains stand for their members', async () => {
  const cloud = await startCloud({ yaml: world });
  expect(await held(cloud, 'bearer-of-nora', 'acme-one', 'run.services.get')).toEqual(['run.services.get']);
  expect(await held(cloud, 'bearer-of-nora', 'acme-two', 'run.services.get')).toEqual([]);
  expect(await held(cloud, 'bearer-of-guest', 'acme-one', GET)).toEqual([GET]);
});

test('a condition on time ends when the clock reaches it', async () => {
  const cloud = await startCloud({ yaml: world });
  expect(await held(cloud, 'bearer-of-tim', 'acme-one', GET)).toEqual([GET]);
  await cloud.post('/_/clock', { to: '2040-01-01T00:00:01Z' });
  expect(await held(cloud, 'bearer-of-tim', 'acme-one', GET)).toEqual([]);
});

test('a condition on the resource holds for that resource; one that asks the unknown grants nothing', async () => {
  const cloud = await startCloud({ yaml: world });
  expect(await held(cloud, 'bearer-of-paul', 'acme-one', GET)).toEqual([GET]);
  expect(await held(cloud, 'bearer-of-rita', 'acme-one', GET)).toEqual([]);
  expect(await held(cloud, 'bearer-of-una', 'acme-one', GET)).toEqual([]);
});

test('a deny policy comes before every role, but for its exceptions', async () => {
  const cloud = await startCloud({ yaml: world });
  const asked = [GET, 'resourcemanager.projects.getIamPolicy'];
  expect(await held(cloud, 'bearer-of-dirk', 'acme-one', ...asked)).toEqual(asked);
  expect(await held(cloud, 'bearer-of-dora', 'acme-one', ...asked)).toEqual(asked.slice(1));
  expect(await held(cloud, 'bearer-of-nora', 'acme-one', GET)).toEqual([]);
  expect(await held(cloud, 'bearer-of-nina', 'acme-one', GET)).toEqual([GET]);
});

test('a deleted member gets nothing', async () => {
  const cloud = await startCloud({ yaml: world });
  expect(await held(cloud, 'bearer-of-zoe', 'acme-one', GET)).toEqual([]);
});

test('an account that is deleted and made again does not regain its roles, and the policy says so', async () => {
  const cloud = await startCloud({ yaml: world });
  const email = 'robot-one@acme-one.iam.gserviceaccount.com';
  const path = '/v1/projects/acme-one/serviceAccounts';
  const bearer = async () => {
    await bind(cloud, 'projects/acme-one', {
      role: 'roles/iam.serviceAccountTokenCreator',
      members: ['user:ada@acme.com'],
    });
    await cloud.post('/v1/projects/acme-one/services/iamcredentials.googleapis.com:enable');
    const { accessToken } = await cloud.post(`/v1/projects/-/serviceAccounts/${email}:generateAccessToken`, {
      scope: ['https://www.googleapis.com/auth/cloud-platform'],
    });
    return String(accessToken);
  };
  const first = await cloud.post(path, { accountId: 'robot-one' });
  await bind(cloud, 'projects/acme-one', { role: 'roles/editor', members: [`serviceAccount:${email}`] });
  await cloud.post('/v1/projects/acme-one/services/cloudresourcemanager.googleapis.com:enable');
  expect(await held(cloud, await bearer(), 'acme-one', GET)).toEqual([GET]);

  const { status } = await cloud.ask(cloud.token, 'DELETE', `${path}/${email}`);
  expect(status).toBe(200);
  await cloud.post(path, { accountId: 'robot-one' });
  expect(await held(cloud, await bearer(), 'acme-one', GET)).toEqual([]);
  const { bindings } = await readPolicy(cloud, 'projects/acme-one');
  expect(bindings.find(({ role }) => role === 'roles/editor')?.members).toEqual([
    `deleted:serviceAccount:${email}?uid=${String(first.uniqueId)}`,
  ]);
});

test('a project that is absent and one that is forbidden are refused alike', async () => {
  const cloud = await startCloud();
  const forbidden = await cloud.ask(people.sam, 'GET', '/v1/projects/acme-video');
  const absent = await cloud.ask(people.ada, 'GET', '/v1/projects/acme-nothing');
  expect(forbidden.status).toBe(403);
  expect(absent.body).toEqual(forbidden.body);
  expect(errorOf(absent)).toMatchObject({ status: 'PERMISSION_DENIED', details: [] });
});
