import { expect, test } from 'vitest';
import { undoErrand } from '../../../src/commands/undo-errand.ts';
import { openStage } from '../../flows/stage.ts';
import { worldOf } from '../../flows/world-of.ts';
import { choose, no, yes } from './person.ts';
import { takePart } from './take-part.ts';

const undo = undoErrand({});

test('a person chooses what to undo, is shown all of it and what stays, and takes it away step by step', async () => {
  const stage = await openStage();
  await stage.setup();
  const { world } = await worldOf(stage.endpoint);
  await stage.cloud.createKey();

  const declined = await takePart(
    stage,
    [
      ['earlier', choose('acme-video/remotion-cloudrun')],
      ['sign-in', choose('ada')],
      ['plan', no],
    ],
    {},
    undo,
  );
  expect(declined.code).toBe(2);
  const plan = declined.told.question('plan');
  expect(plan).toMatchObject({
    title: 'This is everything that will be taken away from acme-video. Nothing is gone yet.',
    editable: false,
    notes: [{ text: expect.stringMatching(/^Stays: remotion-sa@.* has keys that iamready did not make/) }],
  });
  expect(declined.told.choice('earlier').options.map(({ id, label }) => [id, label])).toEqual([
    ['acme-video/remotion-cloudrun', 'undo'],
  ]);
  expect(declined.told.steps.map(({ title }) => title)).toEqual([
    ...['Project', 'Key', 'Grant', 'Account', 'Custom role', 'Services'],
  ]);
  expect((await worldOf(stage.endpoint)).world.policies).toEqual(world.policies);

  const named = { project: 'acme-video', profile: 'remotion-cloudrun' };
  const { code, session } = await takePart(
    stage,
    [
      ['sign-in', choose('ada')],
      ['plan', { kind: 'step-by-step' }],
      ['step:undo-key', yes],
      ['step:undo-grant', yes],
      ['step:undo-role', yes],
    ],
    named,
    undo,
  );
  expect([code, session.nodes['undo-account']?.state]).toEqual([3, 'blocked']);
  expect((await worldOf(stage.endpoint)).softDeleted.roles).toHaveLength(1);
});

test('with no run to go on from, nobody is asked, and the flags that name one are told', async () => {
  const stage = await openStage();
  await expect(takePart(stage, [], { project: 'acme-site' }, undo)).rejects.toMatchObject({
    problem: { exit: 'unanswered', what: expect.stringContaining('of acme-site') },
  });
});
