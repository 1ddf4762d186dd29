import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { workflowToken } from '../../src/commands/workflow-token.ts';
import { readWorldFile } from '../../src/simulator/server.ts';
import { defaultWorldFile } from '../../src/simulator/world-file.ts';
import { choose, yes, type Line } from '../commands/wizard/person.ts';
import { answer, startServer } from '../google/server.ts';
import { loginAt, logIn, refreshTokens, withLogins } from '../flows/logins.ts';
import { openOverheard } from './overheard.ts';
import type { Answer, Passed } from './recorder.ts';

afterEach(() => vi.unstubAllEnvs());

const always = ['access-token', 'token-ya29-simulated-vera-the-viewer', 'keys/remotion-sa.json'];
const named = { project: 'acme-video', profile: 'remotion-cloudrun' };

/** What a server can do with what it was sent, or with a token that it was to issue. */
const wrongs: ((call: Passed, answer: Answer) => Answer)[] = [
  ({ authorization, body }, answer) => {
    const echo = `${authorization} ${body} ${decodeURIComponent(body)}`;
    const error = { error: { code: 403, status: 'PERMISSION_DENIED', message: echo } };
    return { ...answer, status: 403, text: JSON.stringify(error) };
  },
  ({ authorization, body }, answer) => {
    const echo = `${authorization} ${body} ${decodeURIComponent(body)}`;
    return { ...answer, status: 400, text: JSON.stringify({ error: echo, error_description: echo }) };
  },
  (_, answer) => ({ ...answer, text: answer.text.slice(0, -9) }),
  (_, answer) => ({ ...answer, text: answer.text.replaceAll(/access_?token/gi, 'id') }),
];

/** Checks with each of these wrongs at this place, none of which can end well. */
async function checkWronged(
  { recorder, run }: Awaited<ReturnType<typeof openOverheard>>,
  place: (path: string) => boolean,
  flags: Parameters<typeof run>[1] = {},
): Promise<void> {
  for (const wrong of wrongs) {
    recorder.twist((call, given) => (place(call.path) ? wrong(call, given) : undefined));
    expect(await run('check', flags)).not.toBe(0);
  }
  recorder.twist(() => undefined);
}

/** What ada says where everything goes. */
const toTheEnd: readonly Line[] = [
  ['sign-in', choose('ada')],
  ['plan', yes],
];

test('a login, its refresh token and what acts as the account by it are told nowhere, from setup to undo', async () => {
  const refreshToken = refreshTokens.ada;
  const clientSecret = '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dInHere';
  const world = withLogins(await readWorldFile(defaultWorldFile()));
  const overheard = await openOverheard([...always, 'gcloud/application_default_credentials.json'], {
    world,
  });
  const { stage, recorder, run, converse, leaks, kinds } = overheard;
  recorder.note('a refresh token', refreshToken);
  recorder.note('a client secret', clientSecret);
  await logIn(stage.folder, { ...loginAt(recorder.endpoint), client_secret: clientSecret });

  expect(await run('setup', { keyless: 'impersonation', impersonator: 'user:ada@acme.com' })).toBe(0);
  const written = await readFile(stage.keyFile, 'utf8');
  expect([written.includes(refreshToken), (await stat(stage.keyFile)).mode & 0o777]).toEqual([true, 0o600]);
  for (const place of ['/token', ':generateAccessToken'])
    await checkWronged(overheard, (path) => path.endsWith(place));
  await stage.cloud.deleteRole();
  expect(await run('repair')).toBe(0);
  expect(await run('rotate')).not.toBe(0);
  // It is taken for other credentials than it is.
  expect(await run('check', { accessTokenFile: stage.keyFile })).toBe(64);
  expect(await run('check', { accessTokenFile: undefined, credentials: stage.keyFile })).not.toBe(0);
  await writeFile(stage.keyFile, written.slice(0, -40));
  expect(await run('check')).not.toBe(0);
  await writeFile(stage.keyFile, written);
  expect(await converse('undo', toTheEnd, named)).toBe(0);

  expect(overheard.told()).toMatch(/iamcredentials \S+generateAccessToken 403 denied \d+ ms, attempt 1\n/);
  expect(overheard.told()).toMatch(/^\s+at /m);
  expect(kinds()).toEqual([
    'a bearer',
    'a client secret',
    'a refresh token',
    'a token to act as the account',
    'an issued token',
  ]);
  expect(await leaks()).toEqual([]);
});

