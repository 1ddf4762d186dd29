import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CallLog, Cloud } from '../../src/google/cloud.ts';
import { serviceAccountKey } from '../../src/google/credentials.ts';
import { impersonated } from '../../src/google/credentials/impersonated.ts';
import { startSimulator, type SimulatorOptions } from '../../src/simulator/server.ts';
import { cloudAt, failure, fixedTokens } from './clouds.ts';

const PROJECT = 'acme-site';
const ROLE = `projects/${PROJECT}/roles/renderer`;
const VERA = fixedTokens('ya29.simulated-vera-the-viewer');
const SAM = fixedTokens('ya29.simulated-sam-the-stranger');
const OLIVIA = fixedTokens('ya29.simulated-olivia-of-the-org');

/** A simulator for one test, seen as its operator. */
async function simulated(options: SimulatorOptions = {}) {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  const log: CallLog[] = [];
  const cloud = cloudAt(simulator.endpoint, {
    credentials: fixedTokens(simulator.token),
    log: (entry) => log.push(entry),
  });
  const control = (method: string, path: string, body: object) =>
    fetch(`${simulator.endpoint}/_/${path}`, { method, body: JSON.stringify(body) });
  return { simulator, cloud, log, control };
}

/** Makes an account in the project, with a key. */
async function accountWithKey(cloud: Cloud) {
  const account = await cloud.accounts.create(PROJECT, { accountId: 'renderer', displayName: 'Renderer' });
  return { account, key: await cloud.keys.create(PROJECT, account.email) };
}

describe('projects', () => {
  test('are read, and searched over several pages', async () => {
    const { cloud } = await simulated();
    expect(await cloud.projects.get('acme-video')).toEqual({
      projectId: 'acme-video',
      number: '764086051850',
      name: 'Acme Video',
      state: 'ACTIVE',
      parent: 'folders/418820519377',
    });
    const found = [];
    for await (const { projectId } of cloud.projects.search('id:acme-s*')) found.push(projectId);
    expect(found.sort()).toEqual(['acme-sandbox', 'acme-site']);
  });

  test('that are absent and those that are forbidden are denied alike', async () => {
    const { cloud } = await simulated();
    for (const id of ['no-such-project', 'p;rm -rf $HOME'])
      expect((await failure(cloud.projects.get(id))).kind).toMatch(/^(denied|invalid)$/);
    expect(await failure(cloud.as(SAM).projects.get('acme-video'))).toMatchObject({
      kind: 'denied',
      httpStatus: 403,
    });
  });

  test('keep conditions, audit configurations and member order when their policy is written', async () => {
    const { cloud } = await simulated();
    const before = await cloud.projects.getPolicy('acme-video');
    expect(before.bindings.filter(({ condition }) => condition)).toHaveLength(2);
    const binding = { role: 'roles/browser', members: ['user:vera@acme.com'] };
    await cloud.projects.setPolicy('acme-video', { ...before, bindings: [...before.bindings, binding] });
    const after = await cloud.projects.getPolicy('acme-video');
    expect(after.bindings.filter(({ role }) => role !== binding.role)).toEqual(before.bindings);
    expect(after.bindings).toContainEqual(binding);
    expect(after['auditConfigs']).toEqual(before['auditConfigs']);
    expect(after.etag).not.toBe(before.etag);
  });

  test('refuse a policy that was read before somebody else wrote', async () => {
    const { cloud } = await simulated();
    const stale = await cloud.projects.getPolicy('acme-video');
    await cloud.projects.setPolicy('acme-video', stale);
    expect(await failure(cloud.projects.setPolicy('acme-video', stale))).toMatchObject({
      kind: 'conflict',
      httpStatus: 409,
      status: 'ABORTED',
      attempts: 1,
    });
  });

  test('tell which permissions one holds on them', async () => {
    const { cloud } = await simulated();
    const asked = ['resourcemanager.projects.get', 'resourcemanager.projects.setIamPolicy'];
    expect(await cloud.projects.test('acme-video', asked)).toEqual(new Set(asked));
    expect(await cloud.as(VERA).projects.test('acme-video', asked)).toEqual(new Set(asked.slice(0, 1)));
    expect(await cloud.as(SAM).projects.test('acme-video', asked)).toEqual(new Set());
  });
});

