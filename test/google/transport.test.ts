import net, { type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CallLog } from '../../src/google/cloud.ts';
import { cloudAt, failure, fixedTokens } from './clouds.ts';
import { answer, startServer } from './server.ts';

const PROJECT = { name: 'projects/12', projectId: 'p', state: 'ACTIVE' };
const unavailable = { error: { code: 503, message: 'try later', status: 'UNAVAILABLE' } };

describe('a read', () => {
  test('that meets 5xx is sent again until it goes well, and each attempt is logged', async () => {
    const server = await startServer((_, response, nth) =>
      nth < 3 ? answer(response, 503, unavailable) : answer(response, 200, PROJECT),
    );
    const log: CallLog[] = [];
    expect(await cloudAt(server.url, { log: (entry) => log.push(entry) }).projects.get('p')).toMatchObject({
      number: '12',
    });
    expect(
      log.map(({ api, method, httpStatus, kind, attempt }) => [api, method, httpStatus, kind, attempt]),
    ).toEqual([
      ['cloudresourcemanager', 'projects.get', 503, 'unavailable', 1],
      ['cloudresourcemanager', 'projects.get', 503, 'unavailable', 2],
      ['cloudresourcemanager', 'projects.get', 200, undefined, 3],
    ]);
  });

  test('waits as long as Retry-After says', async () => {
    const quota = { error: { code: 429, message: 'slow down', status: 'RESOURCE_EXHAUSTED' } };
    const times: number[] = [];
    const server = await startServer((_, response, nth) => {
      times.push(performance.now());
      if (nth === 1) answer(response, 429, quota, { 'retry-after': '1' });
      else answer(response, 200, PROJECT);
    });
    await cloudAt(server.url).projects.get('p');
    const [began = 0, again = 0] = times;
    expect(again - began).toBeGreaterThan(990);
  });

  test('is not sent again when the server asks for more patience than we have, and says how long', async () => {
    const quota = {
      error: {
        code: 429,
        message: 'Maximum number of service accounts on project reached.',
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '86401s' }],
      },
    };
    const server = await startServer((_, response) => answer(response, 429, quota));
    expect(await failure(cloudAt(server.url).projects.get('p'))).toMatchObject({
      kind: 'quota',
      retryAfterMs: 86_401_000,
      attempts: 1,
    });
    expect(server.seen).toHaveLength(1);
  });

  test('that never goes well ends after the retries asked for, with the last failure', async () => {
    const server = await startServer((_, response) =>
      answer(response, 500, '<h1>oops</h1>', { 'content-type': 'text/html' }),
    );
    expect(await failure(cloudAt(server.url, { retries: 2 }).projects.get('p'))).toMatchObject({
      kind: 'unavailable',
      httpStatus: 500,
      attempts: 3,
    });
    expect(server.seen).toHaveLength(3);
  });

  test('survives a connection that is reset', async () => {
    const server = await startServer((_, response, nth, raw) => {
      if (nth === 1) raw.socket.resetAndDestroy();
      else answer(response, 200, PROJECT);
    });
    expect(await cloudAt(server.url).projects.get('p')).toMatchObject({ number: '12' });
    expect(server.seen).toHaveLength(2);
  });
});

