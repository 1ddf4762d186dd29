import { describe, expect, onTestFinished, test, vi } from 'vitest';
import * as z from 'zod';
import { serviceAccountKey } from '../../src/google/credentials.ts';
import { cloudAt, failure } from './clouds.ts';
import { answer, startServer } from './server.ts';
import { PROJECT, simulated } from './simulated.ts';

const SEEN = { name: 'projects/12', projectId: 'p', state: 'ACTIVE' };
const Faults = z.object({ rules: z.array(z.object({ hits: z.number() })) });
const ASKED = ['run.services.get'];

describe('a read', () => {
  const faults: [string, object, string][] = [
    ['is refused for its rate, without a word on when', { kind: 'status', status: 429 }, 'quota'],
    ['is refused for its rate, until at once', { kind: 'status', status: 429, retryAfter: 0 }, 'quota'],
    ['meets an error within', { kind: 'status', status: 500 }, 'unavailable'],
    ['meets a load balancer’s page', { kind: 'html', status: 502 }, 'unavailable'],
    ['is cut off before the cloud has looked', { kind: 'reset' }, 'unreachable'],
    ['is cut off after it has', { kind: 'lose-answer' }, 'unreachable'],
  ];
  test.each(faults)('that %s goes well the next time', async (_, then, kind) => {
    const { cloud, log, fault } = await simulated();
    await cloud.projects.get(PROJECT);
    await fault({ path: `/v3/projects/${PROJECT}`, times: 1, then });
    expect(await cloud.projects.get(PROJECT)).toMatchObject({ projectId: PROJECT });
    expect(log.slice(1).map((entry) => entry.kind)).toEqual([kind, undefined]);
  });

  test('that is met with silence is given up sooner than a write, so that another try fits in', async () => {
    const { cloud, endpoint, log, fault } = await simulated();
    await cloud.projects.get(PROJECT);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await fault({ path: '/v3/projects/*', times: 1, then: { kind: 'hang' } });
    await fault({ method: 'POST', then: { kind: 'hang' } });
    const read = cloud.projects.get(PROJECT);
    const write = failure(cloud.accounts.create(PROJECT, { accountId: 'renderer' }));
    await vi.waitUntil(async () => {
      const { rules } = Faults.parse(await (await fetch(`${endpoint}/_/faults`)).json());
      return rules.every(({ hits }) => hits === 1);
    }, 20_000);
    vi.advanceTimersByTime(10_000);
    expect(await read).toMatchObject({ projectId: PROJECT });
    vi.advanceTimersByTime(10_000);
    expect(await write).toMatchObject({ kind: 'timeout', message: 'no whole answer within 20 s' });
    expect(log.map(({ method, kind }) => [method, kind])).toEqual([
      ['projects.get', undefined],
      ['projects.get', 'timeout'],
      ['projects.get', undefined],
      ['projects.serviceAccounts.create', 'timeout'],
    ]);
  });

  test('that meets somebody’s page in place of the cloud is told, and not sent again', async () => {
    const { cloud, log, fault } = await simulated();
    await fault({ times: 1, then: { kind: 'html' } });
    expect((await failure(cloud.projects.get(PROJECT))).kind).toBe('garbled');
    expect(log).toHaveLength(1);
  });

  test('whose answer is cut in the middle is read again; a write whose answer is cut is told', async () => {
    const server = await startServer((request, response, nth, raw) => {
      if (nth !== 1 && request.method === 'GET') answer(response, 200, SEEN);
      else response.writeHead(200, { 'content-length': '1000', 'content-type': 'application/json' });
      if (!response.writableEnded) response.write('{"name":"projects/12"', () => raw.socket.destroy());
    });
    const cloud = cloudAt(server.url);
    expect(await cloud.projects.get('p')).toMatchObject({ number: '12' });
    expect(await failure(cloud.accounts.create('p', { accountId: 'robot-one' }))).toMatchObject({
      kind: 'unreachable',
      code: 'ECONNRESET',
      attempts: 1,
    });
    expect(server.seen).toHaveLength(3);
  });
});

describe('a token', () => {
  test('that ends unnoticed, since the other end’s clock jumped, is fetched anew once, for a write too', async () => {
    const { cloud, log, advance } = await simulated();
    const { email } = await cloud.accounts.create(PROJECT, { accountId: 'renderer' });
    const key = await cloud.keys.create(PROJECT, email);
    const policy = await cloud.projects.getPolicy(PROJECT);
    const bindings = [
      ...policy.bindings,
      { role: 'roles/iam.serviceAccountAdmin', members: [`serviceAccount:${email}`] },
    ];
    await cloud.projects.setPolicy(PROJECT, { ...policy, bindings });
    const robot = cloud.as(serviceAccountKey(key.file));
    await robot.projects.test(PROJECT, ASKED);
    await advance(7_200);
    log.length = 0;
    await robot.accounts.patch(email, PROJECT, { description: 'Renders' });
    expect(log.map(({ method, httpStatus }) => [method, httpStatus])).toEqual([
      ['projects.serviceAccounts.patch', 401],
      ['token', 200],
      ['projects.serviceAccounts.patch', 200],
    ]);
  });
});

describe('a clock of this machine that is wrong', () => {
  test('costs one try, and is told beside a refusal that stays', async () => {
    const { cloud, endpoint, advance } = await simulated();
    const { email } = await cloud.accounts.create(PROJECT, { accountId: 'renderer' });
    const key = await cloud.keys.create(PROJECT, email);
    const tried: [string, number | undefined][] = [];
    // Each knows nothing of the other end's time yet.
    const fresh = () =>
      cloudAt(endpoint, {
        credentials: serviceAccountKey(key.file),
        log: ({ method, httpStatus }) => tried.push([method, httpStatus]),
      }).projects.test(PROJECT, ASKED);
    await cloud.keys.disable(PROJECT, email, key.id);
    const inTime = await failure(fresh());
    expect(inTime).toMatchObject({ kind: 'invalid-grant', clockSkewMs: undefined });
    expect(tried.splice(0)).toEqual([['token', 400]]);

    await advance(86_400);
    const late = await failure(fresh());
    expect(late.kind).toBe('invalid-grant');
    expect(Math.abs((late.clockSkewMs ?? 0) + 86_400_000)).toBeLessThan(10_000);
    expect(tried.splice(0)).toEqual([
      ['token', 400],
      ['token', 400],
    ]);
  });
});