describe('services', () => {
  test('are seen off, turned on and waited for, and turned on again without a wait', async () => {
    const { cloud } = await simulated({ clockSpeed: 100 });
    const names = ['run.googleapis.com', 'cloudbuild.googleapis.com', 'storage.googleapis.com'];
    const before = await cloud.services.states('acme-video', names);
    expect([...before.values()]).toEqual(['DISABLED', 'DISABLED', 'ENABLED']);
    await cloud.services.enable('acme-video', names);
    const after = await cloud.services.states('acme-video', names);
    expect([...after.values()]).toEqual(['ENABLED', 'ENABLED', 'ENABLED']);
    const waits: number[] = [];
    await cloud.services.enable('acme-video', names, (elapsed) => waits.push(elapsed));
    expect(waits).toEqual([]);
  });

  test('that cost money are refused where there is no billing, with Google’s reason', async () => {
    const { cloud } = await simulated({ clockSpeed: 100 });
    expect(await failure(cloud.services.enable('acme-sandbox', ['run.googleapis.com']))).toMatchObject({
      kind: 'precondition',
      reason: 'UREQ_PROJECT_BILLING_NOT_FOUND',
    });
  });
});

describe('services that are turned off', () => {
  test('take their turn after those that need them, and are refused while another does', async () => {
    const { cloud } = await simulated({ clockSpeed: 100 });
    const names = ['bigquery.googleapis.com', 'bigquerystorage.googleapis.com'];
    await cloud.services.enable(PROJECT, names);
    expect(await failure(cloud.services.disable(PROJECT, names.slice(0, 1)))).toMatchObject({
      kind: 'precondition',
      message: expect.stringContaining('bigquerystorage.googleapis.com') as unknown,
    });
    await cloud.services.disable(PROJECT, names);
    expect([...(await cloud.services.states(PROJECT, names)).values()]).toEqual(['DISABLED', 'DISABLED']);
  });

  test('are off once that is waited for, and those that were off already are no failure', async () => {
    const { cloud } = await simulated({ clockSpeed: 100 });
    const names = ['storage.googleapis.com', 'run.googleapis.com'];
    await cloud.services.disable('acme-video', names);
    const after = await cloud.services.states('acme-video', names);
    expect([...after.values()]).toEqual(['DISABLED', 'DISABLED']);
    await cloud.services.disable('acme-video', names);
    expect((await failure(cloud.as(VERA).services.disable('acme-video', names))).kind).toBe('denied');
  });
});

describe('roles', () => {
  test('are made, patched, deleted and brought back', async () => {
    const { cloud } = await simulated();
    expect(await cloud.roles.get(ROLE)).toBeUndefined();
    const content = { title: 'Renderer', includedPermissions: ['run.services.get'], stage: 'GA' };
    const made = await cloud.roles.create(`projects/${PROJECT}`, 'renderer', content);
    expect(await cloud.roles.get(ROLE)).toEqual({ ...made, ...content, description: '', deleted: false });
    expect((await failure(cloud.roles.create(`projects/${PROJECT}`, 'renderer', content))).kind).toBe(
      'exists',
    );

    const fields = { includedPermissions: ['run.services.get', 'run.services.list'], title: 'not written' };
    const patched = await cloud.roles.patch(ROLE, fields, ['includedPermissions'], made.etag);
    expect(patched).toMatchObject({ title: 'Renderer', includedPermissions: fields.includedPermissions });
    expect((await failure(cloud.roles.patch(ROLE, fields, ['title'], made.etag))).kind).toBe('conflict');

    expect((await failure(cloud.roles.delete(ROLE, made.etag))).kind).toBe('conflict');
    const gone = await cloud.roles.delete(ROLE, patched.etag);
    expect(gone?.deleted).toBe(true);
    expect(await cloud.roles.get(ROLE)).toEqual(gone);
    expect(await cloud.roles.delete(`projects/${PROJECT}/roles/none`)).toBeUndefined();
    expect((await failure(cloud.roles.create(`projects/${PROJECT}`, 'renderer', content))).kind).toBe(
      'precondition',
    );
    expect(await cloud.roles.undelete(ROLE, gone?.etag)).toMatchObject({ deleted: false, title: 'Renderer' });
  });

  test('that are predefined are read by their name, with permissions', async () => {
    const { cloud } = await simulated();
    const role = await cloud.roles.get('roles/run.invoker');
    expect(role?.includedPermissions).toContain('run.routes.invoke');
    expect(await cloud.roles.get('roles/no.such')).toBeUndefined();
  });

  test('may hold what is testable, which is read to the last page', async () => {
    const { cloud, log } = await simulated();
    const testable = await cloud.roles.testable(PROJECT);
    expect(log.length).toBeGreaterThan(1);
    expect(testable.get('run.services.get')).toMatchObject({ customRole: 'SUPPORTED' });
    expect(testable.has('run.locations.get')).toBe(false);
    expect([...testable.values()].some(({ customRole }) => customRole === 'NOT_SUPPORTED')).toBe(true);
  });

  test('with a permission that does not exist are refused', async () => {
    const { cloud } = await simulated();
    const content = { includedPermissions: ['run.locations.get'] };
    expect((await failure(cloud.roles.create(`projects/${PROJECT}`, 'renderer', content))).kind).toBe(
      'invalid',
    );
  });
});

