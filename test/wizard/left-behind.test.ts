import { mkdir, mkdtemp, readdir, readFile, realpath, stat, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openJournal } from '../../src/wizard/journal.ts';
import { removeLeftBehind, withPart, writeWhole } from '../../src/wizard/write-whole.ts';

/** Above what Linux and macOS give out. */
const dead = 99_999_999;
const part = (name: string, pid: number): string => `${name}.part-${pid}-0123456789ab`;

let file: string;
beforeEach(async () => {
  file = join(await realpath(await mkdtemp(join(tmpdir(), 'iamready-left-'))), 'p', 'profile.json');
  await mkdir(dirname(file));
});

test('what a killed run left half-written beside a journal is removed by the next, and nothing else is', async () => {
  const left = [
    part('profile.json', dead),
    part('profile.json.lock', dead),
    part('profile.json', process.pid),
  ];
  const others = [
    part('profile.json', process.ppid),
    part('other.json', dead),
    'profile.json.part-1',
    'profile.json.bak',
  ];
  for (const name of [...left, ...others]) await writeFile(join(dirname(file), name), '');
  const journal = await openJournal(file);
  await journal.close();
  expect(await readdir(dirname(file))).toEqual(others.toSorted());
});

test('the lock of a process that had our ID before us is taken over', async () => {
  const lock = { pid: process.pid, host: hostname(), at: '2026-01-02T03:04:05.000Z' };
  await writeFile(`${file}.lock`, JSON.stringify(lock));
  await (await openJournal(file)).close();
  expect(await readdir(dirname(file))).toEqual([]);
});

test('a file is written whole, for its owner only, where a link leads to it, and a part in the making stays', async () => {
  const link = join(dirname(file), 'link.json');
  await writeFile(file, 'old', { mode: 0o644 });
  await symlink(file, link);
  await withPart(file, 'half', async (half) => {
    expect((await stat(half)).mode & 0o777).toBe(0o600);
    await removeLeftBehind(file);
    expect(await readFile(half, 'utf8')).toBe('half');
    await writeWhole(link, 'new');
  });
  expect(await readdir(dirname(file))).toEqual(['link.json', 'profile.json']);
  expect(await readFile(file, 'utf8')).toBe('new');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
