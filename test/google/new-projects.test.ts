import { describe, expect, onTestFinished, test } from 'vitest';
import type { CallLog } from '../../src/google/cloud.ts';
import { readWorldFile, startSimulator, type SimulatorOptions } from '../../src/simulator/server.ts';
import { cloudAt, failure, fixedTokens } from './clouds.ts';

const VERA = fixedTokens('ya29.simulated-vera-the-viewer');
const ACCOUNT = 'billingAccounts/01A4C7-5E90B2-D3F816';
const CLOSED = 'billingAccounts/0B7719-24C6AE-90D5F3';

/** A simulator for one test, seen as its operator. */
async function simulated(options: SimulatorOptions = {}) {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  const log: CallLog[] = [];
  const credentials = fixedTokens(simulator.token);
  const abort = new AbortController();
  const cloud = cloudAt(simulator.endpoint, {
    credentials,
    log: (entry) => log.push(entry),
    signal: abort.signal,
  });
  const fault = (rule: object) =>
    fetch(`${simulator.endpoint}/_/faults`, { method: 'POST', body: JSON.stringify(rule) });
  return { cloud, log, fault, abort };
}

describe('a new project', () => {
  test('is waited for, then there, with its number', async () => {
    const { cloud, log } = await simulated({ lag: 'typical', clockSpeed: 20 });
    const waits: number[] = [];
    const made = await cloud.projects.create(
      { projectId: 'acme-new-render', name: 'New Render', parent: 'folders/418820519377' },
      (elapsed) => waits.push(elapsed),
    );
    expect(made).toEqual({
      projectId: 'acme-new-render',
      number: expect.stringMatching(/^\d{12}$/) as unknown,
      name: 'New Render',
      state: 'ACTIVE',
      parent: 'folders/418820519377',
    });
    expect(waits.length).toBeGreaterThan(0);
    expect(await cloud.projects.get('acme-new-render')).toEqual(made);
    expect(log.filter(({ method }) => method === 'projects.create')).toHaveLength(1);
  });

  test('that cannot be is refused with the kind of the reason', async () => {
    const { cloud } = await simulated({ lag: 'typical', clockSpeed: 20 });
    const wanted = { projectId: 'acme-new-render', name: 'New Render' };
    const kindOf = async (change: object, as = cloud) =>
      (await failure(as.projects.create({ ...wanted, ...change }))).kind;
    expect(await kindOf({ projectId: 'acme-demo' })).toBe('exists');
    expect(await kindOf({ projectId: 'Acme' })).toBe('invalid');
    expect(await kindOf({ name: 'x' })).toBe('invalid');
    expect(await kindOf({ parent: 'folders/1' })).toBe('denied');
    expect(await kindOf({}, cloud.as(VERA))).toBe('denied');
  });

  test('of which nobody knows whether it was begun is not begun twice', async () => {
    const { cloud, log, fault } = await simulated();
    await fault({ method: 'POST', path: '/v3/projects', times: 1, then: { kind: 'lose-answer' } });
    const wanted = { projectId: 'acme-new-render', name: 'New Render' };
    expect((await failure(cloud.projects.create(wanted))).kind).toBe('unreachable');
    expect(log).toHaveLength(1);
    expect((await failure(cloud.projects.create(wanted))).kind).toBe('exists');
    expect(await cloud.projects.get('acme-new-render')).toMatchObject({ name: 'New Render' });
  });

  test('is not waited for any longer once the caller has cancelled', async () => {
    const { cloud, abort } = await simulated({ lag: 'typical', clockSpeed: 0 });
    const call = cloud.projects.create({ projectId: 'acme-new-render', name: 'New Render' }, () =>
      abort.abort(),
    );
    expect((await failure(call)).kind).toBe('cancelled');
  });

  test('past the quota of its maker is told as a quota', async () => {
    const world = { ...(await readWorldFile('default')), projectQuota: 1 };
    const { cloud } = await simulated({ world });
    await cloud.projects.create({ projectId: 'acme-render-1', name: 'Render' });
    expect(
      await failure(cloud.projects.create({ projectId: 'acme-render-2', name: 'Render' })),
    ).toMatchObject({ kind: 'quota', method: 'operations.get', violations: [{ type: 'quota' }] });
  });
});

describe('billing', () => {
  test('accounts are listed, the open ones first and marked; to see none is no failure', async () => {
    const { cloud } = await simulated();
    expect(await cloud.billing.accounts()).toEqual([
      { name: ACCOUNT, displayName: 'Acme Cloud', open: true },
      { name: CLOSED, displayName: 'Acme Trial', open: false },
    ]);
    expect(await cloud.as(VERA).billing.accounts()).toEqual([]);
  });

  test('of a project is read, and linked where there was none', async () => {
    const { cloud } = await simulated();
    expect(await cloud.billing.of('acme-sandbox')).toEqual({ enabled: false });
    expect(await cloud.billing.link('acme-sandbox', CLOSED)).toEqual({ enabled: false, account: CLOSED });
    expect(await cloud.billing.link('acme-sandbox', ACCOUNT)).toEqual({ enabled: true, account: ACCOUNT });
    expect(await cloud.billing.of('acme-sandbox')).toEqual({ enabled: true, account: ACCOUNT });
    await cloud.services.enable('acme-sandbox', ['run.googleapis.com']);
  });

  test('of an account that takes no more projects is refused, and the error says so', async () => {
    const world = await readWorldFile('default');
    for (const account of world.billingAccounts) account.mostProjects = 3;
    const { cloud } = await simulated({ world });
    expect(await failure(cloud.billing.link('acme-sandbox', ACCOUNT))).toMatchObject({
      kind: 'precondition',
      violations: [{ type: 'quota', subject: ACCOUNT }],
    });
  });

  test('that one may not see or change is denied, and what is no project ID never leaves', async () => {
    const { cloud, log } = await simulated();
    expect(await failure(cloud.as(VERA).billing.link('acme-video', ACCOUNT))).toMatchObject({
      kind: 'denied',
      api: 'cloudbilling',
      method: 'projects.updateBillingInfo',
    });
    expect((await failure(cloud.billing.of('no-such-project'))).kind).toBe('denied');
    const sent = log.filter(({ httpStatus }) => httpStatus !== undefined).length;
    expect((await failure(cloud.billing.of('acme/video'))).kind).toBe('invalid');
    expect(log.filter(({ httpStatus }) => httpStatus !== undefined)).toHaveLength(sent);
  });
});
