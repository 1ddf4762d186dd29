import { cp, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compiledText, readCompiled } from '../../src/catalog/compiled.ts';
import { catalogLint } from '../../src/commands/catalog-lint.ts';
import { catalogRefresh, type RefreshFlags } from '../../src/commands/catalog-refresh.ts';
import { explain } from '../../src/commands/explain.ts';
import { freshCatalog } from '../../src/commands/fresh-catalog.ts';
import { permissions } from '../../src/commands/permissions.ts';
import { search } from '../../src/commands/search.ts';
import { suggest } from '../../src/commands/suggest.ts';
import type { Output } from '../../src/commands/written.ts';
import { Event } from '../../src/faces/json/events.ts';
import { catalogFolder } from '../../src/profile/catalog-folder.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { ProblemError } from '../../src/wizard/problem.ts';
import { largeRoles } from '../catalog/large.ts';
import { openCloud } from './cloud.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'iamready-catalog-'));
afterAll(() => rm(folder, { recursive: true }));

// Nothing is refreshed but where a test does so.
let env: NodeJS.ProcessEnv;
let homes = 0;
beforeEach(() => {
  env = { XDG_CACHE_HOME: path.join(folder, `cache${(homes += 1)}`) };
});

/** What a command writes. */
async function said(run: (output: Output) => Promise<unknown>, given: Partial<Output> = {}): Promise<string> {
  const chunks: string[] = [];
  const out = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  await run({ json: false, out, env, ...given });
  return chunks.join('');
}

/** What a command writes with --json, each line checked against the schema, and the last one being the result. */
async function events(run: (output: Output) => Promise<unknown>): Promise<Event[]> {
  const text = await said(run, { json: true });
  const all = text
    .trimEnd()
    .split('\n')
    .map((line) => Event.parse(JSON.parse(line)));
  expect(all.at(-1)?.type).toBe('result');
  return all;
}

/** What it says of a problem, and its exit. */
async function problem(run: (output: Output) => Promise<unknown>) {
  const error: unknown = await said(run).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemError)) throw new Error('it went through', { cause: error });
  const { what, next, exit } = error.problem;
  return `${exit}: ${what}; ${next}`;
}

const refresh = (flags: RefreshFlags) => (output: Output) =>
  catalogRefresh(flags, output, new AbortController().signal);
const unwrapped = (page: string) => page.replace(/\s+/gu, ' ');

describe('explain', () => {
  test.each([40, 60, 80, 120])('fits into %s columns, but for names and links', async (columns) => {
    for (const word of [
      'run.jobs.run',
      'roles/deploymentmanager.editor',
      'compositeTypes.list',
      'run',
      'levels',
    ]) {
      const page = await said((output) => explain({ word, ...output }), { columns });
      for (const line of page.split('\n')) {
        expect(line).toBe(line.trimEnd());
        if (line.length > columns) expect(line.trim().split(' ').length, line).toBeLessThanOrEqual(2);
      }
    }
  });

  test('says of a permission what it is for, its risk, who holds it, which profile asks for it and why, and the source', async () => {
    const page = unwrapped(await said((output) => explain({ word: 'run.services.create', ...output })));
    for (const part of [
      'run.services.create Create a service.',
      'Cloud Run Admin API (run.googleapis.com), Services',
      'Risk Can have any image serve',
      'roles/run.developer',
      'remotion-cloudrun Deploy new, and edit existing, Cloud Run services. (Remotion)',
      'Cloud Run IAM permissions (2025-10-24) https://cloud.google.com/run/docs/reference/iam/permissions',
    ])
      expect(page).toContain(part);
  });

  test('as JSON is one entry with the same, and the result', async () => {
    const [entry, result] = await events((output) => explain({ word: 'deployments.insert', ...output }));
    expect(entry).toMatchObject({ type: 'entry', kind: 'method', says: 'Creates a deployment.' });
    expect(result).toEqual({ v: 1, type: 'result', status: 'ready', exitCode: 0 });
  });

  test.each([
    [
      'run.service.get',
      /^usage: the catalog knows nothing called "run\.service\.get"; write run\.services\.get if/,
    ],
    ['roles/run.invokr', /write roles\/run\.invoker if that was meant$/],
    [
      'nonsense',
      /; look for a part of its name: iamready search WORDS, or ask Google .*: iamready catalog refresh$/,
    ],
    ['upload code', /; \d+ things? holds? that: iamready search "upload code"$/],
  ])('does not know %s, and says what to do', async (word, says) => {
    expect(await problem((output) => explain({ word, ...output }))).toMatch(says);
  });
});

