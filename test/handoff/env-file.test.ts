import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'dotenv';
import { describe, expect, test } from 'vitest';
import { readEnvFile } from '../../src/handoff/env-file-read.ts';
import { seeEnvFile, writeEnvFile } from '../../src/handoff/env-file.ts';
import { envValues, factsOfKey } from '../../src/handoff/env-values.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { pem } from './any-env.ts';
import { outputOf } from './readers.ts';

async function scratch() {
  const folder = await mkdtemp(path.join(tmpdir(), 'iamready-env-'));
  return {
    folder,
    file: path.join(folder, '.env'),
    mode: async () => ((await stat(path.join(folder, '.env'))).mode & 0o777).toString(8),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

const values = { KEY: pem };

test('dotenv, bash, sh and Node each read a private key that signs, from a file that had an old one', async () => {
  await using place = await scratch();
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = JSON.stringify({
    type: 'service_account',
    project_id: 'team-1',
    private_key_id: 'a1b2',
    private_key: privateKey,
    client_email: 'remotion-sa@team-1.iam.gserviceaccount.com',
  });
  const { env } = await loadProfile('remotion-cloudrun');
  const put = envValues({ ...env, credentialsJson: 'ALL_OF_IT' }, factsOfKey(key) ?? {});
  const before = [
    "# Don't commit this.\r\n\r\nPORT=3000\r\nexport NAME='two words' # both\r\n",
    '  export REMOTION_GCP_PRIVATE_KEY="-----BEGIN PRIVATE KEY-----\\nold\\n-----END PRIVATE KEY-----\\n" # old\r\n',
    'LAST="1\n2"',
  ];
  await writeFile(place.file, before.join(''));
  expect(await writeEnvFile(place.file, put)).toMatchObject({
    kind: 'done',
    replaced: ['REMOTION_GCP_PRIVATE_KEY'],
    added: ['REMOTION_GCP_CLIENT_EMAIL', 'REMOTION_GCP_PROJECT_ID', 'ALL_OF_IT'],
  });
  const text = await readFile(place.file, 'utf8');
  expect(text.startsWith(before[0] ?? '-')).toBe(true);
  expect(text).toContain(`'${privateKey}' # old\r\nLAST="1\n2"\n\n`);

  const names = [...Object.keys(put), 'LAST'];
  const inShell = ['-c', `. ./.env; printf '%s[[next]]' ${names.map((name) => `"$${name}"`).join(' ')}`];
  const inNode = `process.stdout.write(${JSON.stringify(names)}.map((name) => process.env[name] + '[[next]]').join(''))`;
  const outputs = await Promise.all([
    outputOf('/bin/bash', inShell, place.folder),
    outputOf('/bin/sh', inShell, place.folder),
    outputOf(process.execPath, ['--env-file=.env', '-e', inNode], place.folder),
  ]);
  const readings = [
    ...outputs.map((output) => output.split('[[next]]')),
    names.map((name) => parse(text)[name]),
  ];
  for (const reading of readings) {
    expect(reading.slice(0, names.length)).toEqual([...Object.values(put), '1\n2']);
    const signature = sign('RSA-SHA256', Buffer.from('ready'), createPrivateKey(reading[0] ?? ''));
    expect(verify('RSA-SHA256', Buffer.from('ready'), publicKey, signature)).toBe(true);
    expect(JSON.parse(reading[3] ?? '')).toEqual(JSON.parse(key));
  }
  expect(readings).toHaveLength(4);
});

describe('the file', () => {
  test('is made for its owner only, and is in sync from then on', async () => {
    await using place = await scratch();
    expect(await seeEnvFile(place.file, values)).toMatchObject({ made: true, changed: true });
    await expect(stat(place.file)).rejects.toThrow('ENOENT');
    expect(await writeEnvFile(place.file, values)).toMatchObject({
      made: true,
      changed: true,
      added: ['KEY'],
    });
    expect(await place.mode()).toBe('600');
    expect(await seeEnvFile(place.file, values)).toMatchObject({
      ...{ made: false, changed: false, closed: false, added: [], replaced: [] },
    });
    expect(await readEnvFile(place.file, 'KEY')).toEqual({ kind: 'value', value: pem });
    expect(await readdir(place.folder)).toEqual(['.env']);
  });

  test('is closed to others once it holds a key, and keeps what its owner may', async () => {
    await using place = await scratch();
    await writeFile(place.file, 'X=1\n', { mode: 0o754 });
    expect(await writeEnvFile(place.file, { PROJECT: 'team-1' })).toMatchObject({
      changed: true,
      closed: false,
    });
    expect(await place.mode()).toBe('754');
    expect(await writeEnvFile(place.file, values)).toMatchObject({ changed: true, closed: true });
    expect(await place.mode()).toBe('700');
  });

  test('is closed also where nothing in it changes', async () => {
    await using place = await scratch();
    await writeFile(place.file, `KEY='${pem}'\n`, { mode: 0o644 });
    expect(await seeEnvFile(place.file, values)).toMatchObject({ changed: false, closed: true });
    expect(await place.mode()).toBe('644');
    expect(await writeEnvFile(place.file, values)).toMatchObject({ changed: false, closed: true });
    expect(await place.mode()).toBe('600');
  });

  test.each([true, false])(
    'may be a link, which stays one; what it leads to is there: %s',
    async (isThere) => {
      await using place = await scratch();
      const target = path.join(place.folder, 'shared.env');
      if (isThere) await writeFile(target, 'X=1\n');
      await symlink('shared.env', place.file);
      expect(await writeEnvFile(place.file, values)).toMatchObject({ kind: 'done', made: !isThere });
      expect((await lstat(place.file)).isSymbolicLink()).toBe(true);
      expect(await readFile(target, 'utf8')).toContain(`KEY='${pem}'`);
    },
  );

  test('is rid of what a killed run left beside it, which may hold a key, once it is written again', async () => {
    await using place = await scratch();
    // No process has this ID.
    await writeFile(`${place.file}.part-99999999-0123456789ab`, pem);
    await writeEnvFile(place.file, values);
    expect(await readdir(place.folder)).toEqual(['.env']);
  });

  test('is read again if somebody writes it at the same moment, and left alone if that goes on', async () => {
    await using place = await scratch();
    await writeFile(place.file, 'X=1\n');
    // Looked at once before the file is read, for a key, and once after.
    let writes = 2;
    const busy = {
      get KEY() {
        if (writes-- > 0) appendFileSync(place.file, `Y${writes}=1\n`);
        return pem;
      },
    };
    expect(await writeEnvFile(place.file, busy)).toMatchObject({ kind: 'done' });
    const text = await readFile(place.file, 'utf8');
    expect(text).toBe(`X=1\nY1=1\nY0=1\n\nKEY='${pem}'\n`);
    writes = 100;
    expect(
      await writeEnvFile(place.file, {
        ...busy,
        get KEY() {
          return `${busy.KEY}x`;
        },
      }),
    ).toMatchObject({
      kind: 'refused',
      trouble: { kind: 'changed', what: expect.stringContaining(place.file) },
    });
    expect(await readFile(place.file, 'utf8')).toContain(`KEY='${pem}'\nY99=1\n`);
    expect(await readdir(place.folder)).toEqual(['.env']);
  });
});

describe('what cannot be used is refused with its name, and left as it is:', () => {
  test.each([
    ['text in UTF-16', Buffer.from('\uFEFFX=1\n', 'utf16le'), { kind: 'not-text', line: 1 }],
    [
      'a byte that is not UTF-8',
      Buffer.from([0x58, 0x3d, 0x31, 0x0a, 0x59, 0x3d, 0xe9]),
      { kind: 'not-text', line: 2 },
    ],
    ['more than 1 MB', Buffer.alloc(1_048_577, 'X=1\n'), { kind: 'too-large' }],
    ['a quote that is not closed', Buffer.from('X=1\nY="2\n'), { kind: 'unclosed', line: 2 }],
  ])('%s', async (_, bytes, trouble) => {
    await using place = await scratch();
    await writeFile(place.file, bytes, { mode: 0o644 });
    const outcome = await writeEnvFile(place.file, values);
    expect(outcome).toMatchObject({
      kind: 'refused',
      trouble: { ...trouble, what: expect.stringContaining(place.file), next: expect.stringMatching(/\w/u) },
    });
    expect(bytes.equals(await readFile(place.file))).toBe(true);
    expect(await place.mode()).toBe('644');
    expect(await readdir(place.folder)).toEqual(['.env']);
  });

  test('a folder, a device, a folder that is not there, a place that nobody can write to', async () => {
    await using place = await scratch();
    const outcomes = await Promise.all(
      [place.folder, '/dev/null', path.join(place.folder, 'no', '.env'), '/proc/.env'].map((file) =>
        writeEnvFile(file, values),
      ),
    );
    expect(outcomes).toMatchObject([
      { trouble: { kind: 'not-a-file', what: `${place.folder}: it is a directory` } },
      { trouble: { kind: 'not-a-file' } },
      { trouble: { kind: 'no-folder', what: expect.stringContaining(`no folder ${place.folder}/no`) } },
      { trouble: { kind: 'system', code: expect.stringMatching(/^E[A-Z]+$/u) } },
    ]);
  });

  test('a file that git would publish, unless no key is written to it', async () => {
    await using place = await scratch();
    const git = (...args: string[]) => execFileSync('git', args, { cwd: place.folder, stdio: 'ignore' });
    git('init');
    const exposed = await writeEnvFile(place.file, values);
    expect(exposed).toMatchObject({
      trouble: { kind: 'exposed', next: expect.stringMatching(/: \/\.env$/u) },
    });
    expect(await writeEnvFile(place.file, { PROJECT: 'team-1' })).toMatchObject({ kind: 'done' });
    git('add', '.env');
    await writeFile(path.join(place.folder, '.gitignore'), '/.env\n');
    expect(await writeEnvFile(place.file, values)).toMatchObject({
      trouble: { kind: 'tracked', next: expect.stringMatching(/: git rm --cached \.env$/u) },
    });
    expect(await readFile(place.file, 'utf8')).toBe("PROJECT='team-1'\n");
    git('rm', '--cached', '.env');
    expect(await writeEnvFile(place.file, values)).toMatchObject({ kind: 'done' });
  });
});

test('a profile’s variables get what the key file tells, and what is not known is left out', () => {
  const key = {
    type: 'service_account',
    project_id: 'p',
    private_key_id: 'id',
    private_key: pem,
    client_email: 'e',
  };
  const facts = { ...factsOfKey(JSON.stringify(key, null, 2)), keyFile: '/k.json' };
  const names = {
    privateKey: 'K',
    privateKeyId: 'I',
    keyFile: 'GOOGLE_APPLICATION_CREDENTIALS',
    credentialsJson: 'J',
  };
  expect(envValues(names, facts)).toEqual({
    ...{ K: pem, I: 'id', GOOGLE_APPLICATION_CREDENTIALS: '/k.json', J: JSON.stringify(key) },
  });
  expect(envValues(names, { projectId: 'p' })).toEqual({});
  expect(factsOfKey('{"type":"authorized_user"}')).toBeUndefined();
  expect(factsOfKey('no key')).toBeUndefined();
});
