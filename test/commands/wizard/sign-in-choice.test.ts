import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { LeftError } from '../../../src/commands/wizard/talk.ts';
import { EMAIL, keyFile } from '../../google/service-account-keys.ts';
import { back, choose, tries, type, whenLoaded, type Reply } from './person.ts';
import { BOB, desk, USER } from './sign-in-desk.ts';

const ELSEWHERE = 'http://127.0.0.1:1';
const nobody = { credentials: undefined, accessTokenFile: undefined, account: undefined };
const adc = '.config/gcloud/application_default_credentials.json';

describe('credentials that flags name', () => {
  test('are used at once, with no question', async () => {
    const { file, env, gcloud, signIn } = await desk();
    await gcloud({ accounts: [BOB] });
    const key = await file('key.json', keyFile());
    const token = await file('token', 'tok');
    env['IAMREADY_ACCESS_TOKEN_FILE'] = token;
    const other = await file('other', 'tok2');
    for (const [flags, kind, said] of [
      [{ credentials: key, accessTokenFile: token }, 'key-file', { credentials: key }],
      [{ accessTokenFile: other }, 'access-token', { accessTokenFile: other }],
      [{ account: 'ada@acme.com' }, 'gcloud', { account: 'ada@acme.com' }],
      [
        { impersonateServiceAccount: EMAIL, accessTokenFile: token },
        'impersonated',
        { impersonateServiceAccount: EMAIL, accessTokenFile: token },
      ],
    ] as const) {
      const { ending, told } = await signIn([], { flags });
      expect(ending).toMatchObject({ value: { credentials: { kind }, flags: { ...nobody, ...said } } });
      expect(told.asked).toEqual([]);
    }
  });

  test('and cannot be used are told at the question', async () => {
    const { home, signIn } = await desk();
    const { told, ending } = await signIn([['sign-in', { kind: 'chosen', id: 'embedded' }]], {
      flags: { credentials: join(home, 'gone.json') },
    });
    expect(told.question('sign-in').notes?.[0]).toEqual({
      tone: 'attention',
      text: 'That did not work: there is no such file; name a readable file.',
    });
    expect(ending).toEqual({ kind: 'done', value: { embedded: true } });
  });

  test('impersonate on top of what a person chooses, where their own source failed', async () => {
    const { file, home, signIn } = await desk();
    await file('work/key.json', keyFile());
    const { ending } = await signIn(
      [['sign-in', whenLoaded(choose(`file:${join(home, 'work', 'key.json')}`))]],
      {
        flags: {
          credentials: join(home, 'gone.json'),
          impersonateServiceAccount: 'robot2@p.iam.gserviceaccount.com',
        },
      },
    );
    expect(ending).toMatchObject({
      value: {
        credentials: {
          kind: 'impersonated',
          principal: `robot2@p.iam.gserviceaccount.com, through ${EMAIL}`,
        },
        flags: {
          credentials: join(home, 'work', 'key.json'),
          impersonateServiceAccount: 'robot2@p.iam.gserviceaccount.com',
        },
      },
    });
  });
});

