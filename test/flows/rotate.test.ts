import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { openStage, type Stage } from './stage.ts';
import { worldWhere } from './worlds.ts';

const DAY = 24 * 3600;
const isRoot = process.getuid?.() === 0;

/** A stage with an account that is ready, and the key in its file. */
async function ready(options: Parameters<typeof openStage>[0] = {}) {
  const stage = await openStage(options);
  expect((await stage.setup()).exit).toBe(0);
  const { id } = await stage.heldKey();
  await stage.forgetRequests();
  return { ...stage, old: id };
}

/** The keys of the account, and which of them are disabled. */
const keysOf = async ({ cloud }: Pick<Stage, 'cloud'>) =>
  (await cloud.keyStates()).map(({ id, disabled }) => `${id}${disabled ? ' disabled' : ''}`).toSorted();

test('a new key takes the place of the old one, which is disabled, and deleted by a later run once its grace is over', async () => {
  const stage = await ready();
  const { old, rotate, setup, check, heldKey, advance, writes, forgetRequests, now, cloud } = stage;
  const { exit, result, events } = await rotate();
  expect(exit).toBe(0);
  const held = await heldKey();
  expect(held).toMatchObject({ mode: 0o600, email: cloud.email, id: expect.not.stringMatching(old) });
  expect(await keysOf(stage)).toEqual([held.id, `${old} disabled`].toSorted());
  expect(result.states).toEqual({ project: 'ready', key: 'ready', validate: 'ready', 'old-key': 'ready' });
  const told = events.findLast((event) => event.type === 'step' && event.step === 'old-key');
  const tomorrow = new Date((await now()).getTime() + DAY * 1000).toISOString().slice(0, 10);
  expect(JSON.stringify(told)).toContain(`key ${old} is disabled, to be deleted after ${tomorrow}`);
  expect((await writes()).map((write) => write.replace(/.*\/(keys.*)/, '$1'))).toEqual([
    'keys',
    `keys/${old}:disable`,
  ]);

  await forgetRequests();
  expect((await setup()).exit).toBe(0);
  expect(await writes()).toEqual([]);
  await advance(DAY + 60);
  expect((await check()).result.changes).toMatchObject([
    { step: 'key', sign: '-', name: old, why: 'its grace is over' },
  ]);
  expect((await setup()).exit).toBe(0);
  expect(await keysOf(stage)).toEqual([held.id]);
  expect((await check()).exit).toBe(0);
});

test('without grace the old key is deleted at once, after it was disabled; with a grace that is no duration nothing is done', async () => {
  const stage = await ready();
  for (const grace of ['soon', '7', '-1d', '1y', '9999w'])
    expect(await stage.rotate({ grace })).toMatchObject({ exit: 64 });
  expect(await stage.rotate({ dryRun: true })).toMatchObject({ exit: 2 });
  expect(await stage.writes()).toEqual([]);
  expect(await stage.rotate({ grace: '0' })).toMatchObject({ exit: 0 });
  expect(await keysOf(stage)).toEqual([(await stage.heldKey()).id]);
  expect((await stage.writes()).slice(-2)).toEqual([
    expect.stringMatching(`${stage.old}:disable$`),
    expect.stringMatching(`^DELETE .*${stage.old}$`),
  ]);
});

test('a second rotation within the grace leaves both old keys disabled, each with an end of its own', async () => {
  const stage = await ready();
  const { old, rotate, setup, heldKey, advance } = stage;
  await rotate({ grace: '1h' });
  const second = (await heldKey()).id;
  expect(await rotate({ grace: '7d' })).toMatchObject({ exit: 0 });
  const third = (await heldKey()).id;
  expect(await keysOf(stage)).toEqual([third, `${old} disabled`, `${second} disabled`].toSorted());
  await advance(2 * 3600);
  expect((await setup()).exit).toBe(0);
  expect(await keysOf(stage)).toEqual([third, `${second} disabled`].toSorted());
});

test('an old key that somebody enables again, because something needs it, is told of and never deleted', async () => {
  const stage = await ready();
  const { old, rotate, setup, advance, heldKey, cloud, check } = stage;
  await rotate({ grace: '1h' });
  await cloud.enableKey(old);
  await advance(2 * 3600);
  const run = await setup();
  expect(run).toMatchObject({ exit: 0 });
  expect(JSON.stringify(run.events)).toContain('somebody has enabled it again: it is left as it is');
  expect(await keysOf(stage)).toEqual([(await heldKey()).id, old].toSorted());
  expect((await check()).exit).toBe(0);
});

test('what is no working key of the account is not rotated: setup is named, and nothing is written', async () => {
  const stage = await ready();
  const { old, rotate, writes, forgetRequests, keyFile, cloud } = stage;
  const text = await readFile(keyFile, 'utf8');
  const worthless: Record<string, () => Promise<unknown>> = {
    'no key of that account': () => rm(keyFile),
    'no key': () => writeFile(keyFile, '{}'),
    'is disabled': async () => {
      await writeFile(keyFile, text);
      await cloud.disableKey(old);
    },
    'Invalid JWT Signature': () => cloud.deleteKey(old),
  };
  for (const [why, spoil] of Object.entries(worthless)) {
    await spoil();
    await forgetRequests();
    const run = await rotate();
    expect(run).toMatchObject({ exit: 3, result: { status: 'blocked', states: { key: 'blocked' } } });
    expect(run.result.problem?.why).toContain(why);
    expect(run.result.problem?.next).toContain('iamready setup');
    expect(await writes()).toEqual([]);
  }
});

