import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { masked } from '../../src/commands/doctor/masked.ts';
import { doctor, type DoctorFlags } from '../../src/commands/doctor.ts';
import { Event } from '../../src/faces/json/events.ts';
import { renderer, type Renderer } from '../proof/renderer.ts';
import { intoMemory } from './into-memory.ts';

let at: Renderer;
beforeAll(async () => {
  at = await renderer();
});
afterAll(() => at[Symbol.asyncDispose]());

/** On a machine whose home is a folder of this test, and which has the gcloud that is given in a line of shell. */
async function run(name: string, flags: DoctorFlags, { columns = 80, gcloud = '' } = {}) {
  const home = join(at.folder, name);
  await mkdir(join(home, 'bin'), { recursive: true });
  if (gcloud) {
    await writeFile(join(home, 'bin/gcloud'), `#!/bin/sh\n${gcloud}\n`);
    await chmod(join(home, 'bin/gcloud'), 0o755);
  }
  const folders = {
    XDG_STATE_HOME: join(home, '.local/state'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
  };
  const env = { ...folders, HOME: home, LC_ALL: 'C.UTF-8', TERM: 'xterm', PATH: join(home, 'bin') };
  const { out, text } = intoMemory(columns);
  const { out: err } = intoMemory();
  const exit = await doctor(
    { endpoint: at.endpoint, ...flags },
    { out, err, env, cwd: at.folder },
    new AbortController().signal,
  );
  return { exit, home, text: text() };
}

async function write(file: string, text: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

test('a machine on which all is well is told so, in a page that may be shown to strangers', async () => {
  const gcloud = `echo '{"Google Cloud SDK":"528.0.0","core":"2026.01.01"}'`;
  const { exit, home, text } = await run('well', { credentials: at.keyFile }, { gcloud });
  expect(exit).toBe('done');
  expect(text).not.toMatch(/^ {2}!/mu);
  expect(flat(text)).toMatch(/✓ account r…@acme-site\.iam\.gserviceaccount\.com .*✓ gcloud 528\.0\.0/);
  expect(flat(text)).toMatch(/✓ 127\.0\.0\.1:\d+ answers in \d+ ms.*✓ clock as there/);
  expect(text).toContain('~/.local/state/iamready, made when it is needed');
  for (const secret of [at.key.private_key.slice(40, 80), 'ya29', 'renderer@', home, 'PRIVATE'])
    expect(text).not.toContain(secret);
  const { text: full } = await run('well', { credentials: at.keyFile, full: true }, { gcloud });
  expect(full).toContain(at.email);
  expect(full).not.toMatch(/ya29|PRIVATE/u);
});

test('what is wrong stands beside what to do, and ends with 3', async () => {
  const token = await at.write('nobodys', 'ya29.nobodys-token');
  const state = join(at.folder, 'sick', '.local/state/iamready');
  await write(join(state, 'acme-site/broken.json'), '{"v":99}');
  const owner = { pid: process.pid + 1, host: `not-${hostname()}`, at: '2026-01-01T00:00:00Z' };
  await write(join(state, 'acme-site/held.json.lock'), JSON.stringify(owner));
  const keys = join(at.folder, 'sick', '.config/iamready/keys');
  await mkdir(keys, { recursive: true });
  await chmod(keys, 0o777);
  const { exit, text } = await run('sick', { accessTokenFile: token, json: true }, { gcloud: 'exit 7' });
  expect(exit).toBe('blocked');
  const events = text
    .trimEnd()
    .split('\n')
    .map((line) => Event.parse(JSON.parse(line)));
  expect(events.at(-1)).toMatchObject({ type: 'result', status: 'blocked', exitCode: 3 });
  const sick = events.filter((event) => event.type === 'checked').filter(({ ok }) => !ok);
  expect(sick.map(({ name, remedy = '' }) => `${name}: ${remedy}`)).toEqual([
    expect.stringMatching(/^account: sign in again/),
    'keys: chmod 700 ~/.config/iamready/keys',
    expect.stringMatching(/^journal: ./),
    expect.stringMatching(/^lock: wait until that run has ended/),
    'gcloud: look at what it says: gcloud version',
  ]);
  expect(text).not.toContain('nobodys-token');
});

test.each([40, 80])(
  'an endpoint that nobody is at is told with its remedy, in %s columns',
  async (columns) => {
    const nobody = 'http://127.0.0.1:9';
    const { exit, text } = await run('nobody', { endpoint: nobody, credentials: at.keyFile }, { columns });
    expect(exit).toBe('blocked');
    expect(flat(text)).toContain('! 127.0.0.1:9 no answer (ECONNREFUSED)');
    expect(flat(text)).toContain("Next look at this machine's network, its proxy (HTTPS_PROXY) and firewall");
    const wide = text.split('\n').filter((line) => line.length > columns && !line.includes('/'));
    expect(wide).toEqual([]);
  },
);

test('no name in an address is left, wherever it stands', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9.+_-]{1,20}[a-z]$/);
  fc.assert(
    fc.property(name, fc.constantFrom('(', '"', 'serviceAccount:', ' ', '/'), (who, before) => {
      const text = masked(`it is ${before}${who}@acme.com, through x`, '/home/ada');
      expect(text).toBe(`it is ${before}${who.charAt(0)}…@acme.com, through x`);
    }),
    { numRuns: 50 },
  );
  expect(masked('in /home/ada/.config', '/home/ada')).toBe('in ~/.config');
});