describe('an endpoint that is not Google’s', () => {
  test('gets no login of a person, and says what else would be sent there', async () => {
    const { file, env, gcloud, home, signIn } = await desk();
    env['IAMREADY_ACCESS_TOKEN_FILE'] = await file('token', 'tok');
    await file(adc, USER);
    await gcloud({ accounts: [BOB] });
    await file('work/key.json', keyFile());
    await file('.config/iamready/keys/acme-video/google.json', keyFile());
    const kept = await file('.config/iamready/keys/127.0.0.1_1/acme-video/remotion-sa.json', keyFile());
    const { told, ending } = await signIn([['sign-in', whenLoaded(choose('access-token-file'))]], {
      endpoint: ELSEWHERE,
    });
    const { options, why } = told.choice('sign-in');
    expect(why).toContain(ELSEWHERE);
    expect(options.map(({ id }) => id)).toEqual([
      'access-token-file',
      'adc',
      'gcloud:bob@acme.com',
      `file:${join(home, 'work', 'key.json')}`,
      `file:${kept}`,
      'gcloud-login',
      'adc-login',
      'file',
    ]);
    for (const id of ['adc', 'adc-login'])
      expect(told.option('sign-in', id).unavailable).toMatch(`at Google itself, and not at ${ELSEWHERE}`);
    for (const id of ['access-token-file', 'gcloud:bob@acme.com', `file:${kept}`])
      expect(told.option('sign-in', id).detail).toMatch(ELSEWHERE);
    expect(ending).toMatchObject({ value: { credentials: { kind: 'access-token' } } });
  });

  test('gets what a file shows it, whatever kind it is: by the key in it, or by a login that was made there', async () => {
    const { file, env, signIn } = await desk();
    const acting = (source: string) =>
      JSON.stringify({
        type: 'impersonated_service_account',
        service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${EMAIL}:generateAccessToken`,
        source_credentials: JSON.parse(source) as unknown,
      });
    const made = (at: string) =>
      acting(JSON.stringify({ ...(JSON.parse(USER) as object), token_uri: `${at}/token` }));
    const seen = async (text: string) => {
      env['GOOGLE_APPLICATION_CREDENTIALS'] = await file('named.json', text);
      const { told } = await signIn(
        [
          ['sign-in', whenLoaded(choose('file'))],
          ['sign-in:file', { kind: 'back' }],
          ['sign-in', { kind: 'back' }],
        ],
        {
          endpoint: ELSEWHERE,
          canGoBack: true,
        },
      );
      return told.option('sign-in', 'adc-variable');
    };
    expect((await seen(acting(keyFile()))).detail).toMatch(`the key in it for ${ELSEWHERE} alone`);
    expect((await seen(made(ELSEWHERE))).detail).toMatch(`made at ${ELSEWHERE}`);
    expect((await seen(made('http://127.0.0.1:2'))).unavailable).toMatch('at Google itself');
    expect((await seen(acting(USER))).unavailable).toMatch('at Google itself');
  });

  test('of Google’s own is as good as none', async () => {
    const { file, signIn } = await desk();
    await file(adc, USER);
    const { ending } = await signIn([['sign-in', whenLoaded(choose('adc'))]], {
      endpoint: 'https://iam.googleapis.com',
    });
    expect(ending).toMatchObject({ value: { credentials: { kind: 'user-file', email: 'ada@acme.com' } } });
  });
});

describe('a path that is typed', () => {
  test('is checked before it is taken, and may be a key’s or a token’s', async () => {
    const { file, home, cwd, signIn } = await desk();
    await file('my keys/key.json', keyFile());
    await file('work/token', 'tok\n');
    await file('work/user.json', USER);
    await execa('mkfifo', [join(cwd, 'pipe')]);
    const { told, ending } = await signIn([
      ['sign-in', choose('file')],
      ['sign-in:file', tries('  ')],
      ['sign-in:file', tries('gone.json')],
      ['sign-in:file', tries(home)],
      ['sign-in:file', tries('pipe')],
      ['sign-in:file', tries('../.missing/x')],
      ['sign-in:file', type(' "~/my keys/key.json" ')],
    ]);
    expect(told.complaints).toEqual([
      'type the path of a file, such as ~/key.json',
      'there is no such file; name a readable file',
      'it cannot be read (a directory); name a readable file',
      'it is no regular file; name a file',
      'there is no such file; name a readable file',
    ]);
    expect(ending).toMatchObject({
      value: {
        credentials: { kind: 'key-file' },
        flags: { ...nobody, credentials: join(home, 'my keys', 'key.json') },
      },
    });

    const elsewhere = await signIn(
      [
        ['sign-in', choose('file')],
        ['sign-in:file', tries('user.json')],
        ['sign-in:file', type('./token')],
      ],
      { endpoint: ELSEWHERE },
    );
    expect(elsewhere.told.complaints[0]).toMatch(/is for Google alone/);
    expect(elsewhere.ending).toMatchObject({
      value: { flags: { ...nobody, accessTokenFile: join(cwd, 'token') } },
    });
  });

  test('and left by going back leads to the question before it', async () => {
    const { signIn } = await desk();
    const { ending } = await signIn(
      [
        ['sign-in', choose('file')],
        ['sign-in:file', back],
        ['sign-in', back],
      ],
      { canGoBack: true },
    );
    expect(ending).toEqual({ kind: 'back' });
  });
});

describe('sources that are offered', () => {
  test('are all there is: nothing else is looked for', async () => {
    const { file, gcloud, started, signIn } = await desk();
    await gcloud({ accounts: [BOB] });
    const owner = await file('owner', 'tok');
    const offered = [
      {
        id: 'owner',
        label: 'olivia@acme.com',
        columns: ['owner'],
        detail: 'May do everything.',
        choice: { accessTokenFile: owner },
      },
      { id: 'viewer', label: 'victor@acme.com', choice: { accessTokenFile: join(owner, 'gone') } },
    ];
    const { told, ending } = await signIn(
      [
        ['sign-in', choose('viewer')],
        ['sign-in', choose('owner')],
      ],
      { endpoint: ELSEWHERE, offered },
    );
    expect(told.choice('sign-in')).toMatchObject({
      options: [
        { id: 'owner', label: 'olivia@acme.com', columns: ['owner'], detail: 'May do everything.' },
        { id: 'viewer' },
      ],
      notes: [{ tone: 'attention', text: 'That did not work: there is no such file; name a readable file.' }],
      loading: false,
    });
    expect(ending).toMatchObject({
      value: { credentials: { kind: 'access-token' }, flags: { accessTokenFile: owner } },
    });
    expect(await started()).toEqual([]);
  });
});

test('a choice that is gone by the time it is used is told at the question, which stays', async () => {
  const { file, signIn } = await desk();
  const key = await file('work/key.json', keyFile());
  const { told } = await signIn([
    [
      'sign-in',
      (question) => {
        if (question.kind !== 'choice' || question.loading) return undefined;
        rmSync(key);
        return { kind: 'chosen', id: `file:${key}` };
      },
    ],
    ['sign-in', whenLoaded({ kind: 'chosen', id: 'embedded' })],
  ]);
  expect(told.question('sign-in').notes?.[0]).toMatchObject({ tone: 'attention' });
});

test('leaving leaves, and the search for more ends with it', async () => {
  const { file, gcloud, home, signIn } = await desk();
  await file(adc, USER);
  await gcloud({ accounts: `echo $$ > "${home}/pid"; exec sleep 60` });
  const pid = async () => Number(await readFile(join(home, 'pid'), 'utf8').catch(() => '0'));
  const runs = async () => {
    try {
      return process.kill(await pid(), 0);
    } catch {
      return false;
    }
  };
  const leaveOnceGcloudRuns: Reply = async () => {
    await expect.poll(pid).not.toBe(0);
    return { kind: 'leave' };
  };
  await expect(signIn([['sign-in', leaveOnceGcloudRuns]])).rejects.toBeInstanceOf(LeftError);
  await expect.poll(runs).toBe(false);
});
