import { expect, test } from 'vitest';
import { openStage, type Run } from './stage.ts';

const viewer = 'ya29.simulated-vera-the-viewer';
const five = [
  'iam.roles.create',
  'iam.serviceAccountKeys.create',
  'iam.serviceAccounts.create',
  'resourcemanager.projects.setIamPolicy',
  'serviceusage.services.enable',
];

function preflightIn({ events }: Pick<Run, 'events'>) {
  const [found, ...more] = events.filter((event) => event.type === 'preflight');
  expect(more).toEqual([]);
  if (found === undefined) throw new Error('nothing was said of what is missing');
  return found;
}

test('a viewer is told what is missing, what it stops, the roles that have it and whom to ask; the message is ready to send', async () => {
  const { setup, tokenOf, writes } = await openStage();
  const run = await setup({ accessTokenFile: await tokenOf(viewer) });
  expect(run).toMatchObject({ exit: 3, result: { status: 'blocked' } });
  expect(await writes()).toEqual([]);

  const { lacks, remedies, ask, possible, message } = preflightIn(run);
  expect(lacks.map(({ permission }) => permission).toSorted()).toEqual(five);
  expect(lacks.find(({ permission }) => permission === 'iam.roles.create')).toMatchObject({
    on: 'project/acme-video',
    stops: [{ sign: '+', what: 'role', name: 'RemotionSA' }],
  });
  expect(remedies).toMatchObject([
    {
      role: { role: 'roles/owner' },
      together: ['iam.admin', 'resourcemanager.projectIamAdmin', 'serviceusage.serviceUsageAdmin'].map(
        (name) => ({ role: `roles/${name}` }),
      ),
    },
  ]);
  expect(ask).toEqual([{ member: 'user:ada@acme.com', role: 'roles/owner', on: 'project/acme-video' }]);
  expect(possible).toEqual([]);
  for (const part of [
    ...five,
    'vera@acme.com',
    'acme-video',
    'iamready apply',
    ...(remedies[0]?.gcloud ?? ['?']),
  ])
    expect(message).toContain(part);
});

test('the commands in the message give an operator exactly what is missing', async () => {
  const { setup, tokenOf, cloud } = await openStage();
  const accessTokenFile = await tokenOf(viewer);
  const { remedies } = preflightIn(await setup({ accessTokenFile }));
  const roles = (remedies[0]?.gcloud ?? []).map((line) => /--role=(\S+)/.exec(line)?.[1] ?? '');
  await cloud.changePolicy((policy) => ({
    ...policy,
    bindings: [...policy.bindings, ...roles.map((role) => ({ role, members: ['user:vera@acme.com'] }))],
  }));
  expect(await setup({ accessTokenFile })).toMatchObject({ exit: 0, result: { status: 'ready' } });
});

test('--partial does what the operator may, and nothing that rests on the rest', async () => {
  const { setup, tokenOf, writes, cloud } = await openStage();
  const accessTokenFile = await tokenOf(viewer);
  await cloud.changePolicy((policy) => ({
    ...policy,
    bindings: [
      ...policy.bindings,
      ...['roles/iam.roleAdmin', 'roles/serviceusage.serviceUsageAdmin'].map((role) => ({
        role,
        members: ['user:vera@acme.com'],
      })),
    ],
  }));
  const before = (await writes()).length;
  const whole = await setup({ accessTokenFile });
  expect(whole.exit).toBe(3);
  expect(preflightIn(whole).possible).toEqual(['services', 'role']);
  expect(await writes()).toHaveLength(before);

  const part = await setup({ accessTokenFile, partial: true });
  expect(part).toMatchObject({
    exit: 3,
    result: { states: { services: 'ready', role: 'ready', account: 'blocked', grant: 'blocked' } },
  });
  const written = (await writes()).slice(before).map((line) => line.replace(/.*[:/]/, ''));
  expect(written).toEqual(['batchEnable', 'roles']);
});
