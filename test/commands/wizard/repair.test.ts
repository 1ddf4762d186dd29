import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repairErrand } from '../../../src/commands/repair-errand.ts';
import { guide } from '../../../src/commands/wizard/guide.ts';
import type { RunFlags } from '../../../src/commands/run-flags.ts';
import { openStage, type Stage } from '../../flows/stage.ts';
import { choose, person, yes, type Line } from './person.ts';

/** Ada repairs in a terminal, and is asked what the script says. */
async function repairing({ folder, endpoint }: Stage, script: readonly Line[], flags: RunFlags = {}) {
  const told = person(script);
  const guided = await guide(
    told.talk,
    {
      errand: repairErrand,
      flags: {
        endpoint,
        stateDir: join(folder, 'state'),
        accessTokenFile: join(folder, 'access-token'),
        ...flags,
      },
      endpoint,
      badge: 'simulated',
      env: {},
      home: folder,
      cwd: folder,
      demo: false,
    },
    {},
  );
  if (guided.kind !== 'done') throw new Error('the embedded cloud was not to be chosen');
  expect(told.rest()).toEqual([]);
  return { told, ...guided.outcome };
}

test('a repair takes up what an earlier run left, shows what differs, and asks about what others have decided', async () => {
  const stage = await openStage();
  const { setup, check, cloud } = stage;
  await setup();
  const { includedPermissions } = await cloud.role();
  const added = [...includedPermissions.slice(1), 'run.jobs.get'];
  await cloud.patchRole({ includedPermissions: added }, 'includedPermissions');
  const condition = { title: 'Office hours', expression: 'request.time.getHours("UTC") >= 8' };
  await cloud.changePolicy((policy) => ({
    ...policy,
    bindings: policy.bindings.map((binding) =>
      binding.role === cloud.roleName ? { ...binding, condition } : binding,
    ),
  }));

  const { told, exit } = await repairing(stage, [
    ['earlier', choose('acme-video/remotion-cloudrun')],
    ['plan', yes],
    ['extra', choose('remove')],
    ['plan', yes],
  ]);
  expect(exit).toBe('done');
  const [first] = told.asked.filter(({ id }) => id === 'plan');
  expect(first?.title).toBe('This differs in acme-video, and yes mends it. Nothing has been written.');
  expect(first?.notes).toContainEqual({
    tone: 'attention',
    text: 'Grant: somebody else has decided otherwise. Step by step lets you leave it as it is.',
  });
  const held = (await cloud.role()).includedPermissions;
  expect(held.toSorted()).toEqual(includedPermissions.toSorted());
  expect(await check()).toMatchObject({ exit: 0, result: { changes: [] } });
});

test('what others added to the role stays where a person leaves it, and nothing is asked twice', async () => {
  const stage = await openStage();
  const { setup, cloud, writes, forgetRequests } = stage;
  await setup();
  const { includedPermissions } = await cloud.role();
  await cloud.patchRole(
    { includedPermissions: [...includedPermissions, 'run.jobs.get'] },
    'includedPermissions',
  );
  await forgetRequests();
  const named = { project: 'acme-video', profile: 'remotion-cloudrun' };
  const { exit } = await repairing(stage, [['extra', choose('keep')]], named);
  expect(exit).toBe('done');
  expect(await writes()).toEqual([]);
});