test('search shows permissions, roles, methods and notes, says how many more there are, and refuses what nothing holds', async () => {
  const page = await said((output) => search({ words: 'run', most: 20, ...output }));
  expect(page).toMatch(/^ {2}Permissions\n/);
  expect(unwrapped(page)).toMatch(/20 of \d+\. One more word finds fewer/);
  const found = await events((output) => search({ words: 'deployments insert', most: 20, ...output }));
  expect(found[0]).toMatchObject({ type: 'found', kind: 'method', name: 'deployments.insert' });
  expect(await problem((output) => search({ words: 'run.servces.get', most: 5, ...output }))).toMatch(
    /write run\.services\.get/,
  );
});

test('suggest takes permissions and methods, and names what it does not know', async () => {
  const page = unwrapped(
    await said((output) => suggest({ permissions: 'run.jobs.run, run.executions.cancel', ...output })),
  );
  expect(page).toContain('roles/run.jobsExecutor Cloud Run Jobs Executor: 2 permissions');
  expect(page).toContain('It gives nothing more.');
  const [found] = await events((output) =>
    suggest({ methods: 'compositeTypes.list,compositeTypes.update,deployments.insert', ...output }),
  );
  expect(found).toMatchObject({
    asked: [
      'deploymentmanager.compositeTypes.list',
      'deploymentmanager.compositeTypes.update',
      'deploymentmanager.deployments.create',
    ],
    role: { role: 'roles/deploymentmanager.editor', missing: [] },
    custom: { refused: [] },
  });
  expect(await problem((output) => suggest({ permissions: 'run.job.run', ...output }))).toMatch(
    /write run\.jobs\.run/,
  );
  expect(await problem((output) => suggest(output))).toMatch(/^unanswered: .*--permissions=.*--methods=/);
});

describe('catalog lint', () => {
  test('is in order, and hides nothing', async () => {
    let ending: string | undefined;
    const brief = await said(async (output) => (ending = await catalogLint({ all: false, ...output })));
    expect(ending).toBe('done');
    expect(unwrapped(brief)).toMatch(/In order: \d+ files\. In 96 points .* --all shows them\./);
    const all = unwrapped(await said((output) => catalogLint({ all: true, ...output })));
    expect(all).toContain('A method is listed twice: 1');
    expect(all).toContain('(deploymentmanager, row 17: compositeTypes.list; deploymentmanager, row 19');
    const found = await events((output) => catalogLint({ all: true, ...output }));
    expect(found.filter(({ type }) => type === 'finding')).toHaveLength(96);
  });

  test('ends with what differs where something is to be mended, and says where and what', async () => {
    const broken = path.join(folder, 'broken');
    await cp(catalogFolder(), broken, { recursive: true });
    const file = path.join(broken, 'acknowledged.yaml');
    await writeFile(
      file,
      (await readFile(file, 'utf8')).replace('- kind: method-twice', '- kind: method-thrice'),
    );
    let ending: string | undefined;
    const text = await said(
      async (output) => (ending = await catalogLint({ all: false, folder: broken, ...output })),
    );
    expect(ending).toBe('differs');
    expect(unwrapped(text)).toContain('method-twice: compositeTypes.list');
    expect(unwrapped(text)).toContain(
      '"method-thrice: compositeTypes.list" is acknowledged, and is not found any more.',
    );
    expect(unwrapped(text)).toMatch(/2 to mend in \d+ files/);
  });
});

