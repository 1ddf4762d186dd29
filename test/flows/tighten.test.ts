import { expect, test } from 'vitest';
import { openStage, type Run } from './stage.ts';
import { worldWhere } from './worlds.ts';

const actAs = 'iam.serviceAccounts.actAs';
const user = 'roles/iam.serviceAccountUser';

const changesOf = ({ result }: Run) =>
  (result.changes ?? []).map(({ step, sign, name, from = '' }) => `${step} ${sign} ${name} ${from}`);
const notices = ({ events }: Run) =>
  events.flatMap((event) => (event.type === 'step' && event.problem ? [event.problem] : []));

test('acting as every account of the project becomes acting as one, stays so, is mended, and is taken back', async () => {
  const stage = await openStage();
  const { setup, check, repair, undo, cloud, writes, forgetRequests } = stage;
  expect((await setup()).exit).toBe(0);
  expect((await cloud.role()).includedPermissions).toContain(actAs);

  const run = await setup({ tighten: 'compute' });
  expect(run.exit).toBe(0);
  expect((await cloud.role()).includedPermissions).not.toContain(actAs);
  expect((await cloud.role()).includedPermissions).toHaveLength(14);
  const { serviceAccounts } = await stage.world();
  const compute = serviceAccounts.find(({ email }) =>
    email.endsWith('-compute@developer.gserviceaccount.com'),
  );
  const email = compute?.email ?? '';
  expect((await cloud.policyOfAccount(email)).bindings).toEqual([{ role: user, members: [cloud.member] }]);
  const validated = run.events.findLast((event) => event.type === 'step' && event.step === 'validate');
  expect(validated).toMatchObject({
    checks: expect.arrayContaining([{ name: actAs, ok: true }]) as unknown,
  });

  await forgetRequests();
  expect((await check()).exit).toBe(0);
  expect((await setup()).exit).toBe(0);
  expect(await writes()).toEqual([]);

  const resource = `v1/projects/${stage.project}/serviceAccounts/${email}:setIamPolicy`;
  await cloud.call('POST', resource, { policy: { bindings: [] } });
  await cloud.patchRole(
    { includedPermissions: [...(await cloud.role()).includedPermissions, actAs] },
    'includedPermissions',
  );
  const found = await check();
  expect(found.exit).toBe(2);
  expect(changesOf(found)).toEqual([
    `role - RemotionSA holds ${actAs} on the whole project`,
    `grant-account-compute + ${user} not granted`,
  ]);
  expect((await repair()).exit).toBe(0);
  expect((await check()).exit).toBe(0);

  expect((await undo()).exit).toBe(0);
  expect((await cloud.policyOfAccount(email)).bindings).toEqual([]);
  expect((await stage.world()).roles).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: cloud.roleName, deleted: expect.any(String) as string }),
    ]),
  );
});

test('the account can be named, on the whole project is the way back, and an account that is not there is told of', async () => {
  const renderer = { id: 'renderer', disabled: false, created: 0, keys: [] };
  const { setup, check, cloud, writes } = await openStage({
    world: await worldWhere(({ services }) => ({
      serviceAccounts: [renderer],
      services: [...services, 'iam.googleapis.com'],
    })),
  });
  const absent = await setup({ tighten: 'nobody@acme-video.iam.gserviceaccount.com' });
  expect(absent.exit).toBe(3);
  expect(notices(absent)).toMatchObject([
    { what: 'nobody@acme-video.iam.gserviceaccount.com is not there, and a role is to be granted on it' },
  ]);
  expect(await writes()).toEqual([]);

  const email = 'renderer@acme-video.iam.gserviceaccount.com';
  expect((await setup({ tighten: email })).exit).toBe(0);
  expect((await cloud.policyOfAccount(email)).bindings).toEqual([{ role: user, members: [cloud.member] }]);
  expect((await cloud.role()).includedPermissions).not.toContain(actAs);

  expect(changesOf(await check({ tighten: 'none' }))).toContain(
    `role ~ RemotionSA lacks ${actAs}, asked for since the last run`,
  );
  expect((await setup({ tighten: 'none' })).exit).toBe(0);
  expect((await cloud.role()).includedPermissions).toContain(actAs);
});

test.each([
  ['905177331204@cloudservices.gserviceaccount.com', /agent of Google itself/],
  ['service-1@gcp-sa-run.iam.gserviceaccount.com', /agent of Google itself/],
  ['ada@acme.com', /address of a service account/],
])('nothing is granted on %s', async (tighten, why) => {
  const { check, writes } = await openStage();
  const { exit, result } = await check({ tighten });
  expect(exit).toBe(64);
  expect(result.problem?.what).toMatch(why);
  expect(await writes()).toEqual([]);
});

test('nobody at Google is let act as the account', async () => {
  const { check } = await openStage();
  const impersonator = 'serviceAccount:764086051850@cloudservices.gserviceaccount.com';
  const { exit, result } = await check({ keyless: 'impersonation', impersonator });
  expect([exit, result.problem?.what]).toEqual([64, expect.stringContaining('agent of Google itself')]);
});

test('a profile that does not act as every account has nothing to tighten', async () => {
  const { check } = await openStage();
  const { exit, result } = await check({ profile: 'cloud-run-viewer', tighten: 'compute' });
  expect(exit).toBe(64);
  expect(result.problem?.what).toContain('cloud-run-viewer does not ask for iam.serviceAccounts.actAs');
});