describe('a write', () => {
  test.each([500, 502, 503])('is not sent again after %i, whose outcome is unknown', async (status) => {
    const server = await startServer((_, response) => answer(response, status, unavailable));
    const error = await failure(cloudAt(server.url).roles.create('projects/p', 'Role', { title: 'x' }));
    expect(error).toMatchObject({ kind: 'unavailable', attempts: 1, method: 'projects.roles.create' });
    expect(server.seen).toHaveLength(1);
  });

  test('is not sent again after a reset, whose outcome is unknown', async () => {
    const server = await startServer((_request, _response, _nth, raw) => {
      raw.socket.resetAndDestroy();
    });
    const error = await failure(cloudAt(server.url).keys.create('p', 'a@p.iam.gserviceaccount.com'));
    expect(error).toMatchObject({ kind: 'unreachable', code: 'ECONNRESET', attempts: 1 });
    expect(server.seen).toHaveLength(1);
  });

  test('is not sent again after a deadline, whose outcome is unknown', async () => {
    const server = await startServer(() => undefined);
    const call = cloudAt(server.url, { deadlineMs: 50 }).accounts.enable('a@b', 'p');
    expect(await failure(call)).toMatchObject({ kind: 'timeout', attempts: 1 });
    expect(server.seen).toHaveLength(1);
  });

  test('is sent again after 429: it was not begun', async () => {
    const quota = { error: { code: 429, message: 'slow down', status: 'RESOURCE_EXHAUSTED' } };
    const server = await startServer((_, response, nth) =>
      nth === 1 ? answer(response, 429, quota) : answer(response, 200, { name: 'projects/p/roles/Role' }),
    );
    const role = await cloudAt(server.url).roles.create('projects/p', 'Role', { title: 'x' });
    expect(role.name).toBe('projects/p/roles/Role');
  });

  test.each([401, 429])(
    'that makes a key is not sent again even after %i: a second key would be nobody’s',
    async (code) => {
      const error = {
        error: { code, message: 'no', status: code === 401 ? 'UNAUTHENTICATED' : 'RESOURCE_EXHAUSTED' },
      };
      const server = await startServer((_, response) => answer(response, code, error));
      const cloud = cloudAt(server.url, { credentials: fixedTokens('first', 'second') });
      expect(await failure(cloud.keys.create('p', 'a@p.iam.gserviceaccount.com'))).toMatchObject({
        httpStatus: code,
      });
      expect(server.seen).toHaveLength(1);
      await failure(cloud.keys.create('p', 'a@p.iam.gserviceaccount.com'));
      expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
        'Bearer first',
        code === 401 ? 'Bearer second' : 'Bearer first',
      ]);
    },
  );
});

