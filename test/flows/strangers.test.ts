import { expect, test } from 'vitest';
import { permissionsToLook, permissionsToMend } from '../../src/steps/permissions.ts';
import { openStage } from './stage.ts';

const stranger = 'ya29.simulated-sam-the-stranger';
const viewer = 'ya29.simulated-vera-the-viewer';

test('a stranger is told every permission that is missing, and nothing is written', async () => {
  const { setup, check, tokenOf, writes, requests } = await openStage();
  const accessTokenFile = await tokenOf(stranger);

  const run = await setup({ accessTokenFile });
  expect(run).toMatchObject({ exit: 3, result: { status: 'blocked' } });
  expect(run.result.problem?.missing).toEqual([...permissionsToLook, ...permissionsToMend]);
  const looked = await check({ accessTokenFile });
  expect(looked.exit).toBe(3);
  expect(looked.result.problem?.missing).toEqual([...permissionsToLook]);

  expect(await writes()).toEqual([]);
  expect(new Set((await requests()).map(({ principal }) => principal))).toEqual(
    new Set(['user:sam@acme.com']),
  );
});

test('what is missing is the same for a project that does not exist: nothing tells one from the other', async () => {
  const { setup, tokenOf } = await openStage();
  const accessTokenFile = await tokenOf(stranger);
  const hidden = await setup({ accessTokenFile });
  const absent = await setup({ accessTokenFile, project: 'no-such-project' });
  expect(absent.exit).toBe(3);
  expect(JSON.stringify(absent.result.problem)).toBe(
    JSON.stringify(hidden.result.problem).replaceAll('acme-video', 'no-such-project'),
  );
});

test('a viewer may check, before and after; a setup is refused before its first write, saying what is missing', async () => {
  const { setup, check, tokenOf, writes, forgetRequests, cloud } = await openStage();
  const accessTokenFile = await tokenOf(viewer);
  expect((await check({ accessTokenFile })).exit).toBe(2);

  const refused = await setup({ accessTokenFile });
  expect(refused).toMatchObject({ exit: 3, result: { status: 'blocked' } });
  const missing = refused.events.flatMap((event) =>
    event.type === 'step' ? (event.problem?.missing ?? []) : [],
  );
  expect(missing.toSorted()).toEqual([
    'iam.roles.create',
    'iam.serviceAccountKeys.create',
    'iam.serviceAccounts.create',
    'resourcemanager.projects.setIamPolicy',
    'serviceusage.services.enable',
  ]);
  expect(await writes()).toEqual([]);

  await setup();
  await forgetRequests();
  expect((await check({ accessTokenFile })).exit).toBe(0);
  expect((await setup({ accessTokenFile })).exit).toBe(0);
  expect(await writes()).toEqual([]);

  await cloud.disableAccount();
  const drifted = await check({ accessTokenFile });
  expect(drifted.exit).toBe(2);
  await forgetRequests();
  const powerless = await setup({ accessTokenFile });
  expect(powerless.exit).toBe(3);
  expect(powerless.result.problem?.missing).toEqual(['iam.serviceAccounts.enable']);
  expect(await writes()).toEqual([]);
});

test('an operator who may do all but one thing is stopped before the first write, not halfway', async () => {
  const { setup, tokenOf, writes, forgetRequests, cloud } = await openStage();
  const roles = ['roles/iam.roleAdmin', 'roles/iam.serviceAccountAdmin', 'roles/iam.serviceAccountKeyAdmin'];
  await cloud.changePolicy((policy) => ({
    ...policy,
    bindings: [
      ...policy.bindings,
      ...[...roles, 'roles/serviceusage.serviceUsageAdmin', 'roles/browser'].map((role) => ({
        role,
        members: ['user:sam@acme.com'],
      })),
    ],
  }));
  await forgetRequests();
  const run = await setup({ accessTokenFile: await tokenOf(stranger) });
  expect(run.exit).toBe(3);
  expect(run.result.problem?.missing).toEqual(['resourcemanager.projects.setIamPolicy']);
  expect(await writes()).toEqual([]);
});
