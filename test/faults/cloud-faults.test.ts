import { describe, expect, test } from 'vitest';
import { prepareBoth } from '../commands/cloud.ts';
import { openStage, type Stage } from '../flows/stage.ts';

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
  { method: 'GET', path: '*:getEffectivePolicy' },
  { method: 'POST', path: '/token' },
  { method: 'POST', path: '/tokeninfo' },
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
async function expectReady({ world, heldKey }: Pick<Stage, 'world' | 'heldKey'>): Promise<void> {
  const { keys, roles, serviceAccounts, policies } = await world();
  const managed = keys.filter(({ type }) => type === 'USER_MANAGED');
  expect(managed.map(({ id }) => id)).toEqual([(await heldKey()).id]);
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
  const { setup, requests } = await openStage();
  expect((await setup()).exit).toBe(0);
  const patterns = [...reads, ...writes].map(({ method, path }) => ({
    method,
    path: new RegExp(`^${path.replaceAll('*', '.*')}$`),
    met: 0,
  }));
  for (const { method, path } of await requests()) {
    const pattern = patterns.find((each) => each.method === method && each.path.test(path));
    if (!pattern) throw new Error(`${method} ${path} is not in the lists`);
    pattern.met++;
  }
  expect(patterns.filter(({ met }) => met === 0)).toEqual([]);
});

describe('setup gets to its end in one run although', () => {
  test.each(named([...reads, ...writes]))('%s answers 503 once', async (_, call) => {
    const stage = await openStage();
    await stage.fault({ ...call, times: 1, then: { kind: 'status', status: 503 } });
    expect(await stage.setup()).toMatchObject({ exit: 0 });
    await expectReady(stage);
  });

  test.each(named([...reads.slice(0, 1), ...writes.slice(-2)]))(
    '%s answers 429 with Retry-After',
    async (_, call) => {
      const stage = await openStage();
      await stage.fault({ ...call, times: 1, then: { kind: 'status', status: 429, retryAfter: 1 } });
      expect(await stage.setup()).toMatchObject({ exit: 0 });
      await expectReady(stage);
    },
  );

  test('setIamPolicy conflicts four times: each time it is read again before it is written', async () => {
    const stage = await openStage();
    await stage.fault({ path: '*:setIamPolicy', times: 4, then: { kind: 'status', status: 409 } });
    expect(await stage.setup()).toMatchObject({ exit: 0 });
    const policyCalls = (await stage.requests())
      .map(({ path }) => path.split(':')[1])
      .filter((verb) => verb === 'getIamPolicy' || verb === 'setIamPolicy');
    const attempts = policyCalls.flatMap((verb, index) =>
      verb === 'setIamPolicy' ? [policyCalls[index - 1]] : [],
    );
    expect(attempts).toEqual(Array(5).fill('getIamPolicy'));
    await expectReady(stage);
  });

  test('every third read is cut off', async () => {
    const stage = await openStage();
    await stage.fault({ method: 'GET', rate: 0.33, then: { kind: 'reset' } });
    expect(await stage.setup()).toMatchObject({ exit: 0 });
    await stage.mend();
    await expectReady(stage);
  });
});

describe('a write whose outcome is unknown is not repeated, ends with 6, and the next run ends with 0:', () => {
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
    const stage = await openStage();
    await stage.fault({ ...call, times: 1, then: { kind } });
    expect(await stage.setup()).toMatchObject({
      exit: 6,
      result: { exitCode: 6, status: 'failed', problem: { mover: 'cloud' } },
    });
    const pattern = new RegExp(`^${call.path.replaceAll('*', '.*')}$`);
    const sent = (await stage.requests()).filter(
      ({ method, path }) => method === 'POST' && pattern.test(path),
    );
    expect(sent).toHaveLength(1);

    expect(await stage.setup()).toMatchObject({ exit: 0 });
    await expectReady(stage);
  });
});

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
  const { keys } = await at.cloud.world();
  expect(keys.filter(({ type }) => type === 'USER_MANAGED')).toHaveLength(1);
  await at.cloud.forget();
  expect((await at.home.run(at.setup())).exitCode).toBe(0);
  expect(await at.cloud.writes()).toEqual([]);
});
