import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readWorldFile } from '../../src/simulator/server.ts';
import { loginAt, logIn, refreshTokens, withLogins } from './logins.ts';
import { openStage, type Stage } from './stage.ts';

/** A world of the package, whose people have logged in for programs. */
async function world(name: 'blocked' | 'default') {
  const file = new URL(`../../catalog/worlds/${name}.yaml`, import.meta.url);
  return withLogins(await readWorldFile(file.pathname));
}
const ada = 'ya29.simulated-ada-the-operator';
const email = 'remotion-sa@acme-video.iam.gserviceaccount.com';

/** The world whose organisation forbids keys, as ada, who owns the project. */
async function openForbidden() {
  const stage = await openStage({ world: await world('blocked') });
  const accessTokenFile = await stage.tokenOf(ada);
  const keyless = {
    accessTokenFile,
    keyless: 'impersonation',
    impersonator: 'user:ada@acme.com',
  } as const;
  return { stage, accessTokenFile, keyless, login: loginAt(stage.endpoint) };
}

const validated = ({ events }: Awaited<ReturnType<Stage['setup']>>) =>
  events.findLast((event) => event.type === 'step' && event.step === 'validate');
const saying = (text: string) => expect.stringContaining(text) as string;

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

const constraint = 'iam.disableServiceAccountKeyCreation';
const enforced = { orgPolicies: [{ constraint, enforced: true }] };
test.for([
  ['the organisation', {}, 'set on organizations/583920471652; whoever holds roles/orgpolicy.policyAdmin'],
  ['a folder', { folder: enforced }, 'set on folders/418820519377;'],
  ['the project', { folder: enforced, project: enforced }, "the project's own organisation policy says so;"],
  ['a level that may not be read', { blind: true }, 'an organisation policy says so; whoever holds'],
] as const)('it is told which level forbids keys: %s', async ([, at, why]) => {
  const read = await world('blocked');
  const { folder, project, blind } = { folder: undefined, project: undefined, blind: false, ...at };
  const stage = await openStage({
    world: {
      ...read,
      folders: read.folders.map((each) => ({ ...each, ...folder })),
      projects: read.projects.map((each) => ({ ...each, ...project })),
      ...(blind && { organizations: read.organizations.map((each) => ({ ...each, policy: undefined })) }),
    },
  });
  // Who owns a project may read what is in effect there, and nothing above it.
  const run = await stage.check({ accessTokenFile: await stage.tokenOf(ada) });
  expect(run.result.problem?.why).toContain(why);
  await stage.forgetRequests();
  await stage.check({
    accessTokenFile: await stage.tokenOf(ada),
    keyless: 'impersonation',
    impersonator: 'user:ada@acme.com',
  });
  expect((await stage.requests()).filter(({ path }) => /policies|getAncestry/.test(path))).toEqual([]);
});

