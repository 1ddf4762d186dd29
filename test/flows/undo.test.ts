import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { generateKeyPairSync } from 'node:crypto';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { loadProfile } from '../../src/profile/load.ts';
import { openStage, type Stage } from './stage.ts';
import { worldOf } from './world-of.ts';
import { worldWhere } from './worlds.ts';

const builtIn = join(import.meta.dirname, '../../catalog/profiles/remotion-cloudrun.yaml');

/** Where the journal of a stage's project is. */
const journalOf = ({ folder, endpoint, project }: Stage) =>
  join(folder, 'state', new URL(endpoint).host.replaceAll(':', '_'), project, 'remotion-cloudrun.json');

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

test('undo leaves the cloud as it was before setup, names what is only soft-deleted, and then has nothing to do', async () => {
  const stage = await openStage();
  const { setup, undo, endpoint, keyFile } = stage;
  const before = await worldOf(endpoint);
  await setup();
  const { id } = await stage.heldKey();

  const { exit, result } = await undo();
  expect(exit).toBe(0);
  expect(result.taken?.map(({ what, name }) => `${what} ${name}`)).toEqual([
    `key ${id}`,
    `file ${keyFile}`,
    'grant RemotionSA',
    'account remotion-sa@acme-video.iam.gserviceaccount.com',
    'role RemotionSA',
  ]);
  expect(result.stays?.map(({ text }) => text)).toEqual([
    expect.stringMatching(/^account remotion-sa@\S+: restorable for 30 days, by its unique ID \d{21}$/),
    'role RemotionSA: restorable for 7 days; its ID stays taken for 37',
    'iam.googleapis.com, run.googleapis.com: on, because others may use them by now; --services turns them off',
  ]);
  expect(await isThere(keyFile)).toBe(false);

  const again = await undo({ services: true });
  expect([again.exit, again.result.taken?.map(({ name }) => name)]).toEqual([
    0,
    ['iam.googleapis.com', 'run.googleapis.com'],
  ]);
  const after = await worldOf(endpoint);
  expect(after.world).toEqual(before.world);
  const role = expect.objectContaining({ name: 'projects/acme-video/roles/RemotionSA' }) as unknown;
  expect(after.softDeleted.roles).toEqual([...before.softDeleted.roles, role]);
  expect(after.softDeleted.accounts).toHaveLength(before.softDeleted.accounts.length + 1);

  const third = await undo();
  expect([third.exit, third.result.taken, Object.keys(third.result.states ?? {})]).toEqual([
    0,
    [],
    ['project'],
  ]);
  expect((await setup({ roleId: 'RemotionSA2' })).exit).toBe(0);
});

test('what was there and was changed is set back: enabled, named, titled, extended, narrowed, restored', async () => {
  const role = {
    id: 'RemotionSA',
    title: 'Ours',
    permissions: ['run.jobs.create', 'run.services.get'],
    stage: 'DISABLED' as const,
  };
  const deleted = { id: 'Gone', title: 'Gone', permissions: ['run.services.get'], stage: 'GA' as const };
  const account = { id: 'remotion-sa', displayName: 'Ours', disabled: true, created: 0, keys: [] };
  const stage = await openStage({
    world: await worldWhere(() => ({
      roles: [role, { ...deleted, deleted: Date.now() - 86_400_000 }],
      serviceAccounts: [account],
    })),
  });
  const { setup, undo, endpoint } = stage;
  const before = await worldOf(endpoint);
  expect((await setup({ roleTitle: 'Renderer', accountName: 'Renderer' })).exit).toBe(0);
  expect((await setup({ removeExtra: true })).exit).toBe(0);
  expect((await setup({ roleId: 'Gone' })).exit).toBe(0);
  expect(await worldOf(endpoint)).not.toEqual(before);
  const { exit, result } = await undo({ services: true });
  expect({ exit, refused: result.refused }).toEqual({ exit: 0, refused: [] });
  expect(await worldOf(endpoint)).toEqual(before);
});

test('a role of ours goes also where a run took out of it what the profile asks for no more', async () => {
  const { setup, undo, folder } = await openStage();
  const profile = join(folder, 'team.yaml');
  const text = await readFile(builtIn, 'utf8');
  await writeFile(profile, text);
  await setup({ profile });
  const all = (await loadProfile(profile)).permissions.length;
  await writeFile(profile, text.replace(/\n {2}- name: run\.routes\.invoke\n(?: {4}.*\n)+/u, '\n'));
  expect((await loadProfile(profile)).permissions).toHaveLength(all - 1);
  expect((await setup({ profile, removeExtra: true })).exit).toBe(0);
  expect((await undo({ profile })).result).toMatchObject({ exitCode: 0, refused: [] });
});