describe('service accounts', () => {
  test('are made, found, described anew, disabled and enabled', async () => {
    const { cloud } = await simulated();
    const email = `renderer@${PROJECT}.iam.gserviceaccount.com`;
    expect(await cloud.accounts.get(email, PROJECT)).toBeUndefined();
    const made = await cloud.accounts.create(PROJECT, { accountId: 'renderer', displayName: 'Renderer' });
    expect(made).toMatchObject({
      email,
      projectId: PROJECT,
      displayName: 'Renderer',
      description: '',
      disabled: false,
    });
    expect(made.uniqueId).toMatch(/^\d{21}$/);
    expect(await cloud.accounts.get(email, PROJECT)).toEqual(made);
    expect((await failure(cloud.accounts.create(PROJECT, { accountId: 'renderer' }))).kind).toBe('exists');

    await cloud.accounts.patch(email, PROJECT, { description: 'Renders videos' });
    await cloud.accounts.disable(email, PROJECT);
    await cloud.accounts.disable(email, PROJECT);
    expect(await cloud.accounts.get(email, PROJECT)).toEqual({
      ...made,
      description: 'Renders videos',
      disabled: true,
    });
    await cloud.accounts.enable(email, PROJECT);
    expect((await cloud.accounts.get(email, PROJECT))?.disabled).toBe(false);
  });

  test('are deleted, once and again, and come back by their unique ID alone, as who they were', async () => {
    const { cloud } = await simulated();
    const made = await cloud.accounts.create(PROJECT, { accountId: 'renderer' });
    await cloud.accounts.delete(made.uniqueId, PROJECT);
    await cloud.accounts.delete(made.email, PROJECT);
    expect(await cloud.accounts.get(made.email, PROJECT)).toBeUndefined();
    expect((await failure(cloud.accounts.disable(made.email, PROJECT))).kind).toBe('not-found');
    expect(await cloud.accounts.undelete(made.uniqueId, PROJECT)).toEqual(made);
    expect(await cloud.accounts.get(made.email, PROJECT)).toEqual(made);
    expect((await failure(cloud.accounts.undelete('1'.repeat(21), PROJECT))).kind).toBe('not-found');
  });

  test('have an allow policy of their own, which is written with its etag and decides who acts as them', async () => {
    const { cloud } = await simulated();
    const { email } = await cloud.accounts.create(PROJECT, { accountId: 'renderer' });
    const before = await cloud.accounts.getPolicy(email, PROJECT);
    const asked = ['iam.serviceAccounts.getAccessToken'];
    expect(await cloud.as(VERA).accounts.test(email, PROJECT, asked)).toEqual(new Set());
    const bindings = [{ role: 'roles/iam.serviceAccountTokenCreator', members: ['user:vera@acme.com'] }];
    const written = await cloud.accounts.setPolicy(email, PROJECT, { ...before, bindings });
    expect(await cloud.accounts.getPolicy(email, PROJECT)).toEqual(written);
    expect(await cloud.as(VERA).accounts.test(email, PROJECT, asked)).toEqual(new Set(asked));
    expect((await failure(cloud.accounts.setPolicy(email, PROJECT, before))).kind).toBe('conflict');
    const robot = cloud.as(impersonated(email, VERA));
    expect(await robot.projects.test(PROJECT, ['run.services.get'])).toEqual(new Set());
  });
});

