import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
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
  expect(second.intent('key')?.evidence).toEqual({ existing: 'a b' });
  expect(second.receipt('role')).toEqual({ before: '', after: 'e' });
  expect(second.answers).toEqual({ project: 'p' });
});

test('what is made tells by whose hand, and what was made before anybody was known tells nobody', async () => {
  const service = (name: string) => ({ what: 'service', did: 'enabled', name, evidence: {} });
  const journal = await openJournal(file);
  await journal.record('services', {}, [service('run.googleapis.com')]);
  journal.sign('ada@acme.com');
  await journal.record('services', {}, [service('iam.googleapis.com')]);
  await journal.close();
  const { made } = await readJournal(file);
  expect(made.map(({ name, by }) => [name, by])).toEqual([
    ['run.googleapis.com', undefined],
    ['iam.googleapis.com', 'ada@acme.com'],
  ]);
});

test('a receipt settles the intent of its step, and of no other', async () => {
  const journal = await openJournal(file);
  await journal.intend('key', { existing: '' });
  await journal.intend('other', { x: 'y' });
  await journal.record('key', { id: '1' });
  expect([journal.intent('key'), journal.intent('other')?.evidence]).toEqual([undefined, { x: 'y' }]);
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

test('the lock of a run that died is taken over, and one of another machine only on request', async () => {
  await (await openJournal(file)).close();
  const lock = (host: string) => JSON.stringify({ pid: 999_999_999, host, at: '2026-01-02T03:04:05.000Z' });
  await writeFile(`${file}.lock`, lock(hostname()));
  await (await openJournal(file)).close();
  expect(await readdir(join(file, '..'))).not.toContain('profile.json.lock');

  await writeFile(`${file}.lock`, lock('another-machine'));
  const { what, next } = await problemOf(openJournal(file));
  expect(what).toMatch(
    /process 999999999 on another-machine, since 2026-01-02T03:04:05\.000Z \(\d+ days ago\)/,
  );
  expect(next).toContain('--break-lock');
  await (await openJournal(file, { breakLock: true })).close();
  expect(await readdir(join(file, '..'))).toEqual([]);
});

test('who lost the lock to somebody who broke it does not take it away from them', async () => {
  const first = await openJournal(file);
  const second = await openJournal(file, { breakLock: true });
  await first.close();
  expect(await problemOf(openJournal(file))).toMatchObject({ exit: 'blocked' });
  await second.close();
});

test('what was made is remembered in order, and forgotten when it is gone', async () => {
  const journal = await openJournal(file);
  const role = { what: 'role', did: 'created', name: 'projects/p/roles/r', evidence: { title: 'R' } };
  const key = { what: 'key', did: 'made', name: 'a@p', evidence: {} };
  await journal.intend('key', { existing: '' }, [key]);
  expect(journal.intent('key')?.making).toEqual([key]);
  await journal.record('role', { after: 'e' }, [role]);
  await journal.record('key', { id: '1' }, [{ ...key, evidence: { id: '1' } }]);
  await journal.record('key', { id: '2' }, [{ ...key, evidence: { id: '2' } }]);
  await journal.close();

  const again = await openJournal(file);
  expect(again.made.map(({ what, evidence }) => [what, evidence])).toEqual([
    ['role', { title: 'R' }],
    ['key', { id: '1' }],
    ['key', { id: '2' }],
  ]);
  again.sign('ada@acme.com');
  await again.forget(again.made.filter(({ evidence }) => evidence['id'] === '1'));
  expect(again.gone).toMatchObject([{ what: 'key', evidence: { id: '1' }, goneBy: 'ada@acme.com' }]);
  await again.record('role', { after: 'f' }, [role]);
  expect(again.made.map(({ what }) => what)).toEqual(['key', 'role']);
  await again.close();
});

test('what an intent was making is forgotten one by one, and with the last the intent; receipts only where they are named', async () => {
  const journal = await openJournal(file);
  const making = ['restored', 'extended'].map((did) => ({ what: 'role', did, name: 'r', evidence: {} }));
  await journal.record('role', { after: 'e' });
  await journal.record('validate', {});
  await journal.intend('role', { before: 'e' }, making);
  const [first, second] = journal.intent('role')?.making ?? [];
  if (first === undefined || second === undefined) throw new Error('the intent is not there');
  await journal.forget([first]);
  expect(journal.intent('role')?.making).toEqual([making[1]]);
  await journal.forget([second], ['role']);
  expect([journal.intent('role'), journal.receipt('role'), journal.receipt('validate')]).toEqual([
    ...[undefined, undefined, {}],
  ]);
  await journal.close();
});

test('a journal that was cut short anywhere is set aside whole, named, and the run goes on without it', async () => {
  const journal = await openJournal(file);
  await journal.intend('key', { existing: 'a' });
  await journal.record('role', { after: 'e' });
  await journal.close();
  const whole = await readFile(file, 'utf8');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.trimEnd().length - 1 }), async (length) => {
      const cut = whole.slice(0, length);
      await writeFile(file, cut);
      expect((await readJournal(file)).notice).toContain(file);
      expect(await readFile(file, 'utf8')).toBe(cut);
      const next = await openJournal(file);
      const [aside = ''] = (await readdir(join(file, '..'))).filter((name) => name.includes('unreadable'));
      expect(next.notice).toContain(join(file, '..', aside));
      expect(await readFile(join(file, '..', aside), 'utf8')).toBe(cut);
      expect([next.intent('key'), next.receipt('role'), next.made]).toEqual([undefined, undefined, []]);
      await next.close();
      await rm(join(file, '..', aside));
    }),
    { numRuns: 30 },
  );
});

test('a journal of version 1 is read on, and claims to have made nothing', async () => {
  await (await openJournal(file)).close();
  const entry = { at: '2026-01-02T03:04:05.000Z', evidence: { existing: 'a' } };
  const old = { v: 1, answers: { project: 'p' }, intents: { key: entry }, receipts: { role: entry } };
  await writeFile(file, JSON.stringify(old));
  const journal = await openJournal(file);
  expect(journal.notice).toBeUndefined();
  expect(journal.answers).toEqual({ project: 'p' });
  expect(journal.intent('key')).toMatchObject({ evidence: { existing: 'a' }, making: [] });
  expect([journal.receipt('role'), journal.made]).toEqual([{ existing: 'a' }, []]);
  expect(journal.untold).toEqual(['role', 'key']);
  await journal.close();
});

test('a journal of a newer version is refused and left as it is', async () => {
  await (await openJournal(file)).close();
  await writeFile(file, JSON.stringify({ v: 3, more: 'than this version knows' }));
  expect((await problemOf(openJournal(file))).what).toMatch(/newer version of iamready \(format 3/);
  expect(await readdir(join(file, '..'))).toEqual(['profile.json']);
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
