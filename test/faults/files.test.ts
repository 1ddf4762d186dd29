import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCloud, prepare, prepareBoth, type OpenCloud } from '../commands/cloud.ts';
import { eventsOf, expectPlain } from '../commands/iamready.ts';
import { expectRefused } from '../commands/refused.ts';

const isRoot = process.getuid?.() === 0;

let cloud: OpenCloud;
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud[Symbol.asyncDispose]());

describe.concurrent('a journal that', () => {
  /** Where the journal of these runs stands; its folder is made. */
  async function journalOf({ home }: { home: { path: (...names: string[]) => string } }): Promise<string> {
    const file = home.path(
      'state',
      new URL(cloud.endpoint).host.replace(':', '_'),
      cloud.project,
      'remotion-cloudrun.json',
    );
    await mkdir(dirname(file), { recursive: true });
    return file;
  }

  test('is of a newer version stops the run before anything is done, and stays as it is', async () => {
    await using at = await prepare(cloud);
    const file = await journalOf(at);
    const text = '{"v":3,"answers":{},"intents":{},"receipts":{}}';
    await writeFile(file, text);
    await expectRefused(at, at.setup(), {
      exit: 3,
      asText: true,
      what: /written by a newer version of iamready/,
      next: /^install the newer version/,
    });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('holds what no journal holds is set aside, and told of, and the run goes on without it', async () => {
    await using at = await prepareBoth();
    const folder = at.home.path('state', new URL(at.cloud.endpoint).host.replace(':', '_'), at.cloud.project);
    await mkdir(folder, { recursive: true });
    const text = '{"v":1,"answers":{},"intents":{"key":"\\u001b[2J"},"receipts":{}}';
    await writeFile(`${folder}/remotion-cloudrun.json`, text);
    const ran = await at.home.run(at.setup());
    expect(ran.exitCode, ran.stderr).toBe(0);
    expectPlain(ran);
    const [aside = ''] = (await readdir(folder)).filter((name) => name.includes('unreadable'));
    expect(ran.stderr.replaceAll(/\s+/g, '')).toContain(`movedto${folder}/${aside};`);
    expect(await readFile(`${folder}/${aside}`, 'utf8')).toBe(text);
  });

  test('is a folder stops the run', async () => {
    await using at = await prepare(cloud);
    await mkdir(await journalOf(at));
    await expectRefused(at, at.setup(), {
      exit: 3,
      what: /the journal .* cannot be used \(EISDIR\)/,
      next: /--state-dir/,
    });
  });

  test.skipIf(isRoot)('cannot be read stops the run', async () => {
    await using at = await prepare(cloud);
    const file = await journalOf(at);
    await writeFile(file, '{}');
    await chmod(file, 0);
    await expectRefused(at, at.setup(), { exit: 3, what: /cannot be used \(EACCES\)/, next: /--state-dir/ });
  });

  test('has no folder to be in stops the run', async () => {
    await using at = await prepare(cloud);
    const file = await at.home.write('file', '');
    await expectRefused(at, at.setup({ 'state-dir': `${file}/state` }), {
      exit: 3,
      what: /the journal .* cannot be used \(ENOTDIR\)/,
      next: /--state-dir/,
    });
  });

  test('another run holds stops the run, which names that one', async () => {
    await using at = await prepare(cloud);
    const owner = { pid: process.pid, host: hostname(), at: new Date().toISOString() };
    await writeFile(`${await journalOf(at)}.lock`, JSON.stringify(owner));
    await expectRefused(at, at.setup(), {
      exit: 3,
      what: new RegExp(`another run is at work on this project: process ${process.pid}, since `),
      next: /^wait until it has ended/,
    });
  });

  test('a dead run held is taken over', async () => {
    await using at = await prepare(cloud);
    // Above what Linux and macOS give out.
    const owner = { pid: 99_999_999, host: hostname(), at: '2026-01-02T03:04:05.000Z' };
    await writeFile(`${await journalOf(at)}.lock`, JSON.stringify(owner));
    const ran = await at.home.run(at.setup({ 'dry-run': true, yes: undefined }));
    expect(ran.exitCode, ran.stderr).toBe(2);
  });
});

test('a key folder that cannot be made ends with 3, and no key is asked for', async () => {
  await using at = await prepareBoth();
  const ran = await at.home.run([...at.setup({ 'key-file': '/proc/iamready/key.json' }), '--json']);
  expect(eventsOf(ran).result).toMatchObject({
    exitCode: 3,
    problem: {
      what: expect.stringContaining('the key file /proc/iamready/key.json cannot be used') as string,
    },
  });
  expect((await at.cloud.world()).keys.filter(({ type }) => type === 'USER_MANAGED')).toEqual([]);
});

/** Mounts a file system of so many bytes; nothing where that is not possible. */
async function tinyDisk(folder: string, bytes: number) {
  await mkdir(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { [Symbol.dispose]: () => void execFileSync('umount', ['-l', folder], { stdio: 'ignore' }) };
}

describe('a full disk', () => {
  const notice = 'no file system can be mounted here: full disks are not tested';

  test('under the key ends with 3; no key is left in the cloud, and no part of one on the disk', async ({
    skip,
  }) => {
    await using at = await prepareBoth();
    using disk = await tinyDisk(at.home.path('disk'), 4096);
    if (!disk) skip(notice);
    await writeFile(at.home.path('disk', 'full'), Buffer.alloc(4096));
    const ran = await at.home.run(at.setup({ 'key-file': at.home.path('disk', 'key.json') }));
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout).toMatch(/the disk is full/);
    expect(ran.stdout).toMatch(/Next +free some space, then run this again/);
    expectPlain(ran);
    expect(await readdir(at.home.path('disk'))).toEqual(['full']);
    expect((await at.cloud.world()).keys.filter(({ type }) => type === 'USER_MANAGED')).toEqual([]);
    const again = await at.home.run(at.setup());
    expect(again.exitCode, again.stderr).toBe(0);
  });

  test('that fills up once the key is made ends with 3, and the key is deleted again', async ({ skip }) => {
    await using at = await prepareBoth();
    using disk = await tinyDisk(at.home.path('disk'), 8192);
    if (!disk) skip(notice);
    // The key is made, and its answer waits until the disk has been filled.
    await at.cloud.fault({
      method: 'POST',
      path: '*/keys',
      times: 1,
      then: { kind: 'delay', milliseconds: 4000 },
    });
    const running = at.home.start(at.setup({ 'key-file': at.home.path('disk', 'key.json') }));
    await at.cloud.asked('POST', /\/keys$/);
    await writeFile(at.home.path('disk', 'full'), Buffer.alloc(8192)).catch(() => undefined);
    const { exitCode, stdout } = await running;
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/the disk is full/);
    const keys = (await at.cloud.requests()).filter(
      ({ path }) => path.includes('/keys/') || path.endsWith('/keys'),
    );
    expect(
      keys.filter(({ method }) => method !== 'GET').map(({ method, status }) => [method, status]),
    ).toEqual([
      ['POST', 200],
      ['DELETE', 200],
    ]);
    expect((await at.cloud.world()).keys.filter(({ type }) => type === 'USER_MANAGED')).toEqual([]);
    expect(await readdir(at.home.path('disk'))).toEqual(['full']);
  });

  test('under the journal ends with 3 before anything is written to the cloud', async ({ skip }) => {
    await using at = await prepareBoth();
    using disk = await tinyDisk(at.home.path('disk'), 16_384);
    if (!disk) skip(notice);
    await writeFile(at.home.path('disk', 'full'), Buffer.alloc(16_384));
    const ran = await at.home.run([...at.setup({ 'state-dir': at.home.path('disk') }), '--json']);
    expect(eventsOf(ran).result).toMatchObject({ exitCode: 3, problem: { why: 'the disk is full' } });
    expect(await at.cloud.writes()).toEqual([]);
  });

  test('under stdout ends with 3, told on stderr', async ({ skip }) => {
    if (!existsSync('/dev/full')) skip('there is no /dev/full here');
    await using at = await prepare(cloud);
    for (const more of [{}, { json: true as const }]) {
      const { exitCode, stderr } = await at.home.shell('"$@" > /dev/full', at.check(more));
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/the results cannot be written \(ENOSPC\)/);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });
});
