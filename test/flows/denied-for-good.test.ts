import { expect, test, vi } from 'vitest';
import { openStage, type Stage } from './stage.ts';
import { worldWhere } from './worlds.ts';

/** A rule above the project that takes one permission from the account, whatever the project grants. */
const denied = () =>
  worldWhere(() => ({
    denyRules: [
      {
        deniedPrincipals: [
          'principal://iam.googleapis.com/projects/-/serviceAccounts/remotion-sa@acme-video.iam.gserviceaccount.com',
        ],
        exceptionPrincipals: [],
        deniedPermissions: ['storage.googleapis.com/buckets.create'],
        exceptionPermissions: [],
      },
    ],
  }));

/** Runs a setup in which, whenever the validation has to wait, so much time passes as anybody is ready to. */
async function setUpWithoutPatience({ setup }: Stage) {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    return await setup(
      {},
      {
        onEvent: (event) => {
          if (event.type === 'progress' && event.step === 'validate') vi.advanceTimersByTime(3_600_000);
        },
      },
    );
  } finally {
    vi.useRealTimers();
  }
}

test('a permission that a deny policy takes away ends in 5, named, once patience has ended', async () => {
  const stage = await openStage({ world: await denied() });
  const run = await setUpWithoutPatience(stage);
  expect(run.exit).toBe(5);
  expect(run.result).toMatchObject({
    status: 'failed',
    states: { role: 'ready', grant: 'ready', key: 'ready', validate: 'failed' },
    problem: { missing: ['storage.buckets.create'] },
  });
  expect(run.result.problem?.what).toContain('storage.buckets.create');

  await stage.forgetRequests();
  const again = await setUpWithoutPatience(stage);
  expect(again.exit).toBe(5);
  expect(await stage.writes()).toEqual([]);
  const checked = await stage.check();
  expect(checked.exit).toBe(2);
  expect(checked.result.changes).toMatchObject([
    { step: 'validate', from: expect.stringContaining('storage.buckets.create') },
  ]);
});