test('without a key: the person acts as the account, which proves itself; later runs know, and write nothing', async () => {
  const { stage, accessTokenFile, keyless } = await openForbidden();
  await logIn(stage.folder);
  // Nobody is named: Google says whose the token is.
  const run = await stage.setup({ ...keyless, impersonator: undefined });
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

test('whoever is logged in for programs gets a file to act as the account with, which is tried, closed to others and kept', async () => {
  const { stage, accessTokenFile, keyless, login } = await openForbidden();
  await logIn(stage.folder, login);
  const run = await stage.setup(keyless);
  expect(run).toMatchObject({ exit: 0, result: { keyless: { file: stage.keyFile } } });
  expect(validated(run)).toMatchObject({ facts: [{ text: saying('by the credentials file: 15 of 15') }] });
  expect((await stat(stage.keyFile)).mode & 0o777).toBe(0o600);
  const text = await readFile(stage.keyFile, 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    type: 'impersonated_service_account',
    service_account_impersonation_url: saying(`/v1/projects/-/serviceAccounts/${email}:generateAccessToken`),
    source_credentials: { type: 'authorized_user', refresh_token: refreshTokens.ada },
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

test('a file that programs cannot act by is not called ready: it is made anew, or it is said who signs in first', async () => {
  const { stage, accessTokenFile, keyless, login } = await openForbidden();
  await logIn(stage.folder, login);
  await stage.setup(keyless);
  const good = await readFile(stage.keyFile, 'utf8');
  const check = () => stage.check({ accessTokenFile });

  await writeFile(stage.keyFile, good.replace(refreshTokens.ada, refreshTokens.ended));
  const ended = await check();
  expect(ended).toMatchObject({ exit: 2, result: { changes: [{ from: saying('has ended') }, {}] } });
  expect((await stage.setup({ accessTokenFile })).exit).toBe(0);
  expect(await readFile(stage.keyFile, 'utf8')).toBe(good);

  await writeFile(stage.keyFile, good.replace(refreshTokens.ada, refreshTokens.liam));
  expect((await check()).result.changes?.[0]?.from).toContain('as liam@acme.com, not as user:ada@acme.com');
  await logIn(stage.folder, loginAt(stage.endpoint, refreshTokens.ended));
  expect(await check()).toMatchObject({
    exit: 3,
    result: { problem: { next: saying('sign in as ada@acme.com (gcloud auth application-default login)') } },
  });

  // A client library sends the login's token to wherever the file says.
  await writeFile(stage.keyFile, good.replace(stage.endpoint + '/v1', 'https://stranger.example/v1'));
  const sent = await check();
  expect(sent).toMatchObject({ exit: 3, result: { problem: { what: saying('to stranger.example') } } });
  expect(JSON.stringify([ended, sent])).not.toContain('SECRET');
});

test.for([
  [
    "somebody else's",
    (endpoint: string) => loginAt(endpoint, refreshTokens.liam),
    'signed in as liam@acme.com',
  ],
  ['one that has ended', (endpoint: string) => loginAt(endpoint, refreshTokens.ended), 'has ended'],
  ["Google's, and the cloud is not", () => loginAt(), 'is for Google alone'],
] as const)('no file is made of a login that nobody could act by: %s', async ([, login, why]) => {
  const { stage, keyless } = await openForbidden();
  await logIn(stage.folder, login(stage.endpoint));
  const run = await stage.setup(keyless);
  expect(run).toMatchObject({ exit: 0, result: { status: 'ready' } });
  await expect(stat(stage.keyFile)).rejects.toThrow('ENOENT');
  const key = run.events.findLast((event) => event.type === 'step' && event.step === 'key');
  expect(JSON.stringify(key)).toContain(why);
  expect(validated(run)).toMatchObject({
    facts: [{ text: saying('no credentials file was tried: 15 of 15') }],
  });
});

test('whoever has a bare token and names somebody else is told at once who proves the sign-in', async () => {
  const { stage, keyless } = await openForbidden();
  await logIn(stage.folder);
  const forLiam = { ...keyless, impersonator: 'user:liam@acme.com' };
  const run = await stage.setup(forLiam);
  expect(run).toMatchObject({ exit: 0, result: { status: 'ready' } });
  expect(validated(run)).toMatchObject({
    facts: [{ tone: 'attention', text: saying('user:liam@acme.com proves it with iamready check') }],
    checks: [],
  });
  // A token that was made without the address of its owner.
  await stage.fault({ path: '/tokeninfo', then: { kind: 'status', status: 400 } });
  expect(validated(await stage.setup(forLiam))).toMatchObject({
    facts: [{ text: saying('Your credentials do not say whether you are user:liam@acme.com') }],
  });
});

test('who prepares it for somebody else and may not act as the account is told who proves the sign-in', async () => {
  const stage = await openStage();
  const { cloud } = stage;
  await logIn(stage.folder, loginAt(stage.endpoint));
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
  const stage = await openStage({ world: await world('default') });
  await logIn(stage.folder, loginAt(stage.endpoint));
  const keyless = { keyless: 'impersonation', impersonator: 'user:ada@acme.com' } as const;
  expect((await stage.setup(keyless)).exit).toBe(0);
  expect((await stage.setup({ keyless: 'none' })).exit).toBe(0);
  expect(await stage.heldKey()).toMatchObject({ mode: 0o600, email });
  await stage.forgetRequests();
  expect((await stage.setup()).exit).toBe(0);
  expect(await stage.writes()).toEqual([]);
});
