import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { WorldFile } from '../../src/simulator/server.ts';
import { standBetween } from './between.ts';
import type { Policy } from './cloud-by-hand.ts';
import { openStage } from './stage.ts';
import { worldWhere } from './worlds.ts';

type Bindings = NonNullable<WorldFile['projects'][number]['policy']>['bindings'];

const roles = [
  'roles/viewer',
  'roles/browser',
  'roles/logging.viewer',
  'roles/storage.objectViewer',
  'roles/storage.admin',
];
const someone = (n: number): string[] => [
  `user:zoe${n}@example.net`,
  `group:team${n}@example.net`,
  `user:abe${n}@example.net`,
  `deleted:user:gone${n}@example.net?uid=${100_000_000_000_000_000_000n + BigInt(n)}`,
  `serviceAccount:robot${n}@elsewhere-${n}.iam.gserviceaccount.com`,
  `domain:d${n}.example.net`,
];

/** 200 bindings: few roles many times over, each time under another condition, with members in no order. */
const crowd: Bindings = Array.from({ length: 200 }, (_, n) => ({
  role: roles[n % roles.length] ?? '',
  members: someone(n).slice(n % 5),
  condition: {
    title: `Until ${n}`,
    ...(n % 3 === 0 && { description: `Binding ${n}, "quoted", ünïcödé.` }),
    expression:
      n % 2 === 0
        ? `request.time < timestamp("2035-01-01T00:00:${String(n % 60).padStart(2, '0')}Z") && ${n} >= 0`
        : `resource.name.startsWith("projects/_/buckets/b${n}")`,
  },
}));

const crowded = () =>
  worldWhere(({ policy }) => ({
    policy: { auditConfigs: policy?.auditConfigs ?? [], bindings: [...(policy?.bindings ?? []), ...crowd] },
  }));

/** A policy but for its etag and the bindings of a role. */
const without = (policy: Policy, role: string) => ({
  ...policy,
  etag: 'any',
  bindings: policy.bindings.filter((binding) => binding.role !== role),
});

test('a policy of 200 bindings of others is the same afterwards, but for our binding', async () => {
  const { setup, cloud } = await openStage({ world: await crowded() });
  const before = await cloud.policy();
  expect(before.bindings.length).toBeGreaterThan(200);
  expect(before).toHaveProperty('auditConfigs');

  expect((await setup()).exit).toBe(0);
  const after = await cloud.policy();
  expect(without(after, cloud.roleName)).toEqual(without(before, cloud.roleName));
  expect(after.bindings.filter(({ role }) => role === cloud.roleName)).toEqual([
    { role: cloud.roleName, members: [cloud.member] },
  ]);
});

test('nothing of a colleague is lost who writes between our reading and our writing, again and again', async () => {
  const { setup, cloud, endpoint, requests } = await openStage({ world: await crowded() });
  const before = await cloud.policy();
  let meddled = 0;
  const contested = await standBetween(endpoint, async ({ path, pass }) => {
    if (path.endsWith(':setIamPolicy') && meddled < 4) {
      const member = `user:new${meddled++}@example.net`;
      await cloud.changePolicy((policy) => ({
        ...policy,
        bindings: [...policy.bindings, { role: 'roles/pubsub.viewer', members: [member] }],
      }));
    }
    return pass();
  });

  expect((await setup({ endpoint: contested })).exit).toBe(0);
  const conflicts = (await requests()).filter(({ status }) => status === 409);
  expect(conflicts).toHaveLength(4);
  const after = await cloud.policy();
  const { bindings } = without(before, cloud.roleName);
  const theirs = {
    role: 'roles/pubsub.viewer',
    members: [0, 1, 2, 3].map((n) => `user:new${n}@example.net`),
  };
  expect(after.bindings.filter(({ role }) => role === cloud.roleName)).toHaveLength(1);
  const others = without(after, cloud.roleName).bindings;
  expect(others).toHaveLength(bindings.length + 1);
  expect(others).toEqual(expect.arrayContaining([...bindings, theirs]));
});

test('a grant to an account that was deleted goes if the journal proves it ours, else it is left, and the new account is granted beside it', async () => {
  const { folder, setup, cloud } = await openStage();
  await setup();
  await cloud.deleteAccount();
  const { uniqueId } = await cloud.createAccount();
  const before = await cloud.policy();
  const stale = before.bindings.find(({ role }) => role === cloud.roleName)?.members ?? [];
  expect(stale).toEqual([expect.stringMatching(`^deleted:${cloud.member}\\?uid=(?!${uniqueId})`)]);

  const stranger = await setup({ stateDir: join(folder, 'another-state') });
  expect(stranger.exit).toBe(0);
  expect(JSON.stringify(stranger.events)).toContain('gives nobody anything, and is left as found');
  const after = await cloud.policy();
  expect(without(after, cloud.roleName)).toEqual(without(before, cloud.roleName));
  expect(after.bindings.find(({ role }) => role === cloud.roleName)?.members).toEqual([
    ...stale,
    cloud.member,
  ]);

  await cloud.setPolicy({ ...before, etag: after.etag });
  expect((await setup()).exit).toBe(0);
  const cleaned = await cloud.policy();
  expect(without(cleaned, cloud.roleName)).toEqual(without(before, cloud.roleName));
  expect(cleaned.bindings.find(({ role }) => role === cloud.roleName)?.members).toEqual([cloud.member]);
});

test('a grant that somebody made under a condition is left, and ours is made beside it without one', async () => {
  const { setup, check, cloud, writes, forgetRequests } = await openStage();
  await setup();
  const condition = {
    title: 'Office hours',
    expression: 'request.time.getHours("Europe/Zurich") >= 8 && request.time.getHours("Europe/Zurich") < 18',
  };
  await cloud.changePolicy((policy) => ({
    ...policy,
    bindings: policy.bindings.map((binding) =>
      binding.role === cloud.roleName ? { ...binding, condition } : binding,
    ),
  }));

  const checked = await check();
  expect(checked.exit).toBe(2);
  expect(checked.result.changes?.find(({ step }) => step === 'grant')?.from).toContain('Office hours');
  const mended = await setup();
  expect(mended.exit).toBe(0);
  const ours = (await cloud.policy()).bindings.filter(({ role }) => role === cloud.roleName);
  expect(ours).toEqual([
    { role: cloud.roleName, members: [cloud.member], condition },
    { role: cloud.roleName, members: [cloud.member] },
  ]);
  await forgetRequests();
  expect((await setup()).exit).toBe(0);
  expect(await writes()).toEqual([]);
});
