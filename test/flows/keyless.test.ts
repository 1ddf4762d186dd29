import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { readWorldFile } from '../../src/simulator/server.ts';
import { openStage } from './stage.ts';

const world = () => readWorldFile(new URL('../../catalog/worlds/blocked.yaml', import.meta.url).pathname);
const ada = 'ya29.simulated-ada-the-operator';
const email = 'remotion-sa@acme-video.iam.gserviceaccount.com';
const refreshToken = '1//SECRET-refresh';

/** The world whose organisation forbids keys, as ada, who owns the project. */
async function openForbidden() {
  const stage = await openStage({ world: await world() });
  const accessTokenFile = await stage.tokenOf(ada);
  const keyless = {
    accessTokenFile,
    keyless: 'impersonation',
    impersonator: 'user:ada@acme.com',
  } as const;
  return { stage, accessTokenFile, keyless };
}

/** Somebody is logged in for programs on this machine, or nobody is. */
async function logIn(folder: string, login?: object): Promise<void> {
  vi.stubEnv('CLOUDSDK_CONFIG', join(folder, 'gcloud'));
  await mkdir(join(folder, 'gcloud'), { recursive: true });
  if (login === undefined) return;
  const file = join(folder, 'gcloud', 'application_default_credentials.json');
  await writeFile(file, JSON.stringify(login));
}
const login = {
  type: 'authorized_user',
  client_id: 'c',
  client_secret: 's',
  refresh_token: refreshToken,
};

test('where keys are forbidden nothing is written, and the constraint and the way out are named', async () => {
  const { stage, accessTokenFile } = await openForbidden();
  const run = await stage.setup({ accessTokenFile });
  expect(run).toMatchObject({
    exit: 3,
    result: {
      states: { key: 'blocked' },
      problem: { mover: 'person', next: expect.stringContaining('--keyless=impersonation') as string },
    },
  });
  expect(run.result.problem?.what).toContain('iam.disableServiceAccountKeyCreation');
  expect(await stage.writes()).toEqual([]);
});

test('without a key: the person acts as the account, which proves itself; later runs know, and write nothing', async () => {
  const { stage, accessTokenFile, keyless } = await openForbidden();
  await logIn(stage.folder);
  const run = await stage.setup(keyless);
  expect(run).toMatchObject({ exit: 0, result: { status: 'ready' } });
  expect(run.result.keyFile).toBeUndefined();
  expect(run.result.keyless?.lines).toEqual([
    `gcloud auth application-default login --impersonate-service-account=${email}`,
  ]);
  const tested = run.events.findLast((event) => event.type === 'step' && event.step === 'validate');
  expect(tested).toMatchObject({
    state: 'ready',
    facts: [{ text: expect.stringContaining('15 of 15') as string }],
  });
  expect((await stage.requests()).map(({ principal }) => principal)).toContain(`serviceAccount:${email}`);
  expect(await stage.writes()).not.toContainEqual(expect.stringContaining('/keys'));

  await stage.forgetRequests();
  expect((await stage.check({ accessTokenFile })).exit).toBe(0);
  expect((await stage.setup({ accessTokenFile })).exit).toBe(0);
  expect(await stage.writes()).toEqual([]);

  // Back to a key, which is forbidden still.
  expect((await stage.setup({ accessTokenFile, keyless: 'none' })).result.states).toMatchObject({
    key: 'blocked',
  });
});

test('whoever is logged in for programs gets a file to act as the account with, closed to others and kept', async () => {
  const { stage, accessTokenFile, keyless } = await openForbidden();
  await logIn(stage.folder, login);
  const run = await stage.setup(keyless);
  expect(run).toMatchObject({ exit: 0, result: { keyless: { file: stage.keyFile } } });
  expect((await stat(stage.keyFile)).mode & 0o777).toBe(0o600);
  const text = await readFile(stage.keyFile, 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    type: 'impersonated_service_account',
    service_account_impersonation_url: expect.stringContaining(`${email}:generateAccessToken`) as string,
    source_credentials: { type: 'authorized_user', refresh_token: refreshToken },
  });
  expect(JSON.stringify(run.events)).not.toContain('SECRET');
  for (const name of await readdir(join(stage.folder, 'state'), { recursive: true }))
    if (name.endsWith('.json'))
      expect(await readFile(join(stage.folder, 'state', name), 'utf8')).not.toContain('SECRET');

  await stage.forgetRequests();
  expect((await stage.setup({ accessTokenFile })).exit).toBe(0);
  expect(await stage.writes()).toEqual([]);
  expect(await readFile(stage.keyFile, 'utf8')).toBe(text);
});

test('who prepares it for somebody else and may not act as the account is told who proves the sign-in', async () => {
  const stage = await openStage();
  const { cloud } = stage;
  await logIn(stage.folder, login);
  await cloud.enableService('iam.googleapis.com');
  const robot = `serviceAccount:${(await cloud.createAccount('robot-1')).email}`;
  const credentials = join(stage.folder, 'robot.json');
  await writeFile(credentials, (await cloud.createKey('robot-1')).file);
  await cloud.changePolicy((policy) => ({
    ...policy,
    bindings: [...policy.bindings, { role: 'roles/owner', members: [robot] }],
  }));
  const as = { accessTokenFile: undefined, credentials };

  const run = await stage.setup({ ...as, keyless: 'impersonation', impersonator: 'user:liam@acme.com' });
  expect(run).toMatchObject({ exit: 0, result: { status: 'ready' } });
  const validated = run.events.findLast((event) => event.type === 'step' && event.step === 'validate');
  expect(validated).toMatchObject({
    facts: [{ tone: 'attention', text: expect.stringContaining('user:liam@acme.com proves it') as string }],
    checks: [],
  });
  // No login of the operator's for somebody else.
  await expect(stat(stage.keyFile)).rejects.toThrow('ENOENT');
  expect(await stage.lines('check', as)).toContain('its sign-in was not tried');
});

test('from forbidden to allowed: a key takes the place of credentials that acted as the account', async () => {
  const stage = await openStage();
  await logIn(stage.folder, login);
  const keyless = { keyless: 'impersonation', impersonator: 'user:ada@acme.com' } as const;
  expect((await stage.setup(keyless)).exit).toBe(0);
  expect((await stage.setup({ keyless: 'none' })).exit).toBe(0);
  expect(await stage.heldKey()).toMatchObject({ mode: 0o600, email });
  await stage.forgetRequests();
  expect((await stage.setup()).exit).toBe(0);
  expect(await stage.writes()).toEqual([]);
});
