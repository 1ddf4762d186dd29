import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keysFolder, projectPath } from '../../src/commands/folders.ts';
import { testPermissions, type TestFlags } from '../../src/commands/test-permissions.ts';
import { Event } from '../../src/faces/json/events.ts';
import { ProblemError } from '../../src/wizard/problem.ts';
import { MISSING, PROJECT, renderer, type Renderer } from '../proof/renderer.ts';
import { openHome } from './iamready.ts';
import { intoMemory } from './into-memory.ts';

const profile = 'remotion-cloudrun';
let at: Renderer;
beforeAll(async () => {
  at = await renderer();
});
afterAll(() => at[Symbol.asyncDispose]());

async function run(
  flags: TestFlags,
  { columns, env = {} }: { columns?: number; env?: NodeJS.ProcessEnv } = {},
) {
  const { out, text } = intoMemory(columns);
  const surroundings = { out, env: { LC_ALL: 'C.UTF-8', HOME: at.folder, ...env } };
  const exit = await testPermissions(
    { endpoint: at.endpoint, ...flags },
    surroundings,
    new AbortController().signal,
  );
  return { exit, text: text() };
}

async function problem(flags: TestFlags) {
  const error: unknown = await run(flags).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProblemError)) throw error;
  return error.problem;
}

test.each([undefined, 40])(
  'each permission has a line, and each missing one a cause and a next step (%s columns)',
  async (columns) => {
    const { exit, text } = await run(
      { profile, keyFile: at.keyFile },
      columns === undefined ? {} : { columns },
    );
    expect(exit).toBe('invalid');
    expect(text.match(/^ {2}✓ {2}\S+$/gm)).toHaveLength(13);
    expect(text.match(/^ {2}✗ {2}\S+$/gm)).toEqual(MISSING.map((name) => `  ✗  ${name}`));
    const flat = text.replaceAll(/\s+/g, ' ');
    expect(flat).toContain('fails without it: Update a Cloud Run service');
    expect(flat).toContain(`! ${MISSING.join(', ')} no role of it in ${PROJECT} holds it`);
    expect(flat).toMatch(/Next let an owner of acme-site run iamready check/);
    expect(flat).toMatch(/13 of 15 granted\. $/);
    // Names and addresses are never broken, and may be wider.
    const wide = text
      .split('\n')
      .filter((line) => line.length > (columns ?? 80) && line.trim().includes(' '));
    expect(wide.filter((line) => !line.includes(at.keyFile))).toEqual([]);
  },
);

test('as JSON it is a line for each permission, and a result that names those that are missing', async () => {
  const { exit, text } = await run({ profile, keyFile: at.keyFile, json: true });
  const events = text
    .trimEnd()
    .split('\n')
    .map((line) => Event.parse(JSON.parse(line)));
  expect(exit).toBe('invalid');
  expect(events.slice(0, -1).every(({ type }) => type === 'test')).toBe(true);
  expect(events.find((event) => event.type === 'test' && event.name === MISSING[0])).toMatchObject({
    granted: false,
    reason: 'not-known',
  });
  expect(events.at(-1)).toMatchObject({
    ...{ type: 'result', status: 'differs', exitCode: 5, email: at.email, project: PROJECT },
    ...{ permissions: 15, missing: MISSING, source: at.keyFile },
  });
});

test('what all is granted ends well, by impersonation and by the key that setup left in its usual place', async () => {
  const tokenFile = await at.write('token', at.token);
  const permissions = 'run.services.get, run.services.list';
  const acting = { accessTokenFile: tokenFile, impersonateServiceAccount: at.email, project: PROJECT };
  // An owner may not do so by that alone.
  expect(await problem({ ...acting, permissions })).toMatchObject({
    ...{ exit: 'blocked', what: `you may not act as ${at.email}` },
    next: expect.stringMatching(/serviceAccountTokenCreator on renderer@/) as string,
  });
  await at.grant('roles/iam.serviceAccountTokenCreator', undefined, 'user:ada@acme.com');
  const { exit, text } = await run({ ...acting, permissions });
  expect(exit).toBe('done');
  expect(text).toMatch(/All 2 granted\.\n$/);
  // Never the real home of whoever runs this.
  const env = { XDG_CONFIG_HOME: join(at.folder, 'config') };
  const usual = join(keysFolder(env), projectPath(PROJECT, at.endpoint), 'remotion-sa.json');
  await mkdir(dirname(usual), { recursive: true });
  await writeFile(usual, JSON.stringify({ ...at.key, type: 'service_account' }), { mode: 0o600 });
  const found = await run({ profile, permissions, project: PROJECT }, { env });
  expect(found.text.replaceAll(/\s+/g, ' ')).toContain(`signed in with ${usual}, on acme-site`);
});

test('the operator who acts as the account sees the cause that the account itself may not', async () => {
  const acting = { accessTokenFile: await at.write('token', at.token), impersonateServiceAccount: at.email };
  const { text } = await run({ ...acting, profile, project: PROJECT }, { columns: 200 });
  const flat = text.replaceAll(/\s+/g, ' ');
  expect(flat).toContain(`! ${MISSING.join(', ')} its role ${at.role} lacks it`);
  expect(flat).toContain('iamready repair --profile=remotion-cloudrun --project=acme-site');
});

test('what stands in the way is told with one next step and its exit code', async () => {
  const { keyFile } = at;
  const envFile = await at.write('.env', 'A=1\n');
  expect(await problem({ keyFile })).toMatchObject({
    exit: 'unanswered',
    next: expect.stringContaining('--profile=') as string,
  });
  expect(await problem({ keyFile, permissions: 'run' })).toMatchObject({ exit: 'usage' });
  expect(await problem({ permissions: 'run.services.get', envFile })).toMatchObject({
    exit: 'usage',
    what: expect.stringMatching(/--env: without a profile/) as string,
  });
  const { email, owner, write } = at;
  const spare = await owner.keys.create(PROJECT, email);
  const spareFile = await write('spare.json', spare.file.text());
  await owner.keys.delete(PROJECT, email, spare.id);
  expect(await problem({ profile, keyFile: spareFile })).toMatchObject({
    exit: 'invalid',
    next: expect.stringMatching(/iamready rotate/) as string,
  });
});

test('the program exits with 5, and with 64 where a variable is wrong, of which it shows nothing', async () => {
  await using home = await openHome();
  const secret = at.key.private_key.replaceAll('\n', '\\n');
  await home.write(
    'bad.env',
    `REMOTION_GCP_PRIVATE_KEY='${secret}'\nREMOTION_GCP_CLIENT_EMAIL=${at.email}\n`,
  );
  const args = ['test-permissions', `--profile=${profile}`, `--endpoint=${at.endpoint}`];
  const [missing, wrong] = await Promise.all([
    home.run([...args, `--key-file=${at.keyFile}`]),
    home.run([...args, '--env=bad.env']),
  ]);
  expect(missing.exitCode).toBe(5);
  expect(wrong.exitCode).toBe(64);
  const told = wrong.stderr.replaceAll(/\s+/g, ' ');
  expect(told).toContain('REMOTION_GCP_PRIVATE_KEY in bad.env is a key whose line breaks are written \\n');
  expect(told).not.toContain(secret.slice(40, 80));
  expect(told).not.toContain(at.email);
});
