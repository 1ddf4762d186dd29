import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPatient, type Patient } from './patient.ts';

const closing: (() => Promise<void>)[] = [];
let at: Patient;
beforeAll(async () => {
  at = await openPatient({}, (close) => closing.push(close));
});
afterAll(() => Promise.all(closing.map((close) => close())));

test('nothing lacks where all is as the profile wants it', async () => {
  expect(await at.why()).toEqual({ exit: 0, causes: [], unread: [], missing: [], unexplained: [] });
});

test('a permission that the role lost is not in it, and repair puts it back', async () => {
  const { includedPermissions } = await at.cloud.role();
  const lost = 'run.services.create';
  await at.cloud.patchRole(
    { includedPermissions: includedPermissions.filter((name) => name !== lost) },
    'includedPermissions',
  );
  const answer = await at.why();
  expect(answer).toMatchObject({
    exit: 5,
    missing: [lost],
    causes: [{ kind: 'not-in-role', permissions: [lost] }],
  });
  expect(answer.causes[0]?.evidence[0]).toMatchObject({ call: 'iam projects.roles.get' });
  expect((await at.repair()).exit).toBe(0);
  expect((await at.why()).exit).toBe(0);
});

test('an account that the policy names no more has no grant, and repair grants it', async () => {
  await at.cloud.changePolicy((policy) => ({
    ...policy,
    bindings: policy.bindings.filter(({ members }) => !members.includes(at.cloud.member)),
  }));
  const answer = await at.why();
  expect(answer).toMatchObject({ exit: 5, causes: [{ kind: 'no-grant' }] });
  expect(answer.causes[0]?.permissions).toEqual(answer.missing);
  expect(answer.causes[0]?.command).toMatch(
    /^iamready repair --profile=remotion-cloudrun --project=acme-video/u,
  );
  expect((await at.repair()).exit).toBe(0);
  expect((await at.why()).exit).toBe(0);
});
