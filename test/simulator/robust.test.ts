import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routes } from '../../src/simulator/apis.ts';
import { startCloud } from './kernel-cloud.ts';

const segment = fc.constantFrom(
  'acme-video',
  'acme-site',
  '-',
  '764086051850',
  'nope',
  '%zz',
  '%2F',
  'a%3Ab',
  'run.googleapis.com',
  'site-deployer%40acme-site.iam.gserviceaccount.com',
  'siteDeployer',
  'global',
  'europe-west1',
  'github',
  'iam.disableServiceAccountKeyCreation',
);
const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.record({ bindings: fc.array(fc.record({ role: fc.string(), members: fc.array(fc.string()) })) }),
);
const names = [
  'policy',
  'permissions',
  'options',
  'serviceIds',
  'role',
  'roleId',
  'accountId',
  'scope',
  'lifetime',
  'payload',
  'template',
  'spec',
  'oidc',
  'attributeMapping',
  'subjectToken',
  'audience',
];
const query = fc.record(
  {
    pageSize: fc.string(),
    pageToken: fc.string(),
    fields: fc.string(),
    filter: fc.string(),
    query: fc.string(),
    updateMask: fc.string(),
    workloadIdentityPoolId: fc.constantFrom('github', ''),
    serviceId: fc.constantFrom('site', ''),
  },
  { requiredKeys: [] },
);

test('whatever is asked, the answer is JSON and never a failure of the simulator', async () => {
  const cloud = await startCloud({ lag: 'rough', quota: false });
  const request = fc.record({
    route: fc.constantFrom(...routes),
    segments: fc.array(segment, { minLength: 5, maxLength: 5 }),
    body: fc.dictionary(fc.constantFrom(...names), junk),
    query,
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ route, segments, body, query: parameters }) => {
      let next = 0;
      const path = route.pattern.replace(/\{\w+\}/g, () => segments[next++] ?? 'x');
      const reads = route.method === 'GET' || route.method === 'DELETE';
      const search = new URLSearchParams(parameters).toString();
      const answer = await cloud.ask(
        cloud.token,
        route.method,
        `${path}?${search}`,
        reads ? undefined : body,
      );
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
});