test('a token of a workflow, and what it is exchanged for, are told nowhere', async () => {
  const overheard = await openOverheard([...always, 'subject-token']);
  const { stage, run, converse, leaks, kinds } = overheard;
  const subjectTokenFile = join(stage.folder, 'subject-token');
  const provider =
    'projects/764086051850/locations/global/workloadIdentityPools/iamready-github/providers/gh-acme-video';
  const request = { audience: `https://iam.googleapis.com/${provider}`, lifetime: 86_400 };
  const take = async (claims: object): Promise<void> => {
    const made = await fetch(`${stage.endpoint}/_/oidc/token`, {
      method: 'POST',
      body: JSON.stringify({ ...request, claims }),
    });
    const { token } = z.object({ token: z.string() }).parse(await made.json());
    overheard.recorder.note('a token of a workflow', token);
    await writeFile(subjectTokenFile, token);
  };
  await take({});
  const flags = { subjectTokenFile };
  expect(await run('setup', { keyless: 'github', repository: 'acme/video', ...flags })).toBe(0);
  for (const place of ['/v1/token', ':generateAccessToken'])
    await checkWronged(overheard, (path) => path.endsWith(place), flags);
  await take({ repository: 'acme/other' });
  expect(await run('check', flags)).toBe(3);
  expect(await converse('undo', toTheEnd, named)).toBe(0);

  expect(kinds()).toEqual([
    'a bearer',
    'a part of a token of a workflow',
    'a token of a workflow',
    'a token of the exchange',
    'a token to act as the account',
  ]);
  expect(await leaks()).toEqual([]);
});

test('neither of two keys is told, nor what they sign in with, while one takes the place of the other and both go', async () => {
  const overheard = await openOverheard([...always, '.env']);
  const { stage, recorder, run, converse, leaks, kinds } = overheard;
  const env = join(stage.folder, '.env');
  expect(await run('setup', { envFile: env })).toBe(0);
  const old = (await stage.heldKey()).id;
  for (const wrong of wrongs) {
    recorder.twist((call, given) => (call.path === '/token' ? wrong(call, given) : undefined));
    expect(await run('rotate')).not.toBe(0);
  }
  recorder.twist(() => undefined);
  expect(
    await converse(
      'rotate',
      [
        ['sign-in', choose('ada')],
        ['plan', yes],
      ],
      named,
    ),
  ).toBe(0);
  expect((await stage.heldKey()).id).not.toBe(old);
  const text = await readFile(env, 'utf8');
  expect([...recorder.secrets].filter(([secret]) => text.includes(secret)).length).toBeGreaterThan(20);
  await writeFile(env, text.replace('KEY-----', 'KEY----'));
  await stage.cloud.deleteRole();
  expect(await run('repair')).toBe(0);
  expect(await run('undo')).toBe(0);

  expect(kinds()).toEqual([
    'a bearer',
    'a line of a private key',
    'a line of a private key, in base64',
    'a part of a signed assertion',
    'a private key, as Google sends it',
    'a signed assertion',
    'an issued token',
  ]);
  expect(await leaks()).toEqual([]);
});

test('where GitHub answers with what is no token of this workflow, neither its answer nor what it was asked with is told', async () => {
  const payload = Buffer.from(JSON.stringify({ repository: 'acme/other', exp: 9_999_999_999 })).toString(
    'base64url',
  );
  const [token, minted] = ['request-token-of-the-job', `eyJhbGciOiJSUzI1NiJ9.${payload}.signature`];
  const answers = [{ value: minted }, { value: minted.slice(0, 30) }, { id: minted }, `${minted} ${token}`];
  const server = await startServer((_request, response, nth) =>
    answer(response, 200, answers[nth - 1] ?? ''),
  );
  for (const given of answers) {
    const request = { url: `${server.url}/?v=1`, token };
    const refused: unknown = await workflowToken({ request }, 'provider', 'acme/video', new Date()).catch(
      (error: unknown) => error,
    );
    expect(refused, JSON.stringify(given)).toMatchObject({ problem: { exit: 'blocked' } });
    const told = JSON.stringify(refused) + (refused instanceof Error ? (refused.stack ?? '') : '');
    for (const secret of [token, minted.slice(0, 30), payload]) expect(told).not.toContain(secret);
  }
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(
    answers.map(() => `Bearer ${token}`),
  );
});
