import { expect, test } from 'vitest';
import { openPatient } from './patient.ts';
import { denyPolicy, worldOfAdministrator } from './worlds.ts';

const DENIED = 'storage.objects.delete';
const above = /^\/v[23]\/.*(?:denypolicies|policyBindings|principalAccessBoundary|:troubleshoot)/u;

test('what a check finds lacking it explains, and setup does not wait for what does not pass by itself', async () => {
  const at = await openPatient({ world: await worldOfAdministrator(), quota: false });
  await at.forgetRequests();
  expect((await at.check()).exit).toBe(0);
  // Deny policies and boundaries are looked at only where something lacks.
  expect((await at.requests()).filter(({ path }) => above.test(path))).toEqual([]);

  await denyPolicy(at);
  const checked = await at.check();
  expect(checked.exit).toBe(2);
  const looked = checked.events.findLast((event) => event.type === 'step' && event.step === 'validate');
  const cause = expect.stringMatching(
    /^the deny policy no-deletes .* on the organisation 583920471652/u,
  ) as string;
  expect(looked).toMatchObject({
    facts: [{ tone: 'note' }, { tone: 'attention', text: expect.stringContaining('no-deletes') as string }],
    checks: expect.arrayContaining([
      { name: DENIED, ok: false, cause, remedy: expect.stringContaining('exceptionPrincipals') as string },
    ]) as unknown[],
  });

  await at.forgetRequests();
  const run = await at.setup();
  expect(run.exit).toBe(5);
  expect(run.result.problem).toMatchObject({
    missing: [DENIED, 'storage.buckets.delete'].filter((name) => run.result.problem?.missing?.includes(name)),
    why: cause,
    next: expect.stringContaining('gcloud iam policies update no-deletes') as string,
  });
  // Each level is read once, however often the account was asked.
  const lists = (await at.requests()).filter(
    ({ method, path }) => method === 'GET' && /denypolicies(?:\?|$)/u.test(path),
  );
  expect(lists).toHaveLength(3);
});
