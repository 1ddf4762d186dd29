import { mkdirSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { openCloud, prepare } from '../commands/cloud.ts';
import { openHome } from '../commands/iamready.ts';
import { leaksIn, shapes } from './leaks.ts';
import { startRecorder, type Passed } from './recorder.ts';

/** A cloud behind a recorder, a home, and the one question of this file: who got to see a secret? */
async function prepareRecorded() {
  const cloud = await openCloud();
  const recorder = await startRecorder(cloud.endpoint);
  const at = await prepare({ ...cloud, endpoint: recorder.endpoint });
  let seen = '';
  return {
    at,
    recorder,
    /** Runs with --debug, and gives the exit code. */
    async once(args: string[], env: Record<string, string> = {}): Promise<number | undefined> {
      const { exitCode, stdout, stderr } = await at.home.run([...args, '--debug'], env);
      expect(stdout + stderr).not.toBe('');
      seen += stdout + stderr;
      return exitCode;
    },
    /** The same, as text and as JSON. */
    async debug(args: string[], env: Record<string, string> = {}): Promise<(number | undefined)[]> {
      return [await this.once(args, env), await this.once([...args, '--json'], env)];
    },
    /** What of all that passed is in any output, in any file but the key's, the token's and `.env`, or told by the cloud. */
    async leaks(): Promise<string[]> {
      const files = (await at.home.files()).filter(
        (name) => !['access-token', 'keys/remotion-sa.json', '.env'].includes(name),
      );
      const places = new Map([
        ['the output', seen],
        ['/_/requests', JSON.stringify(await cloud.ask('requests'))],
        ['/_/world', JSON.stringify(await cloud.ask('world'))],
      ]);
      for (const name of files) places.set(name, await readFile(at.home.path(name), 'utf8'));
      return leaksIn(places, recorder.secrets);
    },
    kinds: () => [...new Set(recorder.secrets.values())].sort(),
    async [Symbol.asyncDispose]() {
      await at[Symbol.asyncDispose]();
      await recorder[Symbol.asyncDispose]();
      await cloud[Symbol.asyncDispose]();
    },
  };
}

/** Forms in which a server can send back what it was sent. */
const echoes = [
  { status: 200, type: 'text/plain', form: (echo: string) => echo },
  { status: 404, type: 'text/html', form: (echo: string) => `<h1>${echo}</h1>` },
  { status: 200, type: 'application/json', form: (echo: string) => JSON.stringify({ [echo]: echo }) },
  {
    status: 403,
    type: 'application/json',
    form: (echo: string) => {
      const metadata = { permission: echo, service: echo, consumer: echo };
      const type = 'type.googleapis.com/google.rpc.ErrorInfo';
      const details = [{ '@type': type, reason: echo, domain: echo, metadata }];
      return JSON.stringify({ error: { code: 403, status: 'PERMISSION_DENIED', message: echo, details } });
    },
  },
];

const isKeyMade = ({ method, path }: Passed) => method === 'POST' && path.endsWith('/keys');

describe.concurrent('no secret is seen anywhere but in key and env file', () => {
  test('when all goes well: setup, setup again, check, a dry run', async () => {
    await using run = await prepareRecorded();
    const { at, recorder } = run;
    expect(await run.debug(at.setup({ env: at.home.path('.env') }))).toEqual([0, 0]);
    expect(await run.once(at.check())).toBe(0);
    expect(await run.once(at.setup({ 'dry-run': true, json: true }))).toBe(0);
    expect(run.kinds()).toEqual([
      'a bearer',
      'a line of a private key',
      'a line of a private key, in base64',
      'a part of a signed assertion',
      'a private key, as Google sends it',
      'a signed assertion',
      'an issued token',
    ]);
    for (const file of [at.keyFile, at.home.path('.env')]) {
      const text = await readFile(file, 'utf8');
      const inIt = [...recorder.secrets].filter(([secret]) => text.includes(secret)).map(([, what]) => what);
      expect(new Set(inIt)).toEqual(new Set(['a line of a private key']));
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }
    expect(await run.leaks()).toEqual([]);

    for (const [secret, what] of recorder.secrets) {
      await at.home.write('planted', `planted: ${secret}`);
      expect(await run.leaks()).toContain(`${what} in planted`);
    }
  });

  test('also where Google’s libraries are told to log', async () => {
    await using run = await prepareRecorded();
    const env = { GOOGLE_SDK_NODE_LOGGING: '*', NODE_DEBUG: 'gaxios,google-auth-library', DEBUG: '*' };
    expect(await run.debug(run.at.setup(), env)).toEqual([0, 0]);
    expect(await run.leaks()).toEqual([]);
  });

  test('when every token is refused, by a server that repeats them', async () => {
    await using run = await prepareRecorded();
    const refuse = ({ authorization }: Passed) => ({
      status: 401,
      type: 'application/json',
      text: JSON.stringify({
        error: {
          code: 401,
          status: 'UNAUTHENTICATED',
          message: `bad header Authorization: ${authorization}`,
        },
      }),
    });
    run.recorder.twist(refuse);
    expect(await run.debug(run.at.setup())).toEqual([3, 3]);
    run.recorder.twist(() => undefined);
    expect(await run.once(run.at.setup())).toBe(0);
    run.recorder.twist(refuse);
    expect(await run.debug(run.at.check())).toEqual([3, 3]);
    expect(await run.leaks()).toEqual([]);
  });

  test('when a server repeats all that it was sent, whatever that looks like', async () => {
    await using run = await prepareRecorded();
    const { at, recorder } = run;
    expect(await run.once(at.setup())).toBe(0);
    for (const { status, type, form } of echoes) {
      const repeat = ({ authorization, body }: Passed) => ({
        status,
        type,
        text: form(`${authorization} ${decodeURIComponent(body)}`),
      });
      // At the sign-in of the account; then in all that is asked with its token and the operator's.
      recorder.twist((call) => (call.path === '/token' ? repeat(call) : undefined));
      expect(await run.once(at.check({ json: true }))).not.toBe(0);
      const spared = ['/token', '/v3/projects/acme-video'];
      recorder.twist((call) => (spared.includes(call.path) ? undefined : repeat(call)));
      for (const code of await run.debug(at.check())) expect(code).not.toBe(0);
    }
    expect(await run.leaks()).toEqual([]);
  });

  test.each([
    ['is cut off', (text: string) => text.slice(0, -40)],
    ['is not named', (text: string) => text.replace(/"name"/, '"nom"')],
    [
      'comes as plain text',
      (text: string) => Buffer.from(/"privateKeyData": "([^"]+)/.exec(text)?.[1] ?? '', 'base64').toString(),
    ],
  ])('when the answer with the new key %s', async (_, spoil) => {
    await using run = await prepareRecorded();
    const { at, recorder } = run;
    recorder.twist((call, answer) => (isKeyMade(call) ? { ...answer, text: spoil(answer.text) } : undefined));
    expect(await run.debug(at.setup())).toEqual([6, 6]);
    recorder.twist(() => undefined);
    expect(await run.once(at.setup())).toBe(0);
    expect(run.kinds()).toContain('a line of a private key');
    expect(await run.leaks()).toEqual([]);
  });

  test('when the key cannot be written', async () => {
    await using run = await prepareRecorded();
    const { at, recorder } = run;
    // The folder turns up as a file between the proof that it can be written and the key.
    recorder.twist((call) => {
      if (isKeyMade(call)) mkdirSync(at.keyFile, { recursive: true });
      return undefined;
    });
    expect(await run.debug(at.setup())).toEqual([3, 64]);
    expect(run.kinds()).toContain('a line of a private key');
    expect(await run.leaks()).toEqual([]);
  });

  test('when files are taken for what they are not', async () => {
    await using run = await prepareRecorded();
    const { at } = run;
    expect(await run.once(at.setup())).toBe(0);
    const key = await at.heldKey();
    const asToken = { 'access-token-file': at.keyFile };
    expect(await run.debug(at.check(asToken))).toEqual([64, 64]);
    expect(await run.debug(at.check({ profile: at.keyFile }))).toEqual([64, 64]);
    const signedInWithIt = { 'access-token-file': undefined, credentials: at.keyFile };
    for (const code of await run.debug(at.check(signedInWithIt))) expect(code).toBe(3);
    await writeFile(at.keyFile, key.slice(0, -30));
    expect(await run.debug(at.check())).toEqual([3, 3]);
    expect(await run.debug(at.check(signedInWithIt))).toEqual([64, 64]);
    await writeFile(at.keyFile, key.replace('\\n-----END', '-----END'));
    for (const code of await run.debug(at.check())) expect(code).not.toBe(0);
    expect(await run.leaks()).toEqual([]);
  });

  test('in a demo, which leaves nothing behind', async () => {
    await using home = await openHome();
    const ran = await home.run(['demo', '--debug', '--json'], { TMPDIR: home.folder });
    expect(ran.exitCode, ran.stderr).toBe(0);
    expect(ran.stdout + ran.stderr).not.toMatch(shapes);
    expect(await home.files()).toEqual([]);
  });
});
