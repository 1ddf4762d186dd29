import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { prepareBoth } from '../commands/cloud.ts';
import { eventsOf } from '../commands/iamready.ts';

type Both = Awaited<ReturnType<typeof prepareBoth>>;

const account = '*/serviceAccounts/remotion-sa*';
/** Every call that a setup makes, as a fault rule finds it. `*` in a path is any text, so the longer ones come first. */
const reads = [
  { method: 'GET', path: `${account}/keys` },
  { method: 'GET', path: account },
  { method: 'GET', path: '*/services:batchGet' },
  { method: 'GET', path: '*/roles/RemotionSA' },
  { method: 'GET', path: '/v3/projects/acme-video' },
  { method: 'POST', path: '/v1/permissions:queryTestablePermissions' },
  { method: 'POST', path: '*:getIamPolicy' },
  { method: 'POST', path: '*:testIamPermissions' },
  { method: 'POST', path: '/token' },
];
const writes = [
  { method: 'POST', path: '*/services:batchEnable' },
  { method: 'POST', path: '*/roles' },
  { method: 'POST', path: '*/serviceAccounts' },
  { method: 'POST', path: '*:setIamPolicy' },
  { method: 'POST', path: `${account}/keys` },
];

const named = (calls: { method: string; path: string }[]) =>
  calls.map((call) => [`${call.method} ${call.path}`, call] as const);

/** What setup is to leave, and once each, whatever happened on the way. */
async function expectReady({ cloud, heldKey }: Both): Promise<void> {
  const { keys, roles, serviceAccounts, policies } = await cloud.world();
  const managed = keys.filter(({ type }) => type === 'USER_MANAGED');
  expect(managed).toHaveLength(1);
  expect(z.object({ private_key_id: z.string() }).parse(JSON.parse(await heldKey()))).toEqual({
    private_key_id: managed[0]?.id,
  });
  expect(roles.filter(({ name }) => name.endsWith('/RemotionSA'))).toHaveLength(1);
  expect(serviceAccounts.filter(({ email }) => email.startsWith('remotion-sa@'))).toHaveLength(1);
  const ours = Object.values(policies)
    .flatMap(({ bindings }) => bindings)
    .filter(({ role }) => role === 'projects/acme-video/roles/RemotionSA');
  expect(ours.map(({ members }) => members)).toEqual([
    ['serviceAccount:remotion-sa@acme-video.iam.gserviceaccount.com'],
  ]);
}

test('the calls that are disturbed below are all that a setup makes', async () => {
  await using at = await prepareBoth();
  expect((await at.home.run(at.setup())).exitCode).toBe(0);
  const patterns = [...reads, ...writes].map(({ method, path }) => ({
    method,
    path: new RegExp(`^${path.replaceAll('*', '.*')}$`),
    met: 0,
  }));
  for (const { method, path } of await at.cloud.requests()) {
    const pattern = patterns.find((each) => each.method === method && each.path.test(path));
    if (!pattern) throw new Error(`${method} ${path} is not in the lists`);
    pattern.met++;
  }
  expect(patterns.filter(({ met }) => met === 0)).toEqual([]);
});

describe.concurrent('setup gets to its end in one run although', () => {
  test.each(named([...reads, ...writes]))('%s answers 503 once', async (_, call) => {
    await using at = await prepareBoth();
    await at.cloud.fault({ ...call, times: 1, then: { kind: 'status', status: 503 } });
    const ran = await at.home.run(at.setup());
    expect(ran.exitCode, ran.stdout).toBe(0);
    await expectReady(at);
  });

  test.each(named([...reads.slice(0, 1), ...writes.slice(-2)]))(
    '%s answers 429 with Retry-After',
    async (_, call) => {
      await using at = await prepareBoth();
      await at.cloud.fault({ ...call, times: 1, then: { kind: 'status', status: 429, retryAfter: 1 } });
      const ran = await at.home.run(at.setup());
      expect(ran.exitCode, ran.stdout).toBe(0);
      await expectReady(at);
    },
  );

  test('setIamPolicy conflicts four times: each time it is read again before it is written', async () => {
    await using at = await prepareBoth();
    await at.cloud.fault({ path: '*:setIamPolicy', times: 4, then: { kind: 'status', status: 409 } });
    const ran = await at.home.run(at.setup());
    expect(ran.exitCode, ran.stdout).toBe(0);
    const policyCalls = (await at.cloud.requests())
      .map(({ path }) => path.split(':')[1])
      .filter((verb) => verb === 'getIamPolicy' || verb === 'setIamPolicy');
    const attempts = policyCalls.flatMap((verb, index) =>
      verb === 'setIamPolicy' ? [policyCalls[index - 1]] : [],
    );
    expect(attempts).toEqual(Array(5).fill('getIamPolicy'));
    await expectReady(at);
  });

  test('every third read is cut off', async () => {
    await using at = await prepareBoth();
    await at.cloud.fault({ method: 'GET', rate: 0.33, then: { kind: 'reset' } });
    const ran = await at.home.run(at.setup());
    expect(ran.exitCode, ran.stdout).toBe(0);
    await at.cloud.mend();
    await expectReady(at);
  });
});

describe.concurrent(
  'a write whose outcome is unknown is not repeated, ends with 6, and the next run ends with 0:',
  () => {
    const faults = [
      ['cut off before it was handled', 'reset'],
      ['handled, but its answer lost', 'lose-answer'],
      ['answered with a page of HTML', 'html'],
    ] as const;
    test.each(
      faults.flatMap(([how, kind]) =>
        named(kind === 'html' ? writes.slice(-1) : writes).map(
          ([name, call]) => [name, how, kind, call] as const,
        ),
      ),
    )('%s, %s', async (_name, _how, kind, call) => {
      await using at = await prepareBoth();
      await at.cloud.fault({ ...call, times: 1, then: { kind } });
      const first = await at.home.run([...at.setup(), '--json']);
      const { result } = eventsOf(first);
      expect(result).toMatchObject({ exitCode: 6, status: 'failed', problem: { mover: 'cloud' } });
      const pattern = new RegExp(`^${call.path.replaceAll('*', '.*')}$`);
      const sent = (await at.cloud.requests()).filter(
        ({ method, path }) => method === 'POST' && pattern.test(path),
      );
      expect(sent).toHaveLength(1);

      const second = await at.home.run(at.setup());
      expect(second.exitCode, second.stdout).toBe(0);
      await expectReady(at);
    });
  },
);

test('a cloud that stays away ends with 6, says what was kept, and the next run goes on from there', async () => {
  await using at = await prepareBoth();
  await at.cloud.fault({ method: 'POST', path: `${account}/keys`, then: { kind: 'status', status: 503 } });
  const ran = await at.home.run(at.setup());
  expect(ran.exitCode).toBe(6);
  const told = ran.stdout.replaceAll(/\s+/g, ' ');
  expect(told).toContain('could not look at or make a key of remotion-sa@acme-video.iam.gserviceaccount.com');
  expect(told).toContain('Done before that, and kept: services, custom role, account, grant.');
  expect(told).toContain('iam projects.serviceAccounts.keys.create: 503 UNAVAILABLE');
  await at.cloud.mend();
  expect((await at.home.run(at.setup())).exitCode).toBe(0);
  await expectReady(at);
  await at.cloud.forget();
  expect((await at.home.run(at.setup())).exitCode).toBe(0);
  expect(await at.cloud.writes()).toEqual([]);
});
