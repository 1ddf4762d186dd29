import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { EMAIL, keyFile } from '../../google/service-account-keys.ts';
import { choose, whenLoaded } from './person.ts';
import { ADA, BOB, desk, USER } from './sign-in-desk.ts';

const nobody = { credentials: undefined, accessTokenFile: undefined, account: undefined };
const adc = '.config/gcloud/application_default_credentials.json';

describe('the ways to sign in', () => {
  test('are found side by side, and shown with who, what kind and where from, but with no secret', async () => {
    const { file, gcloud, env, signIn } = await desk();
    env['IAMREADY_ACCESS_TOKEN_FILE'] = await file('token', 'SECRET-token');
    env['GOOGLE_APPLICATION_CREDENTIALS'] = await file(
      'named.json',
      keyFile({ client_email: 'named@p.iam.gserviceaccount.com' }),
    );
    await file(adc, USER);
    await gcloud({ accounts: [ADA, BOB] });
    await file('work/key.json', keyFile());
    await file(
      '.config/iamready/keys/acme-video/remotion-sa.json',
      keyFile({ client_email: 'kept@p.iam.gserviceaccount.com' }),
    );
    const { told } = await signIn([['sign-in', whenLoaded(choose('adc'))]]);
    const question = told.choice('sign-in');
    expect(question.options.map(({ label, columns = [] }) => [label, ...columns].join(' | '))).toEqual([
      'the owner of an access token | access token | ~/token',
      'named@p.iam.gserviceaccount.com | application default credentials | ~/named.json',
      'ada@acme.com | application default credentials | ~/.config/gcloud/application_default_credentials.json',
      'bob@acme.com | gcloud | active account',
      'ada@acme.com | gcloud | other account',
      `${EMAIL} | service account key | ./key.json`,
      'kept@p.iam.gserviceaccount.com | service account key | ~/.config/iamready/keys/acme-video/remotion-sa.json',
      'sign in with gcloud | gcloud auth login',
      'make application default credentials | gcloud auth application-default login',
      'type the path of a credentials file',
      'try everything on the embedded cloud first | no account needed',
    ]);
    expect(
      question.options.every(({ detail, unavailable }) => detail !== undefined && unavailable === undefined),
    ).toBe(true);
    expect(question).toMatchObject({ initial: 'access-token-file', loading: false, notes: [] });
    expect(told.busy).toEqual(['looking for ways to sign in']);
    expect(inspect(told.asked, { depth: 9 })).not.toMatch(/SECRET|PRIVATE/);
  });

  test('join the open question as they come: who has a login of their own need not wait for gcloud', async () => {
    const { file, gcloud, home, signIn } = await desk();
    await file(adc, USER);
    // gcloud answers only after the question was seen without it.
    await gcloud({
      accounts: `while ! test -e "${home}/seen"; do sleep 0.05; done; echo '[{"account":"ada@acme.com","status":"ACTIVE"}]'`,
    });
    const labels: string[][] = [];
    const { ending } = await signIn([
      [
        'sign-in',
        (question) => {
          if (question.kind !== 'choice') return undefined;
          labels.push(question.options.filter(({ pinned }) => !pinned).map(({ id }) => id));
          if (labels.length === 1) void writeFile(join(home, 'seen'), '');
          return question.loading ? undefined : { kind: 'chosen', id: 'gcloud:ada@acme.com' };
        },
      ],
    ]);
    expect(labels[0]).toEqual(['adc']);
    expect(labels.at(-1)).toEqual(['adc', 'gcloud:ada@acme.com']);
    expect(ending).toMatchObject({ value: { flags: { ...nobody, account: 'ada@acme.com' } } });
  });

  test('are a question even if there is only one: it has the focus, and nothing is chosen silently', async () => {
    const { gcloud, signIn } = await desk();
    await gcloud({ accounts: [BOB] });
    const { ending, told } = await signIn([['sign-in', choose('gcloud:bob@acme.com')]]);
    expect(told.choice('sign-in').initial).toBe('gcloud:bob@acme.com');
    expect(ending).toMatchObject({
      kind: 'done',
      value: {
        credentials: { kind: 'gcloud', principal: 'bob@acme.com' },
        flags: { ...nobody, account: 'bob@acme.com' },
      },
    });
  });

  test('that cannot be read are shown with the reason and what would help', async () => {
    const { file, gcloud, env, home, signIn } = await desk();
    env['IAMREADY_ACCESS_TOKEN_FILE'] = await file('token', 'one\ntwo');
    env['GOOGLE_APPLICATION_CREDENTIALS'] = join(home, 'gone.json');
    await file(adc, '{"type":"authorized_user"}');
    await gcloud({ accounts: 'echo "ERROR: no python" >&2; exit 3' });
    await file('work/damaged.json', keyFile({ private_key: 'SECRET' }));
    const { told, ending } = await signIn([['sign-in', whenLoaded({ kind: 'chosen', id: 'embedded' })]]);
    const why = (id: string) => told.option('sign-in', id).unavailable;
    expect(why('access-token-file')).toMatch(/several lines; store the token alone/);
    expect(why('adc-variable')).toBe('there is no such file; name a readable file');
    expect(why('adc')).toMatch(/a field missing or wrong; use a JSON key/);
    expect(why('gcloud')).toMatch(/no python; gcloud auth login/);
    expect(why(`file:${join(home, 'work', 'damaged.json')}`)).toMatch(/private_key is no PEM private key/);
    expect(told.question('sign-in').notes).toEqual([
      { tone: 'note', text: 'Nothing to sign in with was found on this machine.' },
    ]);
    expect(ending).toEqual({ kind: 'done', value: { embedded: true } });
    expect(inspect(told.asked, { depth: 9 })).not.toContain('SECRET');
  });

  test('among the files of the current folder are keys only, and few enough files are looked into', async () => {
    const { file, cwd, signIn } = await desk();
    await file('work/package.json', '{"type":"module"}');
    await file('work/list.json', '[1]');
    await file('work/user.json', USER);
    await file('work/big.json', keyFile({ more: 'x'.repeat(70_000) }));
    await file('work/key.txt', keyFile());
    await mkdir(join(cwd, 'folder.json'));
    await execa('mkfifo', [join(cwd, 'pipe.json')]);
    await symlink(await file('elsewhere', keyFile()), join(cwd, 'linked.json'));
    for (let n = 100; n < 150; n += 1) await file(`work/n${n}.json`, keyFile());
    const { told } = await signIn([['sign-in', whenLoaded({ kind: 'chosen', id: 'embedded' })]]);
    const found = told.choice('sign-in').options.filter(({ id }) => id.startsWith('file:'));
    const names = found.map(({ columns = [] }) => columns[1]);
    expect(names).toContain('./linked.json');
    expect(names.filter((name) => !/^\.\/(?:linked|n1\d\d)\.json$/u.test(name ?? ''))).toEqual([]);
    expect(names.length).toBeLessThan(40);
  });

  test('that hostile names come from cannot give orders to the terminal', async () => {
    const { gcloud, file, signIn } = await desk();
    await gcloud({ accounts: [{ account: 'a\u001b[2Jda@acme.com', status: 'ACTIVE' }] });
    await file('work/\u001b]0;x\u0007.json', keyFile());
    const { told, ending } = await signIn([['sign-in', whenLoaded(choose('gcloud:a\u001b[2Jda@acme.com'))]]);
    const shown = told.choice('sign-in').options;
    expect(shown[0]?.label).toBe(String.raw`a\u001b[2Jda@acme.com`);
    expect(shown[1]?.columns?.[1]).toBe(String.raw`./\u001b]0;x\u0007.json`);
    expect(ending).toMatchObject({ value: { flags: { account: 'a\u001b[2Jda@acme.com' } } });
  });

  test('are one where two point to the same file', async () => {
    const { file, env, signIn } = await desk();
    env['GOOGLE_APPLICATION_CREDENTIALS'] = await file('work/key.json', keyFile());
    const { told, ending } = await signIn([['sign-in', whenLoaded(choose('adc-variable'))]]);
    expect(told.choice('sign-in').options.filter(({ pinned }) => !pinned)).toHaveLength(1);
    expect(ending).toMatchObject({
      value: { flags: { credentials: env['GOOGLE_APPLICATION_CREDENTIALS'] } },
    });
  });

  test('that come through a pipe are read when they are chosen, not before', async () => {
    const { env, home, signIn } = await desk();
    const pipe = join(home, 'pipe');
    await execa('mkfifo', [pipe]);
    env['IAMREADY_ACCESS_TOKEN_FILE'] = pipe;
    const written = execa('sh', ['-c', `printf tok > "${pipe}"`]);
    const { ending } = await signIn([['sign-in', choose('access-token-file')]], {
      flags: { accessTokenFile: pipe },
    });
    await written;
    expect(ending).toMatchObject({
      value: { credentials: { kind: 'access-token' }, flags: { accessTokenFile: pipe } },
    });
  });
});
