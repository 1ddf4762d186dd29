import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { report, type ReportFlags } from '../../src/commands/report.ts';
import { ProblemError } from '../../src/wizard/problem.ts';
import { flagsOf } from '../access/look-at.ts';
import { email, hostile, oldKey, richWorld } from '../access/rich-world.ts';
import { isWrite, openStage, type Stage } from '../flows/stage.ts';
import { intoMemory } from './into-memory.ts';

const closing: (() => Promise<void>)[] = [];
let stage: Stage;
let markdown: string;

async function run(flags: ReportFlags, of = stage) {
  const [out, err] = [intoMemory(), intoMemory()];
  const given = { ...flagsOf(of), ...flags };
  const exit = await report(given, { out: out.out, err: err.out }, new AbortController().signal);
  return { exit, out: out.text(), err: err.text() };
}

async function problem(flags: ReportFlags) {
  const error: unknown = await run(flags).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw error;
  return error.problem;
}

beforeAll(async () => {
  stage = await openStage({ world: await richWorld() }, (close) => closing.push(close));
  expect((await stage.setup()).exit).toBe(0);
  await stage.forgetRequests();
  markdown = (await run({ markdown: true, regions: 'europe-west1' })).out;
  return () => Promise.all(closing.map((close) => close()));
});

/** The titles of the risks in a report, with their levels. */
const risksIn = (text: string): string[] => text.match(/^### (?:High|Medium|Low): .*$/gmu) ?? [];

test('each risk is found, the worst first, with its remedy', () => {
  expect(risksIn(markdown)).toEqual([
    '### High: A basic role',
    '### Medium: It can run things as every account',
    '### Medium: A role that the profile does not ask for',
    '### Medium: Can use every account, and so this one',
    '### Medium: Another account can use it',
    '### Medium: Keys that nobody uses',
    '### Medium: Old keys',
    '### Low: It ends soon',
    '### Low: A line without effect',
    '### Low: Administrators can use it, too',
    '### Low: A key where none may be needed',
    '### Low: Keys that do not work any more',
  ]);
  expect(markdown).toContain(
    `gcloud projects remove-iam-policy-binding acme-video --member=serviceAccount:${email} --role=roles/editor --condition=None`,
  );
  expect(markdown).toContain(`gcloud iam service-accounts keys disable ${oldKey} --iam-account=${email}`);
  expect(markdown).toMatch(/iamready repair .*--tighten/);
  // Disabled already: it is to be deleted, and not told among those that are old.
  expect(markdown).toContain(`gcloud iam service-accounts keys delete ${'ef'.repeat(20)}`);
});

test('where programs do without a key, one that works is a risk that is told to be taken away', async () => {
  const keyless = { keyless: 'impersonation', impersonator: 'user:vera@acme.com' } as const;
  const { out } = await run({ markdown: true, ...keyless });
  expect(risksIn(out)).toContain('### Medium: A key, although none is needed');
  expect(risksIn(out)).not.toContain('### Low: A key where none may be needed');
});

test('who made what, and when, is told as far as the journal knows, and what was not looked at is named', () => {
  const day = new Date().toISOString().slice(0, 10);
  const made = markdown
    .split('\n')
    .filter((line) => line.includes(`| ${day} `) && line.endsWith('| ada@acme.com |'));
  expect(made.join('\n')).toContain('Made the role RemotionSA with 15 permissions.');
  expect(made.join('\n')).toContain(
    `Granted RemotionSA on the project acme-video to serviceAccount:${email}.`,
  );
  expect(markdown).toContain('| who has what on the folder 418820519377 | you may not look at it |');
});

test('no name can become markup in Markdown', () => {
  expect(hostile).toContain('<script>');
  const outside = markdown.replaceAll(/^```\w+\n[^]*?\n```$/gmu, '');
  expect(outside).not.toMatch(/<(?!!-- iamready report 1 -->|https:)/u);
  expect(markdown).not.toContain('\u202e');
  // Every row of a table has as many cells as its head.
  for (const block of markdown.split('\n\n').filter((each) => each.startsWith('| '))) {
    const cells = block.split('\n').map((row) => row.replaceAll(String.raw`\|`, '').split('|').length);
    expect(new Set(cells).size).toBe(1);
  }
});

test('looking for a report changes nothing in the cloud, and no report holds a key or a token', async () => {
  expect((await stage.requests()).filter(isWrite)).toEqual([]);
  const html = join(stage.folder, 'report.html');
  const { err, exit } = await run({ html });
  expect(exit).toBe('done');
  expect(err).toContain('12 risks, 1 high; in sync with the profile.');
  expect((await stat(html)).mode & 0o777).toBe(0o600);
  const key = await readFile(stage.keyFile, 'utf8');
  const secret = /"private_key":\s*"([^"]+)"/u.exec(key)?.[1]?.slice(60, 120) ?? '';
  expect(secret).toHaveLength(60);
  for (const text of [await readFile(html, 'utf8'), markdown]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(await readFile(join(stage.folder, 'access-token'), 'utf8'));
  }
});

