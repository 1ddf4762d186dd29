import { describe, expect, test } from 'vitest';
import { cloudAt, failure, TOKEN } from './clouds.ts';
import { answer, startServer, type Seen } from './server.ts';

const json = (request: Seen | undefined): unknown => JSON.parse(request?.body ?? '');

describe('services', () => {
  test('are asked for 30 at a time, and what Google does not tell is UNKNOWN', async () => {
    const server = await startServer((request, response) => {
      const names = new URL(request.path, 'http://x').searchParams.getAll('names');
      const services = names.slice(1).map((name, n) => ({
        name: name.replace('projects/p', 'projects/12'),
        ...(n === 0 ? {} : { state: n % 2 ? 'ENABLED' : 'DISABLED' }),
      }));
      answer(response, 200, { services });
    });
    const names = Array.from({ length: 31 }, (_, n) => `s${n}.googleapis.com`);
    const states = await cloudAt(server.url).services.states('p', names);
    expect(server.seen).toHaveLength(2);
    expect([...states.keys()]).toEqual(names);
    expect(names.slice(0, 4).map((name) => states.get(name))).toEqual([
      'UNKNOWN',
      'UNKNOWN',
      'ENABLED',
      'DISABLED',
    ]);
    expect(states.get('s30.googleapis.com')).toBe('UNKNOWN');
  });

  test('are turned on 20 at a time, each batch waited for, and finished ones not asked about', async () => {
    let looks = 0;
    const server = await startServer((request, response) => {
      if (request.path.endsWith(':batchEnable')) {
        const { serviceIds } = json(request) as { serviceIds: string[] };
        if (serviceIds.length < 20)
          answer(response, 200, { name: 'operations/noop.DONE_OPERATION', done: true });
        else answer(response, 200, { name: 'operations/acf.p2-12-abc' });
      } else
        answer(response, 200, { name: 'operations/acf.p2-12-abc', ...(++looks === 2 ? { done: true } : {}) });
    });
    const waits: number[] = [];
    const names = Array.from({ length: 25 }, (_, n) => `s${n}.googleapis.com`);
    await cloudAt(server.url).services.enable('p', names, (elapsed) => waits.push(elapsed));
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/projects/p/services:batchEnable',
      'GET /v1/operations/acf.p2-12-abc',
      'GET /v1/operations/acf.p2-12-abc',
      'POST /v1/projects/p/services:batchEnable',
    ]);
    expect(waits).toHaveLength(2);
  });

  test('that others need are turned off after these, and what keeps one on is told as Google tells it', async () => {
    const on = new Set(['a', 'b', 'c', 'd']);
    const needed: Record<string, string[]> = { a: ['b'], c: ['elsewhere'] };
    const server = await startServer((request, response) => {
      const [, name = ''] = /services\/(\w+):disable$/.exec(request.path) ?? [];
      const refuse = (message: string) =>
        answer(response, 400, { error: { code: 400, message, status: 'FAILED_PRECONDITION' } });
      if (request.method === 'GET')
        answer(response, 200, {
          services: ['a', 'b', 'c', 'd'].map((id) => ({
            name: `projects/12/services/${id}`,
            state: on.has(id) ? 'ENABLED' : 'DISABLED',
          })),
        });
      else if (!on.has(name)) refuse(`${name} is not enabled`);
      else if (needed[name]?.some((other) => other === 'elsewhere' || on.has(other)))
        refuse(`${name} is depended on`);
      else {
        on.delete(name);
        answer(response, 200, { name: 'operations/x', done: true });
      }
    });
    on.delete('d');
    const { services } = cloudAt(server.url);
    expect(await failure(services.disable('p', ['d', 'c', 'a', 'b']))).toMatchObject({
      kind: 'precondition',
      message: 'c is depended on',
    });
    expect([...on]).toEqual(['c']);
    expect(new Set(server.seen.filter(({ body }) => body).map(({ body }) => body))).toEqual(
      new Set(['{"disableDependentServices":false}']),
    );
    await services.disable('p', ['d', 'a']);
  });

  test('whose operation fails throw what Google says of it', async () => {
    const error = {
      code: 9,
      message: 'Billing must be enabled',
      details: [
        { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'UREQ_PROJECT_BILLING_NOT_FOUND' },
      ],
    };
    const server = await startServer((_, response) =>
      answer(response, 200, { name: 'operations/x', done: true, error }),
    );
    expect(await failure(cloudAt(server.url).services.enable('p', ['run.googleapis.com']))).toMatchObject({
      kind: 'precondition',
      status: 'FAILED_PRECONDITION',
      reason: 'UREQ_PROJECT_BILLING_NOT_FOUND',
      httpStatus: undefined,
    });
  });
});

