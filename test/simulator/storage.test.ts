import { expect, test } from 'vitest';
import * as z from 'zod';
import { errorOf, people, startCloud } from './kernel-cloud.ts';

const Bindings = z.array(z.looseObject({}));
const BUCKETS = '/storage/v1/b';
const REPORTS = `${BUCKETS}/acme-video-reports`;
const robot = 'serviceAccount:site-deployer@acme-site.iam.gserviceaccount.com';

const made = async () => {
  const cloud = await startCloud();
  await cloud.post(`${BUCKETS}?project=acme-video`, { name: 'acme-video-reports', location: 'EU' });
  return cloud;
};

test('a bucket is made once in all the world, shown and listed, with the policy that a new one has', async () => {
  const cloud = await made();
  const bucket = await cloud.get(REPORTS);
  expect(bucket).toMatchObject({
    kind: 'storage#bucket',
    name: 'acme-video-reports',
    projectNumber: '764086051850',
  });
  expect(await cloud.get(`${BUCKETS}?project=acme-video`)).toEqual({
    kind: 'storage#buckets',
    items: [bucket],
  });
  expect(await cloud.get(`${REPORTS}/iam`)).toMatchObject({
    kind: 'storage#policy',
    resourceId: 'projects/_/buckets/acme-video-reports',
    version: 1,
    bindings: [
      {
        role: 'roles/storage.legacyBucketOwner',
        members: ['projectEditor:acme-video', 'projectOwner:acme-video'],
      },
      { role: 'roles/storage.legacyBucketReader', members: ['projectViewer:acme-video'] },
    ],
  });
  const again = await cloud.ask(cloud.token, 'POST', `${BUCKETS}?project=acme-site`, {
    name: 'acme-video-reports',
  });
  expect(again).toMatchObject({
    status: 409,
    body: { error: { message: expect.stringContaining('shared by all users') as string } },
  });
  const absent = await cloud.ask(cloud.token, 'GET', `${BUCKETS}/acme-nothing/iam`);
  expect(absent).toMatchObject({
    status: 404,
    body: {
      error: { code: 404, message: 'The specified bucket does not exist.', errors: [{ reason: 'notFound' }] },
    },
  });
});

test('a role on a bucket is written by its etag, takes a condition, and gives what it says there and nowhere else', async () => {
  const cloud = await made();
  const before = await cloud.get(`${REPORTS}/iam?optionsRequestedPolicyVersion=3`);
  const condition = { title: 'Reports', expression: 'resource.type == "storage.googleapis.com/Bucket"' };
  const bindings = [
    ...Bindings.parse(before['bindings']),
    { role: 'roles/storage.admin', members: ['user:vera@acme.com'], condition },
  ];
  const put = (sent: object, token: string = cloud.token) =>
    cloud.ask(token, 'PUT', `${REPORTS}/iam`, { ...before, version: 3, bindings, ...sent });
  expect((await put({ bindings: [{ role: 'roles/run.viewer', members: [robot] }] })).status).toBe(400);
  expect((await put({}, people.vera)).body).toMatchObject({
    error: {
      code: 403,
      message: expect.stringContaining('vera@acme.com does not have storage.buckets.setIamPolicy'),
    },
  });
  expect(await put({})).toMatchObject({ status: 200, body: { version: 3 } });
  expect(await put({})).toMatchObject({
    status: 412,
    body: { error: { errors: [{ reason: 'conditionNotMet' }] } },
  });

  const asked = '/iam/testPermissions?permissions=storage.buckets.update&permissions=storage.buckets.get';
  const held = (bucket: string) => cloud.ask(people.vera, 'GET', `${bucket}${asked}`);
  expect((await held(REPORTS)).body['permissions']).toEqual([
    'storage.buckets.update',
    'storage.buckets.get',
  ]);
  await cloud.post(`${BUCKETS}?project=acme-video`, { name: 'acme-video-others' });
  // A viewer of the project reads what any of its buckets is; legacyBucketReader gives that.
  expect((await held(`${BUCKETS}/acme-video-others`)).body['permissions']).toEqual(['storage.buckets.get']);
  expect((await cloud.ask(people.sam, 'GET', REPORTS)).status).toBe(403);
});

test('a role on a Cloud Run service lets whoever has it call that one, and not another', async () => {
  const cloud = await startCloud();
  const services = '/v2/projects/acme-site/locations/europe-west1/services';
  const account = robot.replace('serviceAccount:', '');
  for (const id of ['site', 'other'])
    await cloud.post(`${services}?serviceId=${id}`, {
      template: { containers: [{ image: 'hello' }], serviceAccount: account },
    });
  const before = await cloud.get(`${services}/site:getIamPolicy?options.requestedPolicyVersion=3`);
  expect(before).toEqual({ etag: 'ACAB' });
  const bindings = [{ role: 'roles/run.invoker', members: ['user:sam@acme.com', 'allUsers'] }];
  const set = (policy: object) => cloud.ask(cloud.token, 'POST', `${services}/site:setIamPolicy`, { policy });
  const refused = await set({ bindings: [{ role: 'roles/storage.admin', members: ['allUsers'] }] });
  expect(errorOf(refused).message).toBe('Role roles/storage.admin is not supported for this resource.');
  expect((await set({ ...before, bindings })).body).toMatchObject({ bindings });
  expect(errorOf(await set({ ...before, bindings })).status).toBe('ABORTED');
  const held = async (id: string) =>
    (
      await cloud.ask(people.vera, 'POST', `${services}/${id}:testIamPermissions`, {
        permissions: ['run.routes.invoke'],
      })
    ).body;
  expect([await held('site'), await held('other')]).toEqual([{ permissions: ['run.routes.invoke'] }, {}]);
  expect((await cloud.ask(cloud.token, 'GET', `${services}/nothing:getIamPolicy`)).status).toBe(404);
});

test('turning on Compute Engine makes the account that services run as by default, once', async () => {
  const cloud = await startCloud();
  await cloud.post('/v1/projects/acme-video/services/iam.googleapis.com:enable');
  const path = '/v1/projects/acme-video/serviceAccounts/764086051850-compute@developer.gserviceaccount.com';
  expect((await cloud.ask(cloud.token, 'GET', path)).status).toBe(404);
  for (let at = 0; at < 2; at++) {
    await cloud.post('/v1/projects/acme-video/services/compute.googleapis.com:enable');
    expect(await cloud.get(path)).toMatchObject({ displayName: 'Compute Engine default service account' });
    await cloud.post('/v1/projects/acme-video/services/compute.googleapis.com:disable');
  }
  const { accounts } = await cloud.get('/v1/projects/acme-video/serviceAccounts');
  expect(accounts).toHaveLength(1);
});