describe('catalog refresh', () => {
  test('keeps the roles of the cloud and what a project may hold, which explain and suggest then go by', async () => {
    await using cloud = await openCloud();
    const token = path.join(folder, 'token');
    await writeFile(token, cloud.token);
    const flags = { endpoint: cloud.endpoint, accessTokenFile: token, project: cloud.project };
    const [refreshed] = await events(refresh(flags));
    expect(refreshed).toMatchObject({ type: 'refreshed', from: cloud.endpoint, roles: 394 });
    const page = unwrapped(await said((output) => explain({ word: 'orgpolicy.policy.set', ...output })));
    expect(page).toMatch(/Custom roles may not hold it: Google refuses it there, Google answered on \d{4}/);
    const asked = (await cloud.requests()).filter(({ path: place }) => place.includes('roles'));
    expect(asked.length).toBe(1); // 394 fit into one page
  });

  test('from a file of 2,500 roles and 14,000 permissions knows what the catalog does not', async () => {
    const file = path.join(folder, 'roles.json');
    await writeFile(file, JSON.stringify({ roles: largeRoles() }));
    const made = new Date('2026-10-01T12:00:00Z');
    await utimes(file, made, made);
    expect(unwrapped(await said(refresh({ from: file })))).toMatch(
      /Kept 2,500 roles and 1\d,\d{3} permissions from/,
    );
    const page = unwrapped(await said((output) => explain({ word: 'roles/service003.role3', ...output })));
    expect(page).toContain('roles/service003.role3 Service 3 Role 3 Does what role 3 is for.');
    expect(page).toContain('(2026-10-01)');
    expect(await said((output) => search({ words: 'service003 things2 ', most: 3, ...output }))).toContain(
      'service003.',
    );
  });

  test('leaves what it had where a file is not what it should be, and names it', async () => {
    const good = path.join(folder, 'good.json');
    await writeFile(good, JSON.stringify(largeRoles(20, 100)));
    await said(refresh({ from: good }));
    const bad = path.join(folder, 'bad.json');
    await writeFile(bad, '{"roles": [{"name": "viewer"}]}');
    await expect(said(refresh({ from: bad }))).rejects.toThrow(
      /bad\.json is not in the form .* role 1 has no name/,
    );
    await expect(said(refresh({ from: path.join(folder, 'none.json') }))).rejects.toThrow(
      /none\.json cannot be read \(ENOENT\)/,
    );
    expect(await said((output) => explain({ word: 'roles/service003.role3', ...output }))).toContain(
      'Service 3 Role 3',
    );
    const cache = path.join(env['XDG_CACHE_HOME'] ?? '', 'iamready');
    expect(await readdir(cache)).toEqual(['catalog.txt']);
    await writeFile(path.join(cache, 'catalog.txt'), 'spoiled');
    await expect(said((output) => explain({ word: 'run.jobs.run', ...output }))).rejects.toThrow(
      /catalog refresh has written/,
    );
  });
});

test('what was compiled is what the files say, and is not used once a file was edited', async () => {
  const catalog = await freshCatalog();
  const file = path.join(folder, 'catalog.json');
  await writeFile(file, compiledText(catalog, catalogFolder()));
  expect(readCompiled(file, catalogFolder())).toEqual(JSON.parse(JSON.stringify(catalog)));
  await utimes(file, new Date(0), new Date(0));
  expect(readCompiled(file, catalogFolder())).toBeUndefined();
  expect(readCompiled(path.join(folder, 'none.json'), catalogFolder())).toBeUndefined();
});

test('permissions can be had as YAML, and as the file of a role', async () => {
  const profile = await loadProfile('remotion-cloudrun');
  const text = (form: 'yaml' | 'role-file') =>
    said(({ out }) => permissions({ profile: 'remotion-cloudrun', form, out }));
  expect(parse(await text('yaml'))).toEqual(profile.permissions.map((each) => ({ ...each })));
  expect(parse(await text('role-file'))).toEqual({
    title: 'Remotion API Service Account',
    description: 'What Remotion Cloud Run needs to deploy services, hold sites and render.',
    stage: 'GA',
    includedPermissions: profile.permissions.map(({ name }) => name),
  });
  const forGoogle = ({ out }: Output) => permissions({ profile: 'cloud-run-viewer', form: 'role-file', out });
  expect(await problem(forGoogle)).toMatch(/^usage: cloud-run-viewer has no role of its own/);
});