describe('an allow policy', () => {
  const policy = {
    version: 1,
    etag: 'BwWQAG4vI0U=',
    bindings: [
      {
        role: 'roles/b',
        members: ['user:z@x', 'user:a@x'],
        condition: { expression: 'true', title: 't', later: 1 },
      },
      { role: 'roles/a', members: [] },
    ],
    auditConfigs: [
      { service: 'allServices', auditLogConfigs: [{ logType: 'DATA_READ', exemptedMembers: ['user:q@x'] }] },
    ],
    aFieldOfTomorrow: { x: [1] },
  };

  test('is read and written back with everything in it, in the same order, as version 3', async () => {
    const server = await startServer((_, response) => answer(response, 200, policy));
    const { projects } = cloudAt(server.url);
    const read = await projects.getPolicy('p');
    expect(read).toEqual(policy);
    await projects.setPolicy('p', read);
    expect(json(server.seen[0])).toEqual({ options: { requestedPolicyVersion: 3 } });
    expect(server.seen[1]?.body).toBe(JSON.stringify({ policy: { ...policy, version: 3 } }));
  });

  test('without an etag is not believed', async () => {
    const server = await startServer((_, response) => answer(response, 200, { bindings: [] }));
    expect((await failure(cloudAt(server.url).projects.getPolicy('p'))).kind).toBe('garbled');
  });
});

describe('an organisation policy', () => {
  test.each([
    ['that enforces is true', { rules: [{ enforce: true }] }, true],
    ['that does not is false', { rules: [{ enforce: false }] }, false],
    ['whose false was left out is false', { rules: [{}] }, false],
    ['without rules is false', undefined, false],
    ['of values is neither', { rules: [{ values: { allowedValues: ['in:eu'] } }] }, undefined],
    ['that denies all values is neither', { rules: [{ denyAll: true }] }, undefined],
  ])('%s', async (_, spec, enforced) => {
    const server = await startServer((_request, response) =>
      answer(response, 200, { name: 'projects/12/policies/iam.x', ...(spec ? { spec } : {}) }),
    );
    const { orgPolicies } = cloudAt(server.url);
    expect(await orgPolicies.effectivePolicy('p', 'constraints/iam.x')).toBe(enforced);
    expect(server.seen[0]).toMatchObject({
      method: 'GET',
      path: '/v2/projects/p/policies/iam.x:getEffectivePolicy',
      headers: { authorization: `Bearer ${TOKEN}` },
    });
  });
});

describe('permissions', () => {
  test('are tested 100 at a time and answered together', async () => {
    const server = await startServer((request, response) => {
      const { permissions } = json(request) as { permissions: string[] };
      const granted = permissions.filter((name) => name.endsWith('7'));
      answer(response, 200, granted.length ? { permissions: granted } : {});
    });
    const names = Array.from({ length: 201 }, (_, n) => `a.b.c${n}`);
    expect(await cloudAt(server.url).projects.test('p', names)).toEqual(
      new Set(names.filter((name) => name.endsWith('7'))),
    );
    expect(
      server.seen.map((request) => (json(request) as { permissions: string[] }).permissions.length).sort(),
    ).toEqual([1, 100, 100]);
    expect(await cloudAt(server.url).projects.test('p', [])).toEqual(new Set());
  });

  test('that can be tested are read to the last page, with omitted defaults filled in', async () => {
    const server = await startServer((request, response) => {
      const { pageToken } = json(request) as { pageToken?: string };
      if (pageToken)
        answer(response, 200, {
          permissions: [{ name: 'a.b.d', customRolesSupportLevel: 'NOT_SUPPORTED', stage: 'GA' }],
        });
      else answer(response, 200, { permissions: [{ name: 'a.b.c' }], nextPageToken: 'n' });
    });
    const testable = await cloudAt(server.url).roles.testable('p');
    expect([...testable]).toEqual([
      ['a.b.c', { customRole: 'SUPPORTED', stage: 'ALPHA' }],
      ['a.b.d', { customRole: 'NOT_SUPPORTED', stage: 'GA' }],
    ]);
    expect(json(server.seen[0])).toMatchObject({
      pageSize: 1000,
      fullResourceName: '//cloudresourcemanager.googleapis.com/projects/p',
    });
  });
});

