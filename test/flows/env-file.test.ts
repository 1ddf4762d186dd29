import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { Event } from '../../src/faces/json/events.ts';
import { outputOf } from '../handoff/readers.ts';
import { openStage, type Stage } from './stage.ts';

const names = ['REMOTION_GCP_PRIVATE_KEY', 'REMOTION_GCP_CLIENT_EMAIL', 'REMOTION_GCP_PROJECT_ID'];
const KeyFile = z.object({ private_key: z.string(), client_email: z.string(), project_id: z.string() });

/** A stage with a place for an env file, and what a key file says of itself. */
async function openEnvStage(options: Parameters<typeof openStage>[0] = {}) {
  const stage = await openStage(options);
  const envFile = join(stage.folder, '.env');
  const held = async () => KeyFile.parse(JSON.parse(await readFile(stage.keyFile, 'utf8')));
  return { ...stage, envFile, held, text: () => readFile(envFile, 'utf8') };
}

/** What dotenv, bash and Node find in `.env`. */
async function readings({ folder }: Pick<Stage, 'folder'>): Promise<(string | undefined)[][]> {
  const inShell = ['-c', `. ./.env; printf '%s[[next]]' ${names.map((name) => `"$${name}"`).join(' ')}`];
  const inNode = `process.stdout.write(${JSON.stringify(names)}.map((name) => process.env[name] + '[[next]]').join(''))`;
  const [text, ...outputs] = await Promise.all([
    readFile(join(folder, '.env'), 'utf8'),
    outputOf('/bin/bash', inShell, folder),
    outputOf(process.execPath, ['--env-file=.env', '-e', inNode], folder),
  ]);
  const found = parse(text);
  return [
    names.map((name) => found[name]),
    ...outputs.map((output) => output.split('[[next]]').slice(0, names.length)),
  ];
}

test('an env file gets the key besides its own file, every reader signs with it, and the next setup writes nothing', async () => {
  const stage = await openEnvStage();
  const { folder, setup, check, lines, writes, forgetRequests, envFile, held, text } = stage;
  execFileSync('git', ['init', '--quiet', folder]);
  await writeFile(join(folder, '.gitignore'), '.env\nkeys\n');
  const run = await setup({ envFile });
  expect(run).toMatchObject({ exit: 0, result: { states: { key: 'ready', env: 'ready' } } });
  expect((await stat(envFile)).mode & 0o777).toBe(0o600);

  const key = await held();
  const publicKey = createPublicKey(key.private_key);
  const all = await readings(stage);
  expect(all).toHaveLength(3);
  for (const reading of all) {
    expect(reading).toEqual([key.private_key, key.client_email, key.project_id]);
    const signature = sign('RSA-SHA256', Buffer.from('ready'), createPrivateKey(reading[0] ?? ''));
    expect(verify('RSA-SHA256', Buffer.from('ready'), publicKey, signature)).toBe(true);
  }
  expect(JSON.stringify(run.events)).not.toContain('PRIVATE KEY-----');
  const journal = await readFile(join(folder, 'state', ...(await journalIn(folder))), 'utf8');
  expect(journal).not.toContain('PRIVATE KEY-----');

  // It is remembered, and named in the receipt.
  const before = await text();
  await forgetRequests();
  expect((await setup()).exit).toBe(0);
  expect((await check()).exit).toBe(0);
  expect(await writes()).toEqual([]);
  expect(await text()).toBe(before);
  expect(await lines('check')).toContain(
    `  env    ${envFile} has REMOTION_GCP_PRIVATE_KEY and two more (ignored by git)`,
  );
});

/** Where the only journal lies below `state`. */
async function journalIn(folder: string): Promise<string[]> {
  const found = await readdir(join(folder, 'state'), { recursive: true });
  return [found.find((name) => name.endsWith('.json')) ?? ''];
}