test('a report takes the place of an earlier one, and of nothing else', async () => {
  const html = join(stage.folder, 'again.html');
  await run({ html });
  const before = await readFile(html, 'utf8');
  await run({ html });
  expect(await readFile(html, 'utf8')).not.toBe(before);
  const theirs = join(stage.folder, 'theirs.md');
  await writeFile(theirs, '# Notes\n');
  expect(await problem({ markdown: theirs })).toMatchObject({
    exit: 'blocked',
    what: expect.stringContaining('is no report of iamready') as string,
  });
  expect(await readFile(theirs, 'utf8')).toBe('# Notes\n');
  await mkdir(join(stage.folder, 'a-folder'));
  expect(await problem({ html: join(stage.folder, 'a-folder') })).toMatchObject({ exit: 'blocked' });
  expect(await problem({ html: join(stage.folder, 'no', 'where.html') })).toMatchObject({
    exit: 'blocked',
    what: expect.stringContaining('ENOENT') as string,
  });
  expect(await problem({})).toMatchObject({ exit: 'unanswered' });
  expect(await problem({ markdown: true, regions: 'nowhere' })).toMatchObject({ exit: 'usage' });
});

test('what differs by now is told with what that breaks, and its remedy ends it', async () => {
  const own = await openStage();
  await own.setup();
  const { includedPermissions } = await own.cloud.role();
  const changed = [...includedPermissions.filter((name) => name !== 'run.services.update'), 'run.jobs.run'];
  await own.cloud.patchRole({ includedPermissions: changed }, 'includedPermissions');
  const before = (await run({ markdown: true }, own)).out;
  expect(before).toMatch(/\| Custom role \| differs \| .*run\.services\.update/);
  expect(risksIn(before)).toContain('### Medium: Permissions that the profile does not ask for');
  await own.repair({ removeExtra: true });
  const after = (await run({ markdown: true }, own)).out;
  expect(after).toMatch(/\| Custom role \| as it should be \|/);
  expect(risksIn(after)).not.toContain('### Medium: Permissions that the profile does not ask for');
});

test('what was taken back is told with its day and by whose hand, also once nothing is left', async () => {
  const own = await openStage();
  await own.setup();
  await own.undo();
  const { out } = await run({ markdown: true }, own);
  const gone = out.split('\n').filter((line) => line.includes('Taken back, or found to be gone:'));
  expect(gone.length).toBeGreaterThan(3);
  expect(gone.every((line) => line.endsWith('| ada@acme.com |'))).toBe(true);
  expect(gone.join('\n')).toContain('made the role RemotionSA with 15 permissions');
});

test('of an account that is not there, the report says so', async () => {
  const own = await openStage();
  const { out, exit } = await run({ markdown: true }, own);
  expect(exit).toBe('done');
  expect(out).toContain('**Account:** Not to be looked at.');
  expect(out).toMatch(/the account \S+ \| iam.googleapis.com is off/);
  await own.cloud.enableService('iam.googleapis.com');
  expect((await run({ markdown: true }, own)).out).toContain('**Account:** Not there.');
  expect(out).toContain('The journal on this machine names nothing.');
});
