import { expect, test } from 'vitest';
import { errorOf, held, people, readPolicy, startCloud } from './kernel-cloud.ts';

const PROJECT = 'projects/acme-video';
const SET = `/v1/${PROJECT}:setIamPolicy`;

test('a write with a stale etag is refused, and with none it overwrites', async () => {
  const cloud = await startCloud();
  const policy = await readPolicy(cloud, PROJECT);
  const written = await cloud.post(SET, { policy: { ...policy, version: 3 } });
  expect(written.etag).not.toBe(policy.etag);

  const stale = await cloud.ask(cloud.token, 'POST', SET, { policy: { ...policy, version: 3 } });
  expect(stale.status).toBe(409);
  expect(errorOf(stale).status).toBe('ABORTED');
  expect(stale.body.error).toMatchObject({ errors: [{ domain: 'global', reason: 'aborted' }] });

  const blind = { version: 3, bindings: policy.bindings };
  expect((await cloud.ask(cloud.token, 'POST', SET, { policy: blind })).status).toBe(200);
});

test('the etag is 0x07 and seven bytes of microseconds', async () => {
  const cloud = await startCloud();
  const bytes = Buffer.from((await readPolicy(cloud, PROJECT)).etag, 'base64');
  expect(bytes).toHaveLength(8);
  expect(bytes[0]).toBe(7);
  bytes[0] = 0;
  const { now } = await cloud.get('/_/clock');
  expect(Math.abs(Number(bytes.readBigUInt64BE()) / 1000 - Date.parse(String(now)))).toBeLessThan(1000);
});

test('roles come back sorted, members in their order, audit configs untouched unless the mask names them', async () => {
  const cloud = await startCloud();
  const before = await readPolicy(cloud, PROJECT);
  const members = ['user:vera@acme.com', 'user:ada@acme.com', 'user:liam@acme.com'];
  const bindings = [{ role: 'roles/storage.objectViewer', members }, ...before.bindings];
  await cloud.post(SET, { policy: { version: 3, etag: before.etag, bindings, auditConfigs: [] } });
  const after = await readPolicy(cloud, PROJECT);
  const roles = after.bindings.map(({ role }) => role);
  expect(roles).toEqual(roles.toSorted());
  expect(after.bindings).toContainEqual({ role: 'roles/storage.objectViewer', members });
  expect(after.auditConfigs).toEqual(before.auditConfigs);

  await cloud.post(SET, { policy: { etag: after.etag, auditConfigs: [] }, updateMask: 'auditConfigs,etag' });
  const last = await readPolicy(cloud, PROJECT);
  expect(last.auditConfigs).toBeUndefined();
  expect(last.bindings).toEqual(after.bindings);
});

test('conditions are hidden behind other role names below version 3, and cannot be lost by a write', async () => {
  const cloud = await startCloud();
  const { bindings, ...rest } = await cloud.post(`/v1/${PROJECT}:getIamPolicy`, {});
  expect(rest.version).toBe(1);
  expect(JSON.stringify(bindings)).toMatch(/roles\/storage.admin_withcond_[0-9a-f]{20}/);
  expect(JSON.stringify(bindings)).not.toContain('expression');

  const refused = await cloud.ask(cloud.token, 'POST', SET, {
    policy: { ...rest, version: 1, bindings: [] },
  });
  expect(refused.status).toBe(400);
  expect(errorOf(refused).message).toContain('Specified policy version (1) cannot be less than');
});