describe('a server', () => {
  test('that hangs ends in a timeout, also when it hangs in the middle of its answer', async () => {
    const server = await startServer((request, response) => {
      if (request.path.includes('half')) response.writeHead(200, { 'content-length': '1000' }).write('{"na');
    });
    const cloud = cloudAt(server.url, { deadlineMs: 60, retries: 0 });
    expect(await failure(cloud.projects.get('whole'))).toMatchObject({
      kind: 'timeout',
      httpStatus: undefined,
    });
    expect(await failure(cloud.projects.get('half'))).toMatchObject({ kind: 'timeout' });
  });

  test('that hangs is asked again only if it ever answered', async () => {
    const server = await startServer((request, response) => {
      if (request.path.includes('known')) answer(response, 200, PROJECT);
    });
    const cloud = cloudAt(server.url, { deadlineMs: 400, retries: 1 });
    expect(await failure(cloud.projects.get('hangs'))).toMatchObject({ kind: 'timeout', attempts: 1 });
    await cloud.projects.get('known');
    expect(await failure(cloud.projects.get('hangs'))).toMatchObject({ kind: 'timeout', attempts: 2 });
  });

  test('that is not there is unreachable within 2 s, naming host and code', async () => {
    const port = await freePort();
    const started = performance.now();
    const error = await failure(cloudAt(`http://127.0.0.1:${port}`).projects.get('p'));
    expect(error).toMatchObject({ kind: 'unreachable', code: 'ECONNREFUSED', host: `127.0.0.1:${port}` });
    expect(error.attempts).toBeGreaterThan(1);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('whose name does not exist is unreachable at once', async () => {
    const error = await failure(cloudAt('https://no-such-host.invalid').projects.get('p'));
    expect(error.kind).toBe('unreachable');
    expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(error.code);
  });

  test('that speaks no TLS where https was asked for is unreachable', async () => {
    const server = await startServer((_, response) => answer(response, 200, PROJECT));
    const error = await failure(cloudAt(server.url.replace('http:', 'https:')).projects.get('p'));
    expect(error.kind).toBe('unreachable');
    expect(error.code).toMatch(/^(ERR_SSL|EPROTO)/);
  });

  test('that speaks no HTTP is garbled', async () => {
    const server = net.createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const error = await failure(
      cloudAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).projects.get('p'),
    );
    expect(error).toMatchObject({ kind: 'garbled', attempts: 1 });
    expect(error.code).toMatch(/^HPE_/);
  });
});

describe('calls in flight', () => {
  test('are never more than asked for', async () => {
    const server = await startServer(async (_, response) => {
      await new Promise((resolve) => setImmediate(resolve));
      answer(response, 200, { permissions: [] });
    });
    const permissions = Array.from({ length: 2_000 }, (_, n) => `a.b.c${n}`);
    await cloudAt(server.url, { maxInFlight: 3 }).projects.test('p', permissions);
    expect(server.seen).toHaveLength(20);
    expect(server.inFlight.most).toBeLessThanOrEqual(3);
    expect(server.inFlight.most).toBeGreaterThan(1);
  });

  test('are cancelled by the signal, and so are those that wait to be sent again', async () => {
    const controller = new AbortController();
    const server = await startServer((request, response) => {
      if (request.path.includes('waits')) answer(response, 503, unavailable, { 'retry-after': '15' });
      if (server.seen.length === 2) setImmediate(() => controller.abort());
    });
    const cloud = cloudAt(server.url, { signal: controller.signal });
    const errors = await Promise.all([
      failure(cloud.projects.get('waits')),
      failure(cloud.projects.get('hangs')),
    ]);
    expect(errors.map(({ kind }) => kind)).toEqual(['cancelled', 'cancelled']);
    expect((await failure(cloud.projects.get('later'))).kind).toBe('cancelled');
    expect(server.seen).toHaveLength(2);
  });
});

describe('a refused token', () => {
  const refused = { error: { code: 401, message: 'Invalid Credentials', status: 'UNAUTHENTICATED' } };

  test('is fetched anew once, even for a write, and the new one is kept', async () => {
    const server = await startServer((request, response) =>
      request.headers.authorization === 'Bearer new'
        ? answer(response, 200, {})
        : answer(response, 401, refused),
    );
    const cloud = cloudAt(server.url, { credentials: fixedTokens('old', 'new', 'unused') });
    await cloud.accounts.enable('a@b', 'p');
    await cloud.accounts.enable('a@b', 'p');
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer old',
      'Bearer new',
      'Bearer new',
    ]);
  });

  test('that stays refused ends in unauthenticated after the second try', async () => {
    const server = await startServer((_, response) => answer(response, 401, refused));
    const cloud = cloudAt(server.url, { credentials: fixedTokens('old', 'new', 'newer') });
    expect(await failure(cloud.projects.get('p'))).toMatchObject({ kind: 'unauthenticated', attempts: 2 });
    expect(server.seen).toHaveLength(2);
  });

  test('is not sent again when no other is to be had', async () => {
    const server = await startServer((_, response) => answer(response, 401, refused));
    expect(await failure(cloudAt(server.url).projects.get('p'))).toMatchObject({ kind: 'unauthenticated' });
    expect(server.seen).toHaveLength(1);
  });
});

test('every request names us, carries the bearer token and the quota project, and nothing else of ours', async () => {
  const server = await startServer((_, response) => answer(response, 200, PROJECT));
  const credentials = { ...fixedTokens('abc'), quotaProject: 'payer' };
  await cloudAt(server.url, { credentials }).projects.get('p');
  expect(server.seen[0]?.headers).toMatchObject({
    'user-agent': expect.stringMatching(/^iamready\/\d+\.\d+\.\d+$/) as string,
    authorization: 'Bearer abc',
    'x-goog-user-project': 'payer',
  });
});

test('the time is the server’s, once it has answered', async () => {
  const server = await startServer((_, response) =>
    answer(response, 200, PROJECT, { date: 'Fri, 01 Jan 2100 00:00:00 GMT' }),
  );
  const cloud = cloudAt(server.url);
  expect(Math.abs(cloud.serverTime().getTime() - Date.now())).toBeLessThan(1_000);
  await cloud.projects.get('p');
  expect(cloud.serverTime().toISOString()).toMatch(/^2100-01-01T00:00:0/);
});

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
