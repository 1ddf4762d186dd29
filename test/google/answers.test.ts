import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cloudAt, failure } from './clouds.ts';
import { answer, startServer } from './server.ts';

/** The failure of reading a project from a server that answers so. */
async function answered(status: number, body: unknown, headers = {}) {
  const server = await startServer((_, response) => answer(response, status, body, headers));
  return failure(cloudAt(server.url, { retries: 0 }).projects.get('p'));
}

describe('an answer that is not Google’s', () => {
  test('as HTML is garbled, and named with its type and first words', async () => {
    const page = '<!doctype html><title>Hotel WiFi</title>\x1b[2J';
    const error = await answered(200, page, { 'content-type': 'text/html' });
    expect(error).toMatchObject({ kind: 'garbled', httpStatus: 200, attempts: 1 });
    expect(error.message).toContain('text/html');
    expect(error.message).toContain('<!doctype html><title>Hotel WiFi</title> [2J');
  });

  test.each([400, 401, 403, 404, 409])(
    'as HTML with status %i is garbled, and does not count as Google’s word',
    async (status) => {
      expect(await answered(status, '<h1>no</h1>', { 'content-type': 'text/html' })).toMatchObject({
        kind: 'garbled',
        httpStatus: status,
      });
    },
  );

  test('as a 404 in another JSON is not an absence', async () => {
    for (const body of [
      { error: { msg: 'no route' } },
      { error: 'not found' },
      { error: {} },
      { message: 'no route' },
      [],
    ])
      expect((await answered(404, body)).kind).toBe('garbled');
  });

  test.each([
    ['cut JSON', '{"name":"projects/12","proj'],
    ['nothing', ''],
    ['a JSON string', '"projects/12"'],
    ['a list', []],
    ['a project without a number', { name: 'projects/abc', projectId: 'p' }],
    ['a project ID of another type', { name: 'projects/12', projectId: 7 }],
    ['null', null],
  ])('as %s is garbled', async (_, body) => {
    expect(await answered(200, body)).toMatchObject({ kind: 'garbled', httpStatus: 200, attempts: 1 });
  });

  test('as a redirect is garbled: it is not followed, and says where to', async () => {
    const elsewhere = await startServer((_, response) => answer(response, 200, {}));
    const error = await answered(302, '', { location: `${elsewhere.url}/login?next=1` });
    expect(error.kind).toBe('garbled');
    expect(error.message).toContain(new URL(elsewhere.url).host);
    expect(elsewhere.seen).toEqual([]);
  });

  test('as HTML with 503 is what a load balancer says: unavailable', async () => {
    expect(await answered(503, '<h1>down</h1>', { 'content-type': 'text/html' })).toMatchObject({
      kind: 'unavailable',
    });
  });

  test('as what claims to be gzip and is not is garbled', async () => {
    expect(await answered(200, '{}', { 'content-encoding': 'gzip' })).toMatchObject({
      kind: 'garbled',
      code: 'Z_DATA_ERROR',
    });
  });

  test('as an endless one is garbled before it fills the memory', async () => {
    const server = await startServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20)));
      };
      response.on('drain', more);
      more();
    });
    expect(await failure(cloudAt(server.url).projects.get('p'))).toMatchObject({
      kind: 'garbled',
      code: 'ANSWER_TOO_LONG',
    });
  });
});

test('a compressed answer is read', async () => {
  const server = await startServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(JSON.stringify({ name: 'projects/12', projectId: 'p', state: 'ACTIVE' })));
  });
  expect(await cloudAt(server.url).projects.get('p')).toMatchObject({ number: '12' });
});

