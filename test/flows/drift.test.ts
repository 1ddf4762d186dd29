import { expect, test } from 'vitest';
import { openStage, type Run, type Stage } from './stage.ts';

/** What differs, but for what follows from it: that the account cannot sign in, or lacks what it should have. */
const causes = ({ result }: Run) =>
  (result.changes ?? [])
    .filter(({ step }) => step !== 'validate')
    .map(({ what, name, from }) => `${what} ${name}: ${from ?? 'absent'}`);

/** What somebody else does to a cloud that was ready, and all that a check must name then. */
const drifts: Record<
  string,
  { make: (cloud: Stage['cloud'], key: string) => Promise<unknown>; differs: (key: string) => RegExp[] }
> = {
  'a permission is taken from the role': {
    make: async (cloud) => {
      const { includedPermissions } = await cloud.role();
      const rest = includedPermissions.filter((name) => name !== 'run.services.update');
      await cloud.patchRole({ includedPermissions: rest }, 'includedPermissions');
    },
    differs: () => [/^role RemotionSA: .*run\.services\.update$/],
  },
  'three permissions are taken from the role': {
    make: async (cloud) => {
      const { includedPermissions } = await cloud.role();
      const rest = includedPermissions.filter((name) => !name.startsWith('storage.buckets.'));
      await cloud.patchRole({ includedPermissions: rest }, 'includedPermissions');
    },
    differs: () =>
      ['create', 'get', 'list'].map((verb) => new RegExp(`^role RemotionSA: .*storage\\.buckets\\.${verb}$`)),
  },
  'the binding is removed': {
    make: (cloud) =>
      cloud.changePolicy((policy) => ({
        ...policy,
        bindings: policy.bindings.filter(({ role }) => role !== cloud.roleName),
      })),
    differs: () => [/^grant RemotionSA: not granted$/],
  },
  'the account is disabled': {
    make: (cloud) => cloud.disableAccount(),
    differs: () => [/^account remotion-sa@acme-video\.iam\.gserviceaccount\.com: disabled$/],
  },
  'the key is deleted': {
    make: (cloud, key) => cloud.deleteKey(key),
    differs: (key) => [new RegExp(`^key .*/remotion-sa.json: .*${key}`)],
  },
  'the key is disabled': {
    make: (cloud, key) => cloud.disableKey(key),
    differs: (key) => [new RegExp(`^key .*/remotion-sa.json: .*${key}.* disabled`)],
  },
  'the role is deleted': {
    make: (cloud) => cloud.deleteRole(),
    differs: () => [/^role RemotionSA: deleted$/],
  },
  'the role is disabled': {
    make: (cloud) => cloud.patchRole({ stage: 'DISABLED' }, 'stage'),
    differs: () => [/^role RemotionSA: disabled$/],
  },
  'a service is turned off': {
    make: (cloud) => cloud.disableService('run.googleapis.com'),
    differs: () => [/^service run\.googleapis\.com: off$/],
  },
  'the account is deleted and made again by somebody else': {
    make: async (cloud) => {
      await cloud.deleteAccount();
      await cloud.createAccount();
    },
    differs: (key) => [/^grant RemotionSA: not granted$/, new RegExp(`^key .*/remotion-sa.json: .*${key}`)],
  },
  'the account is deleted': {
    make: (cloud) => cloud.deleteAccount(),
    differs: (key) => [
      /^account remotion-sa@acme-video\.iam\.gserviceaccount\.com: absent$/,
      /^grant RemotionSA: not granted$/,
      new RegExp(`^key .*/remotion-sa.json: .*${key}`),
    ],
  },
};

test.each(Object.entries(drifts))(
  'when %s, a check names just that, a setup mends it, and the next writes nothing',
  async (_name, { make, differs }) => {
    const { setup, check, writes, forgetRequests, heldKey, cloud } = await openStage();
    await setup();
    const { id } = await heldKey();
    await make(cloud, id);
    await forgetRequests();

    const checked = await check();
    expect(checked.exit).toBe(2);
    const named = causes(checked);
    const expected = differs(id);
    expect(named).toEqual(expected.map((line): unknown => expect.stringMatching(line)));
    expect(await writes()).toEqual([]);

    const mended = await setup();
    expect(mended.exit).toBe(0);
    expect((await check()).exit).toBe(0);

    await forgetRequests();
    expect((await setup()).exit).toBe(0);
    expect(await writes()).toEqual([]);
  },
);

test('what is a matter of taste does not differ: a title, a description, a stage, a permission more', async () => {
  const { setup, check, writes, forgetRequests, cloud } = await openStage();
  await setup();
  const { includedPermissions } = await cloud.role();
  await cloud.patchRole(
    {
      title: 'Ours now',
      description: 'Renamed by a colleague.',
      stage: 'BETA',
      includedPermissions: [...includedPermissions, 'run.jobs.get'],
    },
    'title,description,stage,includedPermissions',
  );
  await forgetRequests();

  const checked = await check();
  expect(checked).toMatchObject({ exit: 0, result: { changes: [] } });
  const facts = checked.events.flatMap((event) => (event.type === 'step' ? (event.facts ?? []) : []));
  expect(facts.filter(({ tone }) => tone === 'attention')).toEqual([
    { tone: 'attention', text: expect.stringContaining('run.jobs.get') },
  ]);
  expect((await setup()).exit).toBe(0);
  expect(await writes()).toEqual([]);
});

test('what a setup mends is no more than what had drifted', async () => {
  const { setup, writes, forgetRequests, cloud } = await openStage();
  await setup();
  await cloud.disableAccount();
  await cloud.patchRole({ stage: 'DISABLED', title: 'Ours now' }, 'stage,title');
  await forgetRequests();

  await setup();
  expect((await writes()).toSorted()).toEqual([
    'PATCH /v1/projects/acme-video/roles/RemotionSA',
    'POST /v1/projects/acme-video/serviceAccounts/remotion-sa@acme-video.iam.gserviceaccount.com:enable',
  ]);
  expect(await cloud.role()).toMatchObject({ stage: 'GA', title: 'Ours now' });
});
