import { describe, expect, test } from 'vitest';
import { cloudAt, failure, TOKEN } from './clouds.ts';
import { answer, startServer } from './server.ts';

const NAME = 'policies/cloudresourcemanager.googleapis.com%2Fprojects%2F764086051850/denypolicies/guard';
const RULE = {
  deniedPrincipals: ['principalSet://goog/public:all'],
  deniedPermissions: ['run.googleapis.com/services.create'],
};

/** Answers one deny policy: the list without its rules, as Google's has none. */
function guarded(path: string): object {
  return path.includes('/guard')
    ? {
        name: NAME,
        displayName: 'Guard',
        etag: 'BwX',
        rules: [{ denyRule: RULE, description: 'No services' }],
      }
    : { policies: [{ name: NAME, displayName: 'Guard' }] };
}

/** The refusal of the sixth read of a minute. */
const exceeded = {
  error: {
    code: 429,
    message: 'Quota exceeded.',
    status: 'RESOURCE_EXHAUSTED',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        ...{ reason: 'RATE_LIMIT_EXCEEDED', domain: 'googleapis.com', metadata: { quota_limit_value: '5' } },
      },
    ],
  },
};

describe('deny policies', () => {
  test('are listed, then read one by one by Google’s client, with our token, and each once', async () => {
    const server = await startServer((request, response) => answer(response, 200, guarded(request.path)));
    const log: string[] = [];
    const cloud = cloudAt(server.url, { log: ({ api, method }) => log.push(`${api} ${method}`) });
    const [policies] = await Promise.all([
      cloud.denyPolicies.attachedTo('projects/acme-video'),
      cloud.denyPolicies.attachedTo('projects/acme-video'),
    ]);
    const rule = { ...RULE, exceptionPrincipals: [], exceptionPermissions: [], description: 'No services' };
    expect(policies).toEqual([{ name: NAME, id: 'guard', displayName: 'Guard', rules: [rule] }]);
    expect(log).toEqual(['iam policies.listPolicies', 'iam policies.get']);
    expect(server.seen.map(({ path }) => decodeURIComponent(decodeURIComponent(path)).split('?')[0])).toEqual(
      [
        '/v2/policies/cloudresourcemanager.googleapis.com/projects/acme-video/denypolicies',
        '/v2/policies/cloudresourcemanager.googleapis.com/projects/764086051850/denypolicies/guard',
      ],
    );
    const [first] = server.seen;
    expect(first?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(first?.headers['x-goog-api-client']).toMatch(/gapic\/\d/u);
  });

  test('that may not be read are an error as typed as any, and are asked for again later', async () => {
    const denied = {
      error: {
        ...{ code: 403, status: 'PERMISSION_DENIED', message: 'Permission denied.' },
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'IAM_PERMISSION_DENIED',
            domain: 'iam.googleapis.com',
            metadata: { permission: 'iam.denypolicies.list' },
          },
        ],
      },
    };
    const server = await startServer((_, response, nth) =>
      answer(response, nth === 1 ? 403 : 200, nth === 1 ? denied : {}),
    );
    const { denyPolicies } = cloudAt(server.url);
    const error = await failure(denyPolicies.attachedTo('folders/1'));
    expect(error).toMatchObject({
      ...{ kind: 'denied', httpStatus: 403, reason: 'IAM_PERMISSION_DENIED', attempts: 1 },
      ...{ api: 'iam', method: 'policies.listPolicies' },
      metadata: { permission: 'iam.denypolicies.list' },
    });
    expect(JSON.stringify(error) + String(error.stack)).not.toContain(TOKEN);
    expect(await denyPolicies.attachedTo('folders/1')).toEqual([]);
  });

  test('are asked for again as often as the transport says, not as the library would', async () => {
    const server = await startServer((_, response) =>
      answer(response, 503, { error: { code: 503, status: 'UNAVAILABLE', message: 'Later.' } }),
    );
    const error = await failure(cloudAt(server.url, { retries: 1 }).denyPolicies.attachedTo('folders/1'));
    expect(error).toMatchObject({ kind: 'unavailable', attempts: 2 });
    expect(server.seen).toHaveLength(2);
  });

  test('wait for the next minute when its reads are used up, say so, and go on', async () => {
    const server = await startServer((request, response, nth) => {
      if (nth === 2) response.setHeader('retry-after', '0');
      answer(response, nth === 2 ? 429 : 200, nth === 2 ? exceeded : guarded(request.path));
    });
    const waits: unknown[] = [];
    const policies = await cloudAt(server.url).denyPolicies.attachedTo('folders/1', (wait) =>
      waits.push(wait),
    );
    expect(policies).toHaveLength(1);
    expect(waits).toEqual([{ what: 'iam policies.get', ms: 0 }]);
    expect(server.seen).toHaveLength(3);
  });

  test('that have to wait for a minute can be given up at once', async () => {
    const server = await startServer((_, response) => {
      response.setHeader('date', 'Wed, 25 Nov 2026 10:00:20 GMT');
      answer(response, 429, exceeded);
    });
    const given = new AbortController();
    const waits: number[] = [];
    const cloud = cloudAt(server.url, { signal: given.signal });
    const error = await failure(
      cloud.denyPolicies.attachedTo('folders/1', ({ ms }) => {
        waits.push(Math.round(ms / 1000));
        given.abort();
      }),
    );
    expect(error.kind).toBe('cancelled');
    expect(waits).toEqual([41]);
    expect(server.seen).toHaveLength(1);
  });
});

test('what an answer in another shape says of a boundary is not believed', async () => {
  const server = await startServer((_, response) => answer(response, 200, { policyBindings: [{ name: 7 }] }));
  const error = await failure(cloudAt(server.url).boundaries.boundTo('projects/764086051850'));
  expect(error).toMatchObject({
    kind: 'garbled',
    method: 'projects.policyBindings.searchTargetPolicyBindings',
  });
});
