import { afterEach, expect, test, vi } from 'vitest';
import { findCauses } from '../../src/diagnosis/find-causes.ts';
import { cloudAt, fixedTokens } from '../google/clouds.ts';
import { openPatient } from './patient.ts';
import { worldOfAdministrator } from './worlds.ts';

afterEach(() => vi.useRealTimers());

const world = await worldOfAdministrator();

test('what is in place and lacking all the same is on its way while the write is young, and unexplained when it is old', async () => {
  const at = await openPatient({ world, quota: false });
  const cloud = cloudAt(at.endpoint, { credentials: fixedTokens('ya29.simulated-ada-the-operator') });
  const { project } = at;
  const name = 'run.services.create';
  const { email, roleName } = at.cloud;
  const spot = { kind: 'project', id: project } as const;
  // As an account is told by a replica that has not learnt of the grant yet.
  const subject = {
    ...{ project, email, observers: [cloud] as const, asked: [name], lacking: [{ name, spot }], invalid: [] },
    ...{ lines: [{ role: roleName, spot }], services: [], mends: new Set<string>() },
  };
  const young = await findCauses(subject);
  expect(young).toMatchObject({
    causes: [
      {
        kind: 'propagating',
        permissions: [name],
        what: expect.stringMatching(/^all is in place, and .* was written \d+ seconds? ago/u) as string,
        remedy: expect.stringMatching(/^wait, and ask again in \d+ (?:seconds|minutes)$/u) as string,
        evidence: [{ said: expect.stringContaining('by its etag') as string }],
      },
    ],
    unexplained: [],
  });
  await at.advance(700);
  expect(await findCauses(subject)).toMatchObject({ causes: [], unexplained: [name] });
});

test('a clock of this machine that is wrong is named, and setting it mends that', async () => {
  const at = await openPatient({ world, quota: false, clockSpeed: 0 });
  const now = await at.now();
  expect((await at.why()).exit).toBe(0);
  vi.useFakeTimers({ toFake: ['Date'], now: now.getTime() + 2 * 3_600_000 });
  const { exit, causes } = await at.why();
  expect(exit).toBe(5);
  expect(causes).toMatchObject([
    {
      kind: 'clock-skew',
      permissions: [],
      what: expect.stringMatching(/^the clock of this machine is 2 hours ahead of Google's/u) as string,
      remedy: expect.stringContaining('set the clock') as string,
    },
  ]);
  vi.setSystemTime(now);
  expect(await at.why()).toMatchObject({ exit: 0, causes: [] });
});