describe('keys', () => {
  test('are made, listed, used to call as the account, and deleted', async () => {
    const { cloud } = await simulated();
    const { account, key } = await accountWithKey(cloud);
    const [listed, ...others] = await cloud.keys.list(PROJECT, account.email);
    expect(others).toEqual([]);
    expect(listed).toMatchObject({ id: key.id, disabled: false, origin: 'GOOGLE_PROVIDED' });
    expect(listed?.validBefore.getTime()).toBeGreaterThan(cloud.serverTime().getTime());

    const policy = await cloud.projects.getPolicy(PROJECT);
    const binding = { role: 'roles/run.viewer', members: [`serviceAccount:${account.email}`] };
    await cloud.projects.setPolicy(PROJECT, { ...policy, bindings: [...policy.bindings, binding] });
    const robot = cloud.as(serviceAccountKey(key.file));
    expect(robot.principal).toBe(account.email);
    const asked = ['run.services.get', 'run.services.create'];
    expect(await robot.projects.test(PROJECT, asked)).toEqual(new Set(['run.services.get']));

    await cloud.keys.delete(PROJECT, account.email, key.id);
    expect(await cloud.keys.list(PROJECT, account.email)).toEqual([]);
    expect(await failure(cloud.as(serviceAccountKey(key.file)).projects.test(PROJECT, asked))).toMatchObject({
      kind: 'invalid-grant',
      api: 'oauth2',
    });
  });

  test('are of no use while they are disabled, and of use again once enabled; absent ones can be neither', async () => {
    const { cloud } = await simulated();
    const { account, key } = await accountWithKey(cloud);
    const tried = () => cloud.as(serviceAccountKey(key.file)).projects.test(PROJECT, ['run.services.get']);
    await cloud.keys.disable(PROJECT, account.email, key.id);
    await cloud.keys.disable(PROJECT, account.email, key.id);
    expect((await cloud.keys.list(PROJECT, account.email))[0]?.disabled).toBe(true);
    expect((await failure(tried())).kind).toBe('invalid-grant');
    await cloud.keys.enable(PROJECT, account.email, key.id);
    expect(await tried()).toEqual(new Set());
    await cloud.keys.delete(PROJECT, account.email, key.id);
    for (const change of ['disable', 'enable'] as const)
      expect((await failure(cloud.keys[change](PROJECT, account.email, key.id))).kind).toBe('not-found');
  });

  test('that an organisation policy forbids are refused with the constraint', async () => {
    const { cloud } = await simulated();
    const live = cloud.as(OLIVIA);
    const { email } = await live.accounts.create('acme-live', { accountId: 'renderer' });
    const error = await failure(live.keys.create('acme-live', email));
    expect(error.kind).toBe('precondition');
    expect(error.violations.map(({ type }) => type)).toEqual([
      'constraints/iam.disableServiceAccountKeyCreation',
    ]);
  });

  test('stay good however fast the other end’s clock runs, or jumps', async () => {
    const { cloud, control } = await simulated({ clockSpeed: 1000 });
    const { key } = await accountWithKey(cloud);
    const robot = cloud.as(serviceAccountKey(key.file));
    for (const seconds of [0, 3_500, 7_200, 86_400 * 30]) {
      await control('POST', 'clock', { advance: seconds });
      expect(await robot.projects.test(PROJECT, ['run.services.get'])).toEqual(new Set());
    }
  });

  test('leave nothing of the private key in what is logged or printed', async () => {
    const { cloud, log } = await simulated();
    const { key } = await accountWithKey(cloud);
    const robot = cloud.as(serviceAccountKey(key.file));
    const error = await failure(robot.projects.getPolicy(PROJECT));
    expect(error.kind).toBe('denied');
    const { private_key: pem } = JSON.parse(key.file.text()) as { private_key: string };
    const told =
      inspect([cloud, robot, key, error, log], { depth: 20, showHidden: true }) + JSON.stringify([key, log]);
    for (const line of pem.split('\n').filter((part) => part.length > 20)) expect(told).not.toContain(line);
  });
});

