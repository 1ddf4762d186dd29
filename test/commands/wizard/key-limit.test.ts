import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Errand } from '../../../src/commands/errand.ts';
import { rotateErrand } from '../../../src/commands/rotate-errand.ts';
import { guide } from '../../../src/commands/wizard/guide.ts';
import { openStage, type Stage } from '../../flows/stage.ts';
import { tenKeys, worldOfKeys } from '../../flows/worlds.ts';
import { back, choose, leave, person, yes, type Line } from './person.ts';

/** Ada at the wizard, where all but what stands in the way is answered by flags. */
async function takePart({ folder, endpoint, keyFile }: Stage, script: readonly Line[], errand?: Errand) {
  const told = person(script);
  const flags = {
    ...{ endpoint, keyFile, stateDir: join(folder, 'state') },
    ...{ profile: 'remotion-cloudrun', project: 'acme-video' },
    accessTokenFile: join(folder, 'access-token'),
  };
  const place = { env: {}, home: folder, cwd: folder };
  const start = { errand, flags, endpoint, badge: 'simulated', ...place, demo: false };
  const guided = await guide(told.talk, start, {});
  if (guided.kind !== 'done') throw new Error('the embedded cloud was not to be chosen');
  expect(told.rest()).toEqual([]);
  return { told, ...guided.outcome };
}

const [oldest = '', second = ''] = tenKeys.map(({ id }) => id);

test('where there are ten keys a person sees all of them, chooses one, and it goes with the plan, before the new one is made', async () => {
  const stage = await openStage({ world: await worldOfKeys(10) });
  const { told, status } = await takePart(stage, [
    ['problem:key', choose('delete-key')],
    ['delete-key', back],
    ['problem:key', choose('delete-key')],
    ['delete-key', choose(second)],
    ['plan', yes],
  ]);
  expect(status).toBe('ready');
  const problem = told.question('problem:key');
  expect(problem).toMatchObject({ problem: { what: expect.stringContaining('ten keys') } });
  expect(told.option('delete-key', oldest)).toEqual({
    id: oldest,
    label: oldest.slice(0, 8),
    columns: ['1000 days', 'no use seen', 'no file here'],
    detail: expect.stringMatching(`^${oldest}: made by Google on 20`),
  });
  expect(told.option('delete-key', second).columns).toContain('expired');
  expect(told.option('delete-key', second).detail).toMatch(/: uploaded on 20[-\d]+, expired 20/);
  const plan = told.question('plan');
  if (plan.kind !== 'plan') throw new Error('it is no plan');
  const [first] = plan.plan.steps.find(({ step }) => step === 'key')?.changes ?? [];
  expect(first).toMatchObject({ sign: '-', name: second, source: 'you chose it' });
  const { id } = await stage.heldKey();
  const kept = tenKeys.map((key) => key.id).filter((key) => key !== second);
  expect((await stage.cloud.keys()).toSorted()).toEqual([...kept, id].toSorted());
});

test('choosing a key deletes nothing: who then leaves the plan has ten keys as before', async () => {
  const stage = await openStage({ world: await worldOfKeys(10) });
  const left = takePart(stage, [
    ['problem:key', choose('delete-key')],
    ['delete-key', choose(oldest)],
    ['plan', leave],
  ]);
  await expect(left).rejects.toThrow();
  expect(await stage.writes()).toEqual([]);
});

test('a rotation asks the same, offers every key but the one in the file, and shows what becomes of that one', async () => {
  const stage = await openStage({ world: await worldOfKeys(9) });
  await stage.setup();
  const { id: old } = await stage.heldKey();
  const { told, status } = await takePart(
    stage,
    [
      ['problem:key', choose('delete-key')],
      ['delete-key', choose(oldest)],
      ['plan', yes],
    ],
    rotateErrand({ grace: '7d' }),
  );
  expect(status).toBe('ready');
  expect(told.option('delete-key', old).unavailable).toContain('it is the one in');
  expect(told.question('plan')).toMatchObject({
    undo: 'The old key can be enabled again for 7 days; a deleted key never comes back.',
    plan: {
      steps: [
        {
          step: 'key',
          changes: [
            { sign: '-', name: oldest },
            { sign: '~', name: stage.keyFile },
          ],
        },
        { step: 'validate' },
        { step: 'old-key', changes: [{ sign: '~', name: old, to: 'disabled; deleted in 7 days' }] },
      ],
    },
  });
  expect(told.steps.map(({ title }) => title)).toEqual(['Project', 'New key', 'Validate', 'Old key']);
  expect((await stage.heldKey()).id).not.toBe(old);
});