test('what was made to go without a key goes as well, also where the account was there before', async () => {
  const account = { id: 'remotion-sa', displayName: 'Ours', disabled: false, created: 0, keys: [] };
  const stage = await openStage({ world: await worldWhere(() => ({ serviceAccounts: [account] })) });
  const { setup, undo, endpoint } = stage;
  const before = await worldOf(endpoint);
  expect((await setup({ keyless: 'impersonation', impersonator: 'user:ada@acme.com' })).exit).toBe(0);
  const { exit, result } = await undo({ services: true });
  expect([exit, result.taken?.[0]]).toEqual([
    0,
    expect.objectContaining({ step: 'undo-access', what: 'access', name: 'user:ada@acme.com' }),
  ]);
  expect((await worldOf(endpoint)).world).toEqual(before.world);
});

test('a dry run shows all of it and writes nothing; without a yes nothing goes, and the flag is named', async () => {
  const { setup, undo, writes, forgetRequests } = await openStage();
  await setup();
  await forgetRequests();
  const dry = await undo({ dryRun: true });
  expect([dry.exit, dry.result.changes?.length, dry.result.taken]).toEqual([2, 5, []]);
  const asked = await undo({ yes: false });
  expect([asked.exit, asked.result.missingFlag]).toEqual([4, '--yes']);
  expect(await writes()).toEqual([]);
  expect((await undo()).exit).toBe(0);
});

test('where nothing was made there is nothing to undo, and a journal that does not tell is said to', async () => {
  const stage = await openStage();
  const never = await stage.undo();
  expect([never.exit, never.result.taken]).toEqual([0, []]);

  const file = journalOf(stage);
  await mkdir(dirname(file), { recursive: true });
  const receipt = { at: '2026-01-02T03:04:05.000Z', evidence: {} };
  const receipts = { role: receipt, validate: receipt };
  await writeFile(file, JSON.stringify({ v: 1, answers: {}, intents: {}, receipts }));
  const { exit, events } = await stage.undo();
  const started = events.find((event) => event.type === 'run.started');
  expect(exit).toBe(0);
  expect(started?.notices).toEqual([expect.stringContaining('did not tell what it made (role)')]);
});

test('right after a setup, while replicas still lag, all of it is found and taken away', async () => {
  const stage = await openStage({ lag: 'rough', clockSpeed: 200, seed: 7 });
  const before = await worldOf(stage.endpoint);
  await stage.setup();
  expect((await stage.undo({ services: true })).exit).toBe(0);
  expect((await worldOf(stage.endpoint)).world).toEqual(before.world);
  expect(JSON.parse(await readFile(journalOf(stage), 'utf8'))).toMatchObject({ made: [], intents: {} });
});

test('a key of somebody that rotating disabled is accepted again, and one that it replaced is named and left', async () => {
  const [disabled, replaced] = ['d', 'e'].map((digit) => digit.repeat(40));
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const keys = [
    { id: disabled ?? '', publicKey: pem, disabled: true },
    { id: replaced ?? '', publicKey: pem, disabled: false },
  ];
  const account = { id: 'remotion-sa', displayName: 'Ours', disabled: false, created: 0, keys };
  const stage = await openStage({ world: await worldWhere(() => ({ serviceAccounts: [account] })) });
  await stage.setup();
  // As rotating writes it down, of keys that no run of ours has made.
  const file = journalOf(stage);
  const journal = z
    .looseObject({ made: z.array(z.unknown()) })
    .parse(JSON.parse(await readFile(file, 'utf8')));
  const entry = { step: 'key', at: '2026-01-02T03:04:05.000Z', what: 'key', name: stage.cloud.email };
  const retired = [
    { ...entry, did: 'disabled', evidence: { id: disabled, deleteAfter: '2026-02-03T04:05:06.000Z' } },
    { ...entry, did: 'replaced', evidence: { id: replaced, file: stage.keyFile } },
  ];
  await writeFile(file, JSON.stringify({ ...journal, made: [...journal.made, ...retired] }));

  const { exit, result } = await stage.undo();
  expect([exit, result.taken?.filter(({ sign }) => sign === '~').map(({ name, to }) => [name, to])]).toEqual([
    0,
    [[disabled, 'enabled, as it was']],
  ]);
  expect(result.stays?.map(({ text }) => text).join()).toContain(`key ${replaced ?? ''} of `);
  expect((await stage.cloud.keys()).toSorted()).toEqual([disabled, replaced]);
  const [first] = (await worldOf(stage.endpoint)).world.keys;
  expect(first).toMatchObject({ id: disabled, disabled: false });
});