test('what an organisation policy demands of a project is told to whoever may know', async () => {
  const { cloud } = await simulated({ clockSpeed: 100 });
  const key = 'iam.disableServiceAccountKeyCreation';
  expect(await failure(cloud.orgPolicies.effectivePolicy(PROJECT, key))).toMatchObject({
    kind: 'service-disabled',
    metadata: { service: 'orgpolicy.googleapis.com' },
  });
  const live = cloud.as(OLIVIA);
  await cloud.services.enable(PROJECT, ['orgpolicy.googleapis.com']);
  await live.services.enable('acme-live', ['orgpolicy.googleapis.com']);
  expect(await live.orgPolicies.effectivePolicy('acme-live', `constraints/${key}`)).toBe(true);
  expect(await cloud.orgPolicies.effectivePolicy(PROJECT, key)).toBe(false);
  const levels = await live.projects.ancestry('acme-live');
  expect(levels).toEqual(['projects/acme-live', 'folders/905177331204', 'organizations/583920471652']);
  expect(await Promise.all(levels.map((level) => live.orgPolicies.setOn(level, key)))).toEqual([
    ...[undefined, 'enforced', undefined],
  ]);
  expect(await failure(cloud.orgPolicies.effectivePolicy(PROJECT, 'iam.none'))).toMatchObject({
    kind: 'not-found',
  });
  expect(await failure(cloud.as(SAM).orgPolicies.effectivePolicy(PROJECT, key))).toMatchObject({
    kind: 'denied',
    api: 'orgpolicy',
  });
});

test('the day on which a key was last used is told, and nothing of one that never was', async () => {
  const { cloud } = await simulated({ clockSpeed: 100 });
  const { account, key } = await accountWithKey(cloud);
  await cloud.keys.create(PROJECT, account.email);
  const asked = () => cloud.activity.keyLastAuthentication(PROJECT, account.email);
  expect(await failure(asked())).toMatchObject({
    kind: 'service-disabled',
    metadata: { service: 'policyanalyzer.googleapis.com' },
  });
  await cloud.services.enable(PROJECT, ['policyanalyzer.googleapis.com']);
  expect(await asked()).toEqual(new Map());
  await cloud.as(serviceAccountKey(key.file)).projects.test(PROJECT, ['run.services.get']);
  const days = await asked();
  expect([...days.keys()]).toEqual([key.id]);
  const ago = cloud.serverTime().getTime() - (days.get(key.id)?.getTime() ?? 0);
  expect(ago).toBeLessThan(25 * 3_600_000);
  expect(await failure(cloud.as(SAM).activity.keyLastAuthentication(PROJECT, account.email))).toMatchObject({
    kind: 'denied',
    api: 'policyanalyzer',
  });
});

test('an account is impersonated by whoever may, and by nobody else', async () => {
  const { cloud } = await simulated();
  const { email } = await cloud.accounts.create(PROJECT, { accountId: 'renderer' });
  expect(
    await failure(cloud.as(impersonated(email, VERA)).projects.test(PROJECT, ['run.services.get'])),
  ).toMatchObject({
    kind: 'denied',
    api: 'iamcredentials',
    metadata: { permission: 'iam.serviceAccounts.getAccessToken' },
  });
});

test('a token nobody issued is unauthenticated', async () => {
  const { cloud } = await simulated();
  expect(await failure(cloud.as(fixedTokens('nonsense')).projects.get('acme-video'))).toMatchObject({
    kind: 'unauthenticated',
    httpStatus: 401,
  });
});

test('an API that is off is told with its name and the project that lacks it', async () => {
  const { cloud } = await simulated();
  expect(await failure(cloud.roles.get('projects/acme-video/roles/renderer'))).toMatchObject({
    kind: 'service-disabled',
    metadata: { service: 'iam.googleapis.com' },
  });
});

test('a write whose answer is lost is told as unreachable, and was not sent twice', async () => {
  const { cloud, control, log } = await simulated();
  await control('POST', 'faults', { method: 'POST', times: 1, then: { kind: 'lose-answer' } });
  const error = await failure(cloud.accounts.create(PROJECT, { accountId: 'renderer' }));
  expect(error).toMatchObject({ kind: 'unreachable', code: 'ECONNRESET', attempts: 1 });
  expect(log).toHaveLength(1);
  expect(await cloud.accounts.get(`renderer@${PROJECT}.iam.gserviceaccount.com`, PROJECT)).toBeDefined();
});
