import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasBrowser } from '../../../src/commands/wizard/sign-in/gcloud-login.ts';
import { gcloudAccounts } from '../../../src/google/credentials/gcloud.ts';
import { gcloudTest } from '../../conformance/gcloud.ts';
import { choose, whenLoaded, type Line } from './person.ts';
import { ADA, BOB, desk, USER } from './sign-in-desk.ts';

const embedded: Line = ['sign-in', whenLoaded({ kind: 'chosen', id: 'embedded' })];
const first = 'sign-in';

describe('a login with gcloud', () => {
  test('has the terminal, and what it made is found and has the focus at the question that follows', async () => {
    const { gcloud, home, file, started, signIn } = await desk();
    await file('.config/gcloud/application_default_credentials.json', USER);
    const made = JSON.stringify([BOB, ADA]);
    await gcloud({ login: `echo '${made}' > "${home}/accounts"` });
    const { told, ending } = await signIn([
      [first, whenLoaded(choose('gcloud-login'))],
      [first, whenLoaded(choose('gcloud:bob@acme.com'))],
    ]);
    expect(told.handedOver).toBe(1);
    expect(await started()).toEqual([
      'auth list --format=json --quiet',
      'auth login',
      'auth list --format=json --quiet',
    ]);
    expect(told.choice(first)).toMatchObject({
      initial: 'gcloud:bob@acme.com',
      notes: [{ tone: 'note', text: 'gcloud auth login: done.' }],
    });
    expect(ending).toMatchObject({ value: { credentials: { kind: 'gcloud', email: 'bob@acme.com' } } });
  });

  test('for programs leaves application default credentials, without a browser over SSH', async () => {
    const { env, gcloud, home, file, started, signIn } = await desk();
    env['SSH_CONNECTION'] = '10.0.0.1 1 10.0.0.2 22';
    await file('made.json', USER);
    await file('.config/gcloud/x', '');
    const adc = join(home, '.config', 'gcloud', 'application_default_credentials.json');
    await gcloud({ accounts: [BOB], login: `cp "${home}/made.json" "${adc}"` });
    const { told, ending } = await signIn([
      [first, choose('adc-login')],
      [first, choose('adc')],
    ]);
    expect((await started()).filter((line) => line.includes('login'))).toEqual([
      'auth application-default login --no-launch-browser',
    ]);
    expect(told.choice(first).initial).toBe('adc');
    expect(ending).toMatchObject({ value: { flags: { credentials: adc } } });
  });

  test('that fails is told with its exit code, and the question is asked anew', async () => {
    const { gcloud, signIn } = await desk();
    await gcloud({ login: 'exit 7' });
    const { told } = await signIn([[first, choose('gcloud-login')], embedded]);
    expect(told.question(first).notes?.[0]).toEqual({
      tone: 'attention',
      text: 'gcloud auth login failed with exit code 7; what it said stands above. Try again, or choose another way.',
    });
  });

  test('that is ended from outside is told so', async () => {
    const { gcloud, signIn } = await desk();
    await gcloud({ login: 'kill -TERM $$' });
    const { told } = await signIn([[first, choose('gcloud-login')], embedded]);
    expect(told.question(first).notes?.[0]?.text).toMatch(/was ended by SIGTERM/);
  });

  test.each([
    ['kill -INT $$', 'as a signal'],
    ['exit 130', 'as a shell tells it'],
  ])('that is cancelled with Ctrl-C (%s: %s) is told so, and ends nothing but itself', async (end) => {
    const heard: string[] = [];
    const listener = (): void => void heard.push('SIGINT');
    process.on('SIGINT', listener);
    onTestFinished(() => void process.off('SIGINT', listener));
    const before = process.listeners('SIGINT');
    const { gcloud, signIn } = await desk();
    // As the terminal does: both hear of it, the wizard first.
    await gcloud({ login: `kill -INT $PPID; sleep 0.1; ${end}` });
    const { told } = await signIn([[first, choose('gcloud-login')], embedded]);
    expect(told.question(first).notes?.[0]).toEqual({
      tone: 'attention',
      text: 'gcloud auth login was cancelled: nothing has changed.',
    });
    expect(heard).toEqual([]);
    expect(process.listeners('SIGINT').toSorted()).toEqual(before.toSorted());
  });

  test('cannot be chosen where there is no gcloud, and one line says how to do without', async () => {
    const { signIn } = await desk();
    const { told } = await signIn([embedded]);
    for (const id of ['gcloud-login', 'adc-login'])
      expect(told.option(first, id).unavailable).toBe('gcloud is not installed');
    expect(told.choice(first)).toMatchObject({
      initial: 'embedded',
      notes: [
        { tone: 'note', text: 'Nothing to sign in with was found on this machine.' },
        {
          tone: 'note',
          text: expect.stringContaining('https://cloud.google.com/sdk/docs/install') as string,
        },
      ],
    });
  });

  test('that is chosen before it is known that there is no gcloud is told the same way', async () => {
    const { env, home, file, gcloud, signIn } = await desk();
    await file('.config/gcloud/application_default_credentials.json', USER);
    await gcloud({ accounts: `while ! test -e "${home}/never"; do sleep 0.05; done` });
    const { told } = await signIn([
      [
        first,
        () => {
          env['PATH'] = join(home, 'nowhere');
          return { kind: 'chosen', id: 'gcloud-login' };
        },
      ],
      embedded,
    ]);
    expect(told.question(first).notes?.[0]?.text).toMatch(/^gcloud is not installed/);
  });
});

test.each([
  [{ DISPLAY: ':0' }, 'linux', true],
  [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
  [{}, 'linux', false],
  [{}, 'darwin', true],
  [{}, 'win32', true],
  [{ DISPLAY: ':10', SSH_CONNECTION: 'a' }, 'linux', false],
  [{ SSH_TTY: '/dev/pts/1' }, 'darwin', false],
] as const)('a browser can be opened with %j on %s: %s', (env, platform, expected) => {
  expect(hasBrowser(env, platform)).toBe(expected);
});

test('what is no list of accounts is a failure of gcloud that does not quote it', async () => {
  const { gcloud, env } = await desk();
  await gcloud({ accounts: 'echo "SECRET, not JSON"' });
  await expect(gcloudAccounts(env)).rejects.toMatchObject({
    kind: 'gcloud-failed',
    value: 'no list of accounts',
  });
});

gcloudTest('real gcloud tells its accounts, of which a new configuration has none', async () => {
  const { env, signIn } = await desk();
  env['PATH'] = process.env['PATH'] ?? '';
  expect(await gcloudAccounts(env)).toEqual([]);
  const { told } = await signIn([embedded]);
  expect(told.option(first, 'gcloud-login').unavailable).toBeUndefined();
  expect(told.choice(first).options.filter(({ pinned }) => !pinned)).toEqual([]);
});