describe('Google’s error', () => {
  const body = (code: number, status: string | undefined, details: unknown[] = []) => ({
    error: {
      code,
      message: 'told by Google',
      ...(status ? { status } : {}),
      ...(details.length ? { details } : {}),
    },
  });
  const info = (reason: string, metadata = {}) => ({
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'googleapis.com',
    metadata,
  });

  test.each([
    [400, 'INVALID_ARGUMENT', 'invalid'],
    [400, 'FAILED_PRECONDITION', 'precondition'],
    [400, undefined, 'invalid'],
    [401, 'UNAUTHENTICATED', 'unauthenticated'],
    [403, 'PERMISSION_DENIED', 'denied'],
    [403, undefined, 'denied'],
    [409, 'ALREADY_EXISTS', 'exists'],
    [409, 'ABORTED', 'conflict'],
    [412, undefined, 'conflict'],
    [429, 'RESOURCE_EXHAUSTED', 'quota'],
    [500, 'INTERNAL', 'unavailable'],
    [501, 'UNIMPLEMENTED', 'invalid'],
    [503, 'A_STATUS_OF_TOMORROW', 'unavailable'],
    [504, 'DEADLINE_EXCEEDED', 'unavailable'],
  ] as const)('%i %s is of kind %s, with Google’s message', async (code, status, kind) => {
    expect(await answered(code, body(code, status))).toMatchObject({
      kind,
      httpStatus: code,
      status,
      message: 'told by Google',
      api: 'cloudresourcemanager',
      method: 'projects.get',
    });
  });

  test('404 is an absence to the methods that read one thing, and `not-found` to others', async () => {
    const server = await startServer((_, response) => answer(response, 404, body(404, 'NOT_FOUND')));
    const cloud = cloudAt(server.url);
    expect(await cloud.projects.get('p')).toBeUndefined();
    expect(await cloud.roles.get('projects/p/roles/R')).toBeUndefined();
    expect(await cloud.accounts.get('a@b', 'p')).toBeUndefined();
    expect((await failure(cloud.keys.list('p', 'a@b'))).kind).toBe('not-found');
  });

  test('of a disabled API names service and consumer', async () => {
    const metadata = { service: 'iam.googleapis.com', consumer: 'projects/12' };
    const error = await answered(403, body(403, 'PERMISSION_DENIED', [info('SERVICE_DISABLED', metadata)]));
    expect(error).toMatchObject({
      kind: 'service-disabled',
      reason: 'SERVICE_DISABLED',
      domain: 'googleapis.com',
      metadata,
    });
  });

  test('of a missing permission names it', async () => {
    const details = [info('IAM_PERMISSION_DENIED', { permission: 'iam.roles.create' })];
    expect(await answered(403, body(403, 'PERMISSION_DENIED', details))).toMatchObject({
      kind: 'denied',
      metadata: { permission: 'iam.roles.create' },
    });
  });

  test('of a rate limit told as 403 is `quota`, also in the older form without details', async () => {
    const details = [info('RATE_LIMIT_EXCEEDED')];
    expect((await answered(403, body(403, 'PERMISSION_DENIED', details))).kind).toBe('quota');
    const errors = [{ reason: 'rateLimitExceeded', domain: 'usageLimits' }];
    expect((await answered(403, { error: { code: 403, message: 'slow', errors } })).kind).toBe('quota');
  });

  test('of an organisation policy carries its violations', async () => {
    const violation = {
      type: 'constraints/iam.disableServiceAccountKeyCreation',
      subject: 'x',
      description: 'no\nkeys',
    };
    const failed = { '@type': 'type.googleapis.com/google.rpc.PreconditionFailure', violations: [violation] };
    const error = await answered(400, body(400, 'FAILED_PRECONDITION', [failed]));
    expect(error.violations).toEqual([{ ...violation, description: 'no keys' }]);
  });

  test('with details of unknown or broken form keeps what can be read', async () => {
    const details = [
      null,
      7,
      { '@type': 'x' },
      { '@type': info('x')['@type'], metadata: 3 },
      info('SERVICE_DISABLED'),
    ];
    expect((await answered(403, body(403, 'PERMISSION_DENIED', details))).kind).toBe('service-disabled');
  });

  test('is cleaned of control characters wherever they stand', async () => {
    const details = [info('REASON\x1b[31m', { 'a\x07b': 'c\u202Ed' })];
    const error = await answered(400, {
      error: { code: 400, message: 'two\nlines\x1b]0;title\x07', status: 'INVALID_ARGUMENT', details },
    });
    expect(JSON.stringify(error) + error.message).not.toMatch(/\\u00|\p{Cc}|\p{Cf}/u);
  });
});