test('where an organisation policy forbids keys, the constraint is named, and the old key stays in its file and in use', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const old = '0123456789abcdef0123456789abcdef01234567';
  const keys = [{ id: old, publicKey, disabled: false }];
  const account = { id: 'remotion-sa', disabled: false, created: Date.parse('2024-02-29'), keys };
  const constraint = 'iam.disableServiceAccountKeyCreation';
  const world = await worldWhere(({ services }) => ({
    serviceAccounts: [account],
    services: [...services, 'orgpolicy.googleapis.com'],
    orgPolicies: [{ constraint, enforced: true }],
  }));
  const stage = await openStage({ world });
  const { setup, rotate, check, heldKey, keyFile, cloud, writes, forgetRequests } = stage;
  const held = { private_key_id: old, private_key: privateKey, client_email: cloud.email };
  await mkdir(dirname(keyFile));
  await writeFile(keyFile, JSON.stringify({ type: 'service_account', ...held }), { mode: 0o600 });
  expect((await setup()).exit).toBe(0);
  await forgetRequests();

  const run = await rotate();
  expect(run).toMatchObject({ exit: 3, result: { status: 'blocked' } });
  expect(run.result.problem?.what).toContain(constraint);
  expect(await writes()).toEqual([]);
  expect((await heldKey()).id).toBe(old);
  expect(await keysOf(stage)).toEqual([old]);
  expect((await check()).exit).toBe(0);
});

test('where replicas lag, the file keeps its key until Google accepts the new one, and the wait is shown', async () => {
  const stage = await openStage({ lag: 'rough', seed: 7 });
  expect((await stage.setup()).exit).toBe(0);
  const { id: old } = await stage.heldKey();
  const { exit, events } = await stage.rotate({ grace: '0' });
  expect(exit).toBe(0);
  const waits = events.flatMap((event) => (event.type === 'progress' ? [event.waitingFor] : []));
  expect(waits).toContain('Google to accept the new key');
  expect(JSON.stringify(events)).not.toContain('PRIVATE KEY');
  const { id } = await stage.heldKey();
  expect(id).not.toBe(old);
  expect((await stage.check()).exit).toBe(0);
});

test('a rotation whose test fails leaves the old key in use; the next one finishes it, and makes no other key', async () => {
  const stage = await ready();
  const { old, rotate, setup, cloud, heldKey, writes, forgetRequests } = stage;
  const whole = await cloud.role();
  await cloud.patchRole({ includedPermissions: whole.includedPermissions.slice(1) }, 'includedPermissions');
  const stop = new AbortController();
  const run = await rotate(
    {},
    {
      stop,
      onEvent(event) {
        if (event.type === 'progress' && event.step === 'validate') stop.abort(new Error('enough'));
      },
    },
  );
  expect(run.exit).toBe(130);
  const { id } = await heldKey();
  expect(id).not.toBe(old);
  expect(await keysOf(stage)).toEqual([id, old].toSorted());

  const mended = await setup();
  expect(mended.exit).toBe(0);
  expect(JSON.stringify(mended.events)).toContain(`key ${old} was replaced, and is still accepted`);
  await forgetRequests();
  expect((await rotate()).exit).toBe(0);
  expect(await keysOf(stage)).toEqual([id, `${old} disabled`].toSorted());
  expect(await writes()).toEqual([expect.stringMatching(`${old}:disable$`)]);
});

test.skipIf(isRoot)('a file that cannot be replaced is seen before a key is made', async () => {
  const stage = await ready();
  const { old, rotate, keyFile, writes, heldKey } = stage;
  await chmod(dirname(keyFile), 0o500);
  expect(await rotate()).toMatchObject({ exit: 3, result: { states: { key: 'blocked' } } });
  await chmod(dirname(keyFile), 0o700);
  expect((await heldKey()).id).toBe(old);
  expect(await writes()).toEqual([]);
});

test('a key that a colleague made by hand is rotated as well, and nothing but the file is left of it', async () => {
  const stage = await openStage();
  const { cloud, setup, rotate, keyFile, heldKey } = stage;
  await cloud.enableService('iam.googleapis.com');
  await cloud.createAccount();
  const theirs = await cloud.createKey();
  await mkdir(dirname(keyFile));
  await writeFile(keyFile, theirs.file, { mode: 0o600 });
  expect((await setup()).exit).toBe(0);
  expect((await rotate({ grace: '0' })).exit).toBe(0);
  expect(await keysOf(stage)).toEqual([(await heldKey()).id]);
  expect(await readdir(dirname(keyFile))).toEqual(['remotion-sa.json']);
});

test('undo takes both keys of ours away after a rotation, and enables again one that somebody else had made', async () => {
  const stage = await ready();
  const { rotate, undo, cloud } = stage;
  await rotate();
  expect((await undo()).exit).toBe(0);
  await expect(cloud.account()).rejects.toThrow('404');

  const other = await openStage();
  await other.cloud.enableService('iam.googleapis.com');
  await other.cloud.createAccount();
  const theirs = await other.cloud.createKey();
  await mkdir(dirname(other.keyFile));
  await writeFile(other.keyFile, theirs.file, { mode: 0o600 });
  await other.setup();
  expect((await other.rotate()).exit).toBe(0);
  expect((await other.undo()).exit).toBe(0);
  expect(await keysOf(other)).toEqual([theirs.id]);
});