test('in a file of others everything else stays, and the key in use is put there without another being made', async () => {
  const { setup, writes, forgetRequests, heldKey, envFile, held, text } = await openEnvStage();
  await setup();
  const { id } = await heldKey();
  const before = "# Don't commit this.\r\n\r\nPORT=3000\r\n";
  const old =
    'export REMOTION_GCP_PRIVATE_KEY="-----BEGIN PRIVATE KEY-----\\nold\\n-----END PRIVATE KEY-----\\n" # theirs\r\n';
  const after = "NAME='two words'\r\nREMOTION_GCP_PROJECT_ID=another\r\nLAST=1";
  await writeFile(envFile, before + old + after, { mode: 0o644 });
  await forgetRequests();

  const run = await setup({ envFile });
  expect(run.exit).toBe(0);
  const { private_key, client_email, project_id } = await held();
  expect(await text()).toBe(
    `${before}export REMOTION_GCP_PRIVATE_KEY='${private_key}' # theirs\r\nNAME='two words'\r\n` +
      `REMOTION_GCP_PROJECT_ID='${project_id}'\nLAST=1\n\nREMOTION_GCP_CLIENT_EMAIL='${client_email}'\n`,
  );
  expect((await stat(envFile)).mode & 0o777).toBe(0o600);
  expect((await heldKey()).id).toBe(id);
  expect(await writes()).toEqual([]);
  const [plan] = run.events.flatMap((event) => (event.type === 'plan' ? [event.steps] : []));
  expect(plan).toMatchObject([{ step: 'env', changes: [{ sign: '~', what: 'env', name: envFile }] }]);
  expect(plan?.[0]?.changes[0]?.from).toBe(
    'REMOTION_GCP_PRIVATE_KEY and REMOTION_GCP_PROJECT_ID do not hold what the key file holds; REMOTION_GCP_CLIENT_EMAIL is missing; others on this machine can read it',
  );
});

test('where git would publish it, nothing at all is written, and the line to add is told', async () => {
  const { folder, setup, writes, envFile, keyFile } = await openEnvStage();
  execFileSync('git', ['init', '--quiet', folder]);
  await writeFile(join(folder, '.gitignore'), 'keys\n');
  const run = await setup({ envFile });
  expect(run).toMatchObject({ exit: 3, result: { status: 'blocked', states: { env: 'blocked' } } });
  expect(run.result.problem?.next).toBe(`add this line to ${folder}/.gitignore: /.env`);
  expect(await writes()).toEqual([]);
  await expect(stat(envFile)).rejects.toThrow('ENOENT');
  await expect(stat(keyFile)).rejects.toThrow('ENOENT');

  await appendFile(join(folder, '.gitignore'), '/.env\n');
  expect((await setup({ envFile })).exit).toBe(0);
});

test('a file that cannot be understood stops a setup before it begins', async () => {
  const { setup, writes, envFile, text } = await openEnvStage();
  await writeFile(envFile, "NAME='never closed\n");
  const run = await setup({ envFile });
  expect(run).toMatchObject({ exit: 3, result: { states: { env: 'blocked' } } });
  expect(run.result.problem?.what).toBe(`${envFile}: line 1 opens ', and nothing closes it`);
  expect(await writes()).toEqual([]);
  expect(await text()).toBe("NAME='never closed\n");
});

test('a check tells which variable was edited, and a repair puts back just that', async () => {
  const { setup, check, repair, writes, forgetRequests, envFile, text } = await openEnvStage();
  await setup({ envFile });
  const before = await text();
  await writeFile(
    envFile,
    before.replace(/^REMOTION_GCP_CLIENT_EMAIL=.*$/mu, 'REMOTION_GCP_CLIENT_EMAIL=me'),
  );
  const run = await check();
  expect(run.exit).toBe(2);
  expect(run.result.changes).toMatchObject([
    { step: 'env', from: 'REMOTION_GCP_CLIENT_EMAIL does not hold what the key file holds' },
  ]);
  await forgetRequests();
  expect((await repair()).exit).toBe(0);
  expect(await text()).toBe(before);
  expect(await writes()).toEqual([]);
});

test('a new key goes into the env file, too: where the old one was deleted, and where it may be kept', async () => {
  const { setup, check, keyFile, cloud, heldKey, envFile, held, text } = await openEnvStage();
  await setup({ envFile });
  await cloud.deleteKey((await heldKey()).id);
  expect((await check()).result.changes?.map(({ step }) => step)).toEqual(['key', 'env', 'validate']);
  expect((await setup()).exit).toBe(0);
  expect(await text()).toContain((await held()).private_key);

  await rm(keyFile);
  expect((await setup()).exit).toBe(0);
  expect(await text()).toContain((await held()).private_key);
  expect((await check()).exit).toBe(0);
});

