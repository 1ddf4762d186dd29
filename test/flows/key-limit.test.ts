import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openStage, type Run } from './stage.ts';
import { tenKeys, worldOfKeys } from './worlds.ts';

const [first, second, third, fourth] = tenKeys.map(({ id }) => id);
const others = (...gone: readonly (string | undefined)[]) =>
  tenKeys.map(({ id }) => id).filter((id) => !gone.includes(id));

/** Blocked because of ten keys: gives what is told of each. */
function tenKeysIn(run: Run) {
  expect(run).toMatchObject({ exit: 3, result: { status: 'blocked', states: { key: 'blocked' } } });
  expect(run.result.problem?.what).toContain('ten keys');
  expect(run.result.problem?.next).toContain('--delete-key=ID');
  return run.result.problem?.keys ?? [];
}

/** A stage where the account has so many keys that nobody here has made. */
const openWith = async (count: number) => openStage({ world: await worldOfKeys(count) });

test('an account with ten keys gets no eleventh: each is told with age, origin, use and the file that holds it', async () => {
  const { setup, writes, folder, endpoint } = await openWith(10);
  vi.stubEnv('XDG_CONFIG_HOME', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const kept = join(folder, 'iamready', 'keys', new URL(endpoint).host.replace(':', '_'), 'acme-site');
  await mkdir(kept, { recursive: true });
  const held = {
    type: 'service_account',
    private_key_id: fourth,
    private_key: 'x',
    client_email: 'a@b.example',
  };
  await writeFile(join(kept, 'robot.json'), JSON.stringify(held));

  const keys = tenKeysIn(await setup());
  expect(keys.map(({ id, ageDays }) => ({ id, days: ageDays }))).toEqual(tenKeys);
  expect(keys[0]).toEqual({
    id: first,
    created: expect.stringMatching(/^20\d\d-/),
    ageDays: 1000,
    origin: 'google',
    disabled: false,
    expired: false,
    lastUsed: null,
  });
  expect(keys[1]).toMatchObject({ origin: 'uploaded', expired: true, expires: expect.any(String) });
  expect(keys[2]).toMatchObject({ disabled: true });
  expect(keys[3]).toMatchObject({
    lastUsed: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
    file: join(kept, 'robot.json'),
  });
  expect(await writes()).toEqual([]);
});

test('where nobody may read when keys were used, it is not known, and the rest is told all the same', async () => {
  const { setup, fault } = await openWith(10);
  await fault({ method: 'GET', path: '*activities:query', then: { kind: 'status', status: 403 } });
  const keys = tenKeysIn(await setup());
  expect(keys).toHaveLength(10);
  expect(keys.filter((key) => 'lastUsed' in key)).toEqual([]);
});

test('the key that a flag names is deleted before the new one is made, and no other; run again, nothing is written', async () => {
  const { setup, writes, forgetRequests, cloud, heldKey, requests } = await openWith(10);
  const planned = await setup({ deleteKey: third, dryRun: true });
  expect(planned.result.changes).toContainEqual(
    expect.objectContaining({ step: 'key', sign: '-', name: third, source: 'you gave --delete-key' }),
  );
  expect(await writes()).toEqual([]);

  expect(await setup({ deleteKey: third })).toMatchObject({ exit: 0 });
  const { id } = await heldKey();
  expect((await cloud.keys()).toSorted()).toEqual([...others(third), id].toSorted());
  const keys = (await requests()).filter(({ path, method }) => path.includes('/keys') && method !== 'GET');
  expect(keys.map(({ method }) => method)).toEqual(['DELETE', 'POST']);

  await forgetRequests();
  const again = await setup({ deleteKey: third });
  expect(again.exit).toBe(0);
  expect(JSON.stringify(again.events)).not.toContain('attention');
  expect(await writes()).toEqual([]);
});

test('a key that is none of the account, none at all, or the one in the file is not deleted', async () => {
  const { setup, writes, heldKey, cloud } = await openWith(10);
  const stranger = 'f'.repeat(40);
  const run = await setup({ deleteKey: stranger });
  tenKeysIn(run);
  expect(run.result.problem?.why).toBe(`${stranger} is not one of them`);
  expect(await setup({ deleteKey: 'the-old-one' })).toMatchObject({ exit: 64 });
  expect(await writes()).toEqual([]);

  await cloud.deleteKey(first ?? '');
  await setup();
  const { id } = await heldKey();
  const before = await writes();
  for (const run of [await setup({ deleteKey: id })])
    expect(run).toMatchObject({
      exit: 3,
      result: { problem: { what: expect.stringContaining('is the one in') } },
    });
  expect(await writes()).toEqual(before);
});

test('a rotation needs room for one more key: without it, it asks for one to delete, which is not the one in the file', async () => {
  const { setup, rotate, heldKey, cloud } = await openWith(9);
  expect((await setup()).exit).toBe(0);
  const { id: old } = await heldKey();
  const keys = tenKeysIn(await rotate());
  expect(keys.filter(({ inUse }) => inUse)).toMatchObject([{ id: old }]);
  expect(await rotate({ deleteKey: old })).toMatchObject({ exit: 3 });
  expect((await heldKey()).id).toBe(old);

  expect(await rotate({ deleteKey: second, grace: '0' })).toMatchObject({ exit: 0 });
  const nine = tenKeys.slice(0, 9).map(({ id }) => id);
  expect((await cloud.keys()).toSorted()).toEqual(
    [...nine.filter((id) => id !== second), (await heldKey()).id].toSorted(),
  );
});
