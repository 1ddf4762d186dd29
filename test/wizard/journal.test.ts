import { chmod, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { openJournal, readJournal } from '../../src/wizard/journal.ts';
import { ProblemError } from '../../src/wizard/problem.ts';

let file: string;
beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'iamready-journal-')), 'p', 'profile.json');
});

async function problemOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problem;
}

test('what one run recorded, the next run reads', async () => {
  const first = await openJournal(file);
  await first.intend('key', { existing: 'a b' });
  await first.answer({ project: 'p' });
  await first.record('role', { before: '', after: 'e' });
  await first.close();
  const second = await readJournal(file);
  expect(second.intent('key')).toEqual({ existing: 'a b' });
  expect(second.receipt('role')).toEqual({ before: '', after: 'e' });
  expect(second.answers).toEqual({ project: 'p' });
});

test('a receipt settles the intent of its step, and of no other', async () => {
  const journal = await openJournal(file);
  await journal.intend('key', { existing: '' });
  await journal.intend('other', { x: 'y' });
  await journal.record('key', { id: '1' });
  expect([journal.intent('key'), journal.intent('other')]).toEqual([undefined, { x: 'y' }]);
  await journal.close();
});

test('only its owner can read it, and nothing else is left beside it', async () => {
  const journal = await openJournal(file);
  await journal.record('role', { after: 'e' });
  await journal.close();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(file, '..'))).toEqual(['profile.json']);
});

test('writes side by side end in one whole file that has them all', async () => {
  const journal = await openJournal(file);
  await Promise.all(Array.from({ length: 20 }, (_, n) => journal.record(`s${n}`, { n: String(n) })));
  await journal.close();
  const again = await readJournal(file);
  for (let n = 0; n < 20; n++) expect(again.receipt(`s${n}`)).toEqual({ n: String(n) });
});

test('a second run is refused while the first one lives, and told which process it is', async () => {
  const first = await openJournal(file);
  const problem = await problemOf(openJournal(file));
  expect(problem).toMatchObject({ exit: 'blocked', what: expect.stringContaining(String(process.pid)) });
  await first.close();
  await (await openJournal(file)).close();
});

test('the lock of a run that died is taken over', async () => {
  await (await openJournal(file)).close();
  await writeFile(`${file}.lock`, '999999999');
  await (await openJournal(file)).close();
  expect(await readdir(join(file, '..'))).not.toContain('profile.json.lock');
});

test('a journal that was cut short anywhere is refused, named, and left as it is', async () => {
  const journal = await openJournal(file);
  await journal.intend('key', { existing: 'a' });
  await journal.record('role', { after: 'e' });
  await journal.close();
  const whole = await readFile(file, 'utf8');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.trimEnd().length - 1 }), async (length) => {
      const cut = whole.slice(0, length);
      await writeFile(file, cut);
      const problem = await problemOf(openJournal(file));
      expect(problem).toMatchObject({ exit: 'blocked', what: expect.stringContaining(file) });
      expect(await readFile(file, 'utf8')).toBe(cut);
      expect(await readdir(join(file, '..'))).toEqual(['profile.json']);
    }),
    { numRuns: 30 },
  );
});

test('a journal of another version is refused with the field that is wrong', async () => {
  await (await openJournal(file)).close();
  await writeFile(file, JSON.stringify({ v: 2, answers: {}, intents: {}, receipts: {} }));
  expect((await problemOf(readJournal(file))).why).toMatch(/^v: /);
});

test('a journal opened for reading makes no file and no folder', async () => {
  const journal = await readJournal(file);
  await journal.close();
  await expect(stat(join(file, '..'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a folder that takes no files is named, with the flag that gives another', async () => {
  const parent = join(file, '..', '..');
  await writeFile(join(parent, 'p'), 'a file where a folder should be');
  const problem = await problemOf(openJournal(file));
  expect(problem).toMatchObject({ exit: 'blocked', next: expect.stringContaining('--state-dir') });
  await chmod(parent, 0o700);
});