test('a rotation puts the new key there before the old one is disabled, and takes that up where it was killed', async () => {
  const { setup, rotate, check, cloud, envFile, held, text, heldKey } = await openEnvStage();
  await setup({ envFile });
  const before = await text();
  const { id: old } = await heldKey();
  // It cannot be written by then, as where the disk is full: the old key goes on working.
  const onEvent = (event: Event): void => {
    if (event.type === 'step' && event.step === 'key' && event.state === 'settling')
      writeFileSync(envFile, `${before}X='open`);
  };
  const run = await rotate({}, { onEvent });
  expect(run.exit).toBe(3);
  expect(run.result.states).toMatchObject({ key: 'ready', env: 'failed', 'old-key': 'differs' });
  expect(await cloud.keyStates()).not.toContainEqual(expect.objectContaining({ id: old, disabled: true }));

  await writeFile(envFile, before);
  expect((await rotate()).exit).toBe(0);
  expect((await heldKey()).id).not.toBe(old);
  expect(await text()).toContain((await held()).private_key);
  expect(await cloud.keyStates()).toContainEqual(expect.objectContaining({ id: old, disabled: true }));
  expect((await check()).exit).toBe(0);
});

test.each(['dotenv', 'docker'] as const)(
  'undo takes out the variables that still hold the key, and nothing else (%s)',
  async (envFormat) => {
    const { setup, undo, envFile, text } = await openEnvStage();
    const before = '# mine\r\nPORT=3000\r\n\n';
    await writeFile(envFile, before);
    await setup({ envFile, envFormat });
    await writeFile(
      envFile,
      (await text()).replace(/^REMOTION_GCP_PROJECT_ID=.*$/mu, 'REMOTION_GCP_PROJECT_ID=mine'),
    );
    const { exit, result } = await undo();
    expect(exit).toBe(0);
    expect(result.taken?.[0]).toMatchObject({ what: 'env', name: envFile });
    expect(result.stays?.map((stay) => stay.text)).toContain(
      `${envFile}: REMOTION_GCP_PROJECT_ID holds something else by now, and is left`,
    );
    expect(await text()).toBe(`${before}REMOTION_GCP_PROJECT_ID=mine\n`);
  },
);

test('undo removes an env file that setup made, and that holds nothing else', async () => {
  const { setup, undo, envFile } = await openEnvStage();
  await setup({ envFile });
  await setup({ roleTitle: 'Renderer' });
  expect((await undo()).exit).toBe(0);
  await expect(stat(envFile)).rejects.toThrow('ENOENT');
});

test('it is remembered until somebody says none, also where there is nothing else to do', async () => {
  const { setup, check, envFile } = await openEnvStage();
  await setup();
  await setup({ envFile, envFormat: 'docker' });
  const run = await check();
  expect(run.result.states).toHaveProperty('env', 'ready');
  expect(JSON.stringify(run.events)).toContain('your program has to turn');
  expect(await readFile(envFile, 'utf8')).toMatch(
    /^REMOTION_GCP_PRIVATE_KEY=-----BEGIN PRIVATE KEY-----\\n\S+/u,
  );
  expect((await setup({ envFile: 'none' })).exit).toBe(0);
  expect((await check()).result.states).not.toHaveProperty('env');
  // It is there all the same.
  expect((await setup({ envFile, envFormat: 'docker' })).exit).toBe(0);
  expect((await check()).result.states).toHaveProperty('env', 'ready');
});

describe('an env file that cannot be one is refused at once', () => {
  test.each([
    ['a folder', (at: Stage) => ({ envFile: at.folder }), /is a folder, and variables go into a file/u],
    ['a device', () => ({ envFile: '/dev/null' }), /is no regular file/u],
    ['the key file', ({ keyFile }: Stage) => ({ envFile: keyFile }), /is the key file/u],
    ['nothing', () => ({ envFile: '' }), /is a folder/u],
    ['a format without a file', () => ({ envFormat: 'docker' as const }), /there is none/u],
  ])('%s', async (_name, flags, said) => {
    const stage = await openStage();
    const run = await stage.setup(flags(stage));
    expect(run.exit).toBe(64);
    expect(run.result.problem?.what).toMatch(said);
    expect(await stage.writes()).toEqual([]);
  });

  test('where the profile names no variables', async () => {
    const { folder, setup, writes } = await openStage();
    const catalog = await readFile(
      join(import.meta.dirname, '../../catalog/profiles/remotion-cloudrun.yaml'),
      'utf8',
    );
    await mkdir(folder, { recursive: true });
    const profile = join(folder, 'team.yaml');
    await writeFile(profile, catalog.replace(/^env:\n(?: {2}.*\n)+/mu, ''));
    const run = await setup({ profile, envFile: join(folder, '.env') });
    expect(run.exit).toBe(64);
    expect(run.result.problem?.what).toBe(
      '--env: the profile remotion-cloudrun names no variables to put into one',
    );
    expect(await writes()).toEqual([]);
  });
});