test.each([
  [
    'an account that does not exist',
    'roles/viewer',
    'serviceAccount:nobody@acme-video.iam.gserviceaccount.com',
    'Service account nobody@acme-video.iam.gserviceaccount.com does not exist.',
  ],
  [
    'a user of our domain that does not exist',
    'roles/viewer',
    'user:nobody@acme.com',
    'User nobody@acme.com does not exist.',
  ],
  [
    'a role that does not exist',
    'roles/nothing',
    'user:liam@acme.com',
    'Role roles/nothing is not supported for this resource.',
  ],
  [
    "another project's role",
    'projects/acme-site/roles/siteDeployer',
    'user:liam@acme.com',
    'Role projects/acme-site/roles/siteDeployer is not supported for this resource.',
  ],
  [
    'a role of the organization level',
    'roles/resourcemanager.organizationAdmin',
    'user:liam@acme.com',
    'Role roles/resourcemanager.organizationAdmin is not supported for this resource.',
  ],
])('a binding with %s is refused', async (_, role, member, message) => {
  const cloud = await startCloud();
  const policy = await readPolicy(cloud, PROJECT);
  const bindings = [...policy.bindings, { role, members: [member] }];
  const answer = await cloud.ask(cloud.token, 'POST', SET, { policy: { ...policy, version: 3, bindings } });
  expect(answer.status).toBe(400);
  expect(errorOf(answer)).toMatchObject({ status: 'INVALID_ARGUMENT', message });
  expect(await readPolicy(cloud, PROJECT)).toEqual(policy);
});

test('a policy of more than 1,500 members is refused', async () => {
  const cloud = await startCloud();
  const members = Array.from({ length: 1501 }, (_, i) => `user:u${i}@elsewhere.example`);
  const answer = await cloud.ask(cloud.token, 'POST', SET, {
    policy: { version: 3, bindings: [{ role: 'roles/viewer', members }] },
  });
  expect(errorOf(answer).message).toBe(
    'The number of members in the policy (1,501) is larger than the maximum allowed size 1,500.',
  );
});

test('a viewer may not write, and is told nothing but that', async () => {
  const cloud = await startCloud();
  const answer = await cloud.ask(people.vera, 'POST', SET, { policy: { bindings: [] } });
  expect(answer.status).toBe(403);
});

test('the policy of a folder that was never written is empty, with its own etag', async () => {
  const cloud = await startCloud();
  const answer = await cloud.ask(people.olivia, 'POST', '/v3/folders/905177331204:getIamPolicy', {});
  expect(answer.body).toEqual({ etag: 'ACAB' });
});

test('testIamPermissions answers the granted subset in the order asked, and an empty object for none', async () => {
  const cloud = await startCloud();
  const asked = [
    'storage.buckets.list',
    'resourcemanager.projects.setIamPolicy',
    'resourcemanager.projects.get',
  ];
  expect(await held(cloud, people.vera, 'acme-video', ...asked)).toEqual([asked[0], asked[2]]);
  const none = await cloud.ask(people.sam, 'POST', '/v3/projects/764086051850:testIamPermissions', {
    permissions: asked,
  });
  expect(none.body).toEqual({});
});

test.each(['storage.*', 'nothing.at.all', 'resourcemanager.organizations.get'])(
  'testIamPermissions on a project refuses %s',
  async (permission) => {
    const cloud = await startCloud();
    const answer = await cloud.ask(people.ada, 'POST', `/v1/${PROJECT}:testIamPermissions`, {
      permissions: [permission],
    });
    expect(answer.status).toBe(400);
  },
);

test('unknown fields of a request are refused by name', async () => {
  const cloud = await startCloud();
  const answer = await cloud.ask(people.ada, 'POST', SET, { policy: { bindngs: [] } });
  expect(errorOf(answer).message).toBe(
    `Invalid JSON payload received. Unknown name "bindngs" at 'policy': Cannot find field.`,
  );
});

test('a project outside every organization takes no new owner without an invitation', async () => {
  const cloud = await startCloud({
    yaml: `
v: 1
operator: ada@solo.example
project: solo-project
users: [{ email: ada@solo.example, token: bearer-of-ada }]
projects:
  - id: solo-project
    number: 111122223333
    policy: { bindings: [{ role: roles/owner, members: ['user:ada@solo.example'] }] }
`,
  });
  const members = ['user:ada@solo.example', 'user:bob@solo.example'];
  const answer = await cloud.ask(cloud.token, 'POST', '/v1/projects/solo-project:setIamPolicy', {
    policy: { bindings: [{ role: 'roles/owner', members }] },
  });
  expect(errorOf(answer).details).toMatchObject([{ type: 'SOLO_MUST_INVITE_OWNERS', member: members[1] }]);
});
