import { execFileSync } from 'node:child_process';
import { appendFile, chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStage } from './stage.ts';

test('a key file that works is kept, also where nothing remembers how it was made', async () => {
  const { folder, setup, writes, forgetRequests, heldKey, cloud } = await openStage();
  await setup();
  const before = await heldKey();
  await forgetRequests();
  expect((await setup({ stateDir: join(folder, 'another-state') })).exit).toBe(0);
  expect(await heldKey()).toEqual(before);
  expect(await cloud.keys()).toEqual([before.id]);
  expect(await writes()).toEqual([]);
});

test('a key that a colleague made by hand is adopted from its file', async () => {
  const { setup, heldKey, keyFile, cloud } = await openStage();
  await cloud.enableService('iam.googleapis.com');
  await cloud.createAccount();
  const theirs = await cloud.createKey();
  await mkdir(join(keyFile, '..'));
  await writeFile(keyFile, theirs.file, { mode: 0o600 });
  expect((await setup()).exit).toBe(0);
  expect(await heldKey()).toMatchObject({ id: theirs.id });
  expect(await cloud.keys()).toEqual([theirs.id]);
});

test('a key file that others may read is closed, and its key is kept', async () => {
  const { setup, check, writes, forgetRequests, heldKey, keyFile } = await openStage();
  await setup();
  const before = await heldKey();
  await chmod(keyFile, 0o644);
  expect((await check()).result.changes).toMatchObject([{ step: 'key', name: keyFile }]);
  await forgetRequests();
  expect((await setup()).exit).toBe(0);
  expect(await heldKey()).toEqual(before);
  expect(await writes()).toEqual([]);
});

test('another place for the key gets a key of its own, and the first is left as it is', async () => {
  const { folder, setup, heldKey, cloud } = await openStage();
  await setup();
  const before = await heldKey();
  const keyFile = join(folder, 'elsewhere', 'key.json');
  expect((await setup({ keyFile })).exit).toBe(0);
  expect(await heldKey()).toEqual(before);
  expect(await cloud.keys()).toHaveLength(2);
  expect(await readFile(keyFile, 'utf8')).not.toContain(before.id);
});

const occupants: Record<string, (stage: Awaited<ReturnType<typeof openStage>>) => Promise<string>> = {
  'a key of another account': async ({ cloud }) => {
    await cloud.enableService('iam.googleapis.com');
    await cloud.createAccount('another-account');
    return (await cloud.createKey('another-account')).file;
  },
  'a letter': () => Promise.resolve('Dear Ada,\n'),
  'nothing at all': () => Promise.resolve(''),
  'credentials of another kind': () =>
    Promise.resolve(
      JSON.stringify({ type: 'authorized_user', client_id: 'id', refresh_token: 'secret-refresh' }),
    ),
};

test.each(Object.keys(occupants))('a file that holds %s is never overwritten', async (name) => {
  const stage = await openStage();
  const { setup, writes, forgetRequests, keyFile } = stage;
  const content = (await occupants[name]?.(stage)) ?? '';
  await mkdir(join(keyFile, '..'));
  await writeFile(keyFile, content, { mode: 0o640 });
  await forgetRequests();

  const run = await setup();
  expect(run).toMatchObject({ exit: 3, result: { status: 'blocked', states: { key: 'blocked' } } });
  expect(run.result.problem?.next).toContain('--key-file');
  expect(JSON.stringify(run.events)).not.toContain('secret-refresh');
  expect(await readFile(keyFile, 'utf8')).toBe(content);
  expect(await readdir(join(keyFile, '..'))).toEqual(['remotion-sa.json']);
  expect(await writes()).toEqual([]);
});

test('in a git work tree the key must be ignored: the line is told, and with it in place all is well', async () => {
  const { folder, setup, writes, heldKey, keyFile } = await openStage();
  execFileSync('git', ['init', '--quiet', folder]);
  const run = await setup();
  expect(run).toMatchObject({ exit: 3, result: { status: 'blocked', states: { key: 'blocked' } } });
  expect(await writes()).toEqual([]);
  await expect(readFile(keyFile)).rejects.toThrow('ENOENT');

  const told = /^add this line to (?<file>.*): (?<line>\S+)$/.exec(run.result.problem?.next ?? '')?.groups;
  expect(told).toMatchObject({ file: join(folder, '.gitignore'), line: '/keys/remotion-sa.json' });
  await appendFile(told?.['file'] ?? '', `${told?.['line'] ?? ''}\n`);
  expect((await setup()).exit).toBe(0);
  expect((await heldKey()).mode).toBe(0o600);
  const seen = execFileSync('git', ['-C', folder, 'status', '--porcelain', '-uall'], { encoding: 'utf8' });
  expect(seen).not.toContain('remotion-sa.json');
});
