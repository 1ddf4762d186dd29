import { expect } from 'vitest';
import { stageWithColleague } from './colleague.ts';
import { gcloudTest } from './gcloud.ts';

gcloudTest('what gcloud takes away is named by check, mended by setup, and in sync after that', async () => {
  const { gcloud, account, role, project, setup, check } = await stageWithColleague();
  expect((await setup()).exit).toBe(0);

  const drifts = [
    {
      by: [
        'iam',
        'roles',
        'update',
        'RemotionSA',
        `--project=${project}`,
        '--remove-permissions=run.services.update',
      ],
      differs: ['role RemotionSA lost run.services.update', `validate ${account} lacks run.services.update`],
    },
    {
      by: [
        ...['projects', 'remove-iam-policy-binding', project],
        ...[`--member=serviceAccount:${account}`, `--role=${role}`, '--condition=None'],
      ],
      differs: [
        'grant RemotionSA not granted',
        expect.stringMatching(/^validate \S+ lacks 15 of 15 permissions/),
      ],
    },
    {
      by: ['iam', 'service-accounts', 'disable', account],
      differs: [`account ${account} disabled`, expect.stringMatching(/^validate \S+ cannot sign in/)],
    },
  ];
  for (const { by, differs } of drifts) {
    await gcloud(...by);
    const found = await check();
    expect(found.exit).toBe(2);
    expect(found.result.changes?.map(({ what, name, from }) => `${what} ${name} ${from ?? ''}`)).toEqual(
      differs,
    );
    expect((await setup()).exit).toBe(0);
    expect((await check()).exit).toBe(0);
  }
});

gcloudTest('gcloud reads the role, the account, the grant and the key that setup made', async () => {
  const { gcloud, account, role, project, setup, heldKey } = await stageWithColleague();
  expect((await setup()).exit).toBe(0);
  const [described, made, policy, keys, services] = await Promise.all([
    gcloud('iam', 'roles', 'describe', 'RemotionSA', `--project=${project}`, '--format=json'),
    gcloud('iam', 'service-accounts', 'describe', account, '--format=json'),
    gcloud('projects', 'get-iam-policy', project, '--format=json'),
    gcloud(
      'iam',
      'service-accounts',
      'keys',
      'list',
      `--iam-account=${account}`,
      '--managed-by=user',
      '--format=json',
    ),
    gcloud('services', 'list', '--enabled', '--format=value(config.name)'),
  ]);
  expect(JSON.parse(described)).toMatchObject({ title: 'Remotion API Service Account', stage: 'GA' });
  expect(JSON.parse(made)).toMatchObject({ email: account, displayName: 'Remotion Service Account' });
  expect(JSON.parse(policy)).toMatchObject({
    bindings: expect.arrayContaining([{ role, members: [`serviceAccount:${account}`] }]),
  });
  expect(JSON.parse(keys)).toMatchObject([{ name: expect.stringContaining((await heldKey()).id) }]);
  expect(services.split('\n')).toEqual(expect.arrayContaining(['iam.googleapis.com', 'run.googleapis.com']));
});

gcloudTest('setup adopts what gcloud made: it only tests it, and makes nothing twice', async () => {
  const { gcloud, account, role, project, keyFile, setup, writes, forgetRequests } =
    await stageWithColleague();
  const permissions = [
    'iam.serviceAccounts.actAs',
    'run.operations.get',
    'run.routes.invoke',
    ...['create', 'get', 'delete', 'list', 'update'].map((verb) => `run.services.${verb}`),
    ...['create', 'get', 'list'].map((verb) => `storage.buckets.${verb}`),
    ...['create', 'delete', 'list'].map((verb) => `storage.objects.${verb}`),
    'logging.logEntries.list',
  ];
  await gcloud('services', 'enable', 'run.googleapis.com', 'iam.googleapis.com');
  await gcloud(
    'iam',
    'roles',
    'create',
    'RemotionSA',
    `--project=${project}`,
    `--permissions=${permissions.join(',')}`,
  );
  await gcloud('iam', 'service-accounts', 'create', 'remotion-sa');
  await gcloud(
    ...['projects', 'add-iam-policy-binding', project],
    ...[`--member=serviceAccount:${account}`, `--role=${role}`, '--condition=None'],
  );
  await gcloud('iam', 'service-accounts', 'keys', 'create', keyFile, `--iam-account=${account}`);
  await forgetRequests();
  expect(await setup()).toMatchObject({ exit: 0, result: { status: 'ready' } });
  expect(await writes()).toEqual([]);
});