describe('a role', () => {
  test('in stage ALPHA comes without a stage, and is understood', async () => {
    const server = await startServer((_, response) =>
      answer(response, 200, { name: 'projects/p/roles/R', etag: 'e', deleted: true }),
    );
    expect(await cloudAt(server.url).roles.get('projects/p/roles/R')).toEqual({
      name: 'projects/p/roles/R',
      title: '',
      description: '',
      includedPermissions: [],
      stage: 'ALPHA',
      etag: 'e',
      deleted: true,
    });
  });

  test('is patched with a mask and the etag, created without a name, undeleted with the etag', async () => {
    const server = await startServer((_, response) => answer(response, 200, { name: 'projects/p/roles/R' }));
    const { roles } = cloudAt(server.url);
    await roles.patch(
      'projects/p/roles/R',
      { includedPermissions: ['a.b.c'], title: 'T' },
      ['includedPermissions', 'title'],
      'e1',
    );
    await roles.create('projects/p', 'R', { title: 'T', stage: 'GA' });
    await roles.undelete('projects/p/roles/R', 'e2');
    expect(server.seen.map(({ method, path, body }) => [method, path, JSON.parse(body) as unknown])).toEqual([
      [
        'PATCH',
        '/v1/projects/p/roles/R?updateMask=includedPermissions%2Ctitle',
        { includedPermissions: ['a.b.c'], title: 'T', etag: 'e1' },
      ],
      ['POST', '/v1/projects/p/roles', { roleId: 'R', role: { title: 'T', stage: 'GA' } }],
      ['POST', '/v1/projects/p/roles/R:undelete', { etag: 'e2' }],
    ]);
  });
});

test('when keys were last used is read to the last page, for one account, and the latest day counts', async () => {
  const used = (email: string, id: string, lastAuthenticatedTime?: string) => ({
    fullResourceName: `//iam.googleapis.com/projects/p/serviceAccounts/${email}/keys/${id}`,
    activityType: 'serviceAccountKeyLastAuthentication',
    activity: { lastAuthenticatedTime, serviceAccountKey: { projectNumber: '12' } },
  });
  const [early, late] = ['2026-04-26T07:00:00Z', '2026-04-27T07:00:00Z'];
  const server = await startServer((request, response) => {
    if (request.path.includes('pageToken=n'))
      answer(response, 200, { activities: [used('a@b', 'k1', early)] });
    else
      answer(response, 200, {
        activities: [used('a@b', 'k1', late), used('a@b', 'k2'), used('xa@b', 'k3', late)],
        nextPageToken: 'n',
      });
  });
  const days = await cloudAt(server.url).activity.keyLastAuthentication('p', 'a@b');
  expect([...days]).toEqual([['k1', new Date(late)]]);
  expect(server.seen[0]).toMatchObject({
    method: 'GET',
    path: '/v1/projects/p/locations/global/activityTypes/serviceAccountKeyLastAuthentication/activities:query?pageSize=1000',
  });
});

test('projects are searched page by page, as far as the caller reads', async () => {
  const server = await startServer((request, response) => {
    const page = Number(new URL(request.path, 'http://x').searchParams.get('pageToken') ?? '0');
    const projects = [
      { name: `projects/${page}`, projectId: `p${page}`, displayName: `P ${page}`, parent: 'folders/1' },
    ];
    answer(response, 200, { projects, nextPageToken: String(page + 1) });
  });
  const found = [];
  for await (const project of cloudAt(server.url).projects.search('name:p*'))
    if (found.push(project) === 3) break;
  expect(found.map(({ projectId }) => projectId)).toEqual(['p0', 'p1', 'p2']);
  expect(found[0]).toEqual({
    projectId: 'p0',
    number: '0',
    name: 'P 0',
    state: 'STATE_UNSPECIFIED',
    parent: 'folders/1',
  });
  expect(server.seen).toHaveLength(3);
  expect(server.seen[0]?.path).toContain('query=name%3Ap%2A');
});

test.each(['p/serviceAccounts/x', '', '..', 'p\n', 'p/../q'])(
  'a project ID %j reaches no other resource',
  async (id) => {
    const server = await startServer((_, response) => answer(response, 200, {}));
    expect((await failure(cloudAt(server.url).projects.get(id))).kind).toBe('invalid');
    expect((await failure(cloudAt(server.url).keys.delete('p', 'a@b', id))).kind).toBe('invalid');
    expect((await failure(cloudAt(server.url).billing.of(id))).kind).toBe('invalid');
    expect((await failure(cloudAt(server.url).orgPolicies.effectivePolicy('p', id))).kind).toBe('invalid');
    expect(server.seen).toEqual([]);
  },
);

test.each(['p;rm -rf $HOME', 'p?x=1', 'p#x', 'p:setIamPolicy', 'p%2e%2e'])(
  'a project ID %j is sent as one path segment',
  async (id) => {
    const server = await startServer((_, response) =>
      answer(response, 200, { name: 'projects/1', projectId: 'p' }),
    );
    await cloudAt(server.url).projects.get(id);
    expect(server.seen[0]?.path).toBe(`/v3/projects/${encodeURIComponent(id)}`);
  },
);
