import { expect, test } from 'vitest';
import type { Json, TestCloud } from './kernel-cloud.ts';
import { errorOf, people, startCloud } from './kernel-cloud.ts';

const KEYS = 'iam.disableServiceAccountKeyCreation';
const BOT = 'robot-one@acme-one.iam.gserviceaccount.com';

const start = (options = {}): Promise<TestCloud> =>
  startCloud({
    ...options,
    yaml: `
v: 1
operator: ada@acme.com
project: acme-one
users:
  - { email: ada@acme.com, token: bearer-of-ada }
  - { email: pam@acme.com, token: bearer-of-pam }
  - { email: sam@acme.com, token: bearer-of-sam }
organizations:
  - id: '100200300'
    domain: acme.com
    policy: { bindings: [{ role: roles/orgpolicy.policyAdmin, members: ['user:pam@acme.com'] }] }
    orgPolicies: [{ constraint: constraints/${KEYS}, enforced: true }]
folders: [{ id: '5550', displayName: Media, parent: organizations/100200300 }]
projects:
  - id: acme-one
    number: '111122223333'
    parent: folders/5550
    services: [iam.googleapis.com, orgpolicy.googleapis.com]
    serviceAccounts: [{ id: robot-one }]
    policy: { bindings: [{ role: roles/owner, members: ['user:ada@acme.com'] }] }
`,
  });

const POLICY = `/v2/projects/acme-one/policies/${KEYS}`;
const policyBody = (enforce: boolean, parent = 'projects/acme-one') => ({
  name: `${parent}/policies/${KEYS}`,
  spec: { rules: [{ enforce }] },
});
const effective = async (cloud: TestCloud) =>
  ((await cloud.get(`${POLICY}:getEffectivePolicy`)).spec as Json).rules;
const keyStatus = async (cloud: TestCloud) =>
  (await cloud.ask(cloud.token, 'POST', `/v1/projects/-/serviceAccounts/${BOT}/keys`, {})).status;

test('the nearest policy is the effective one, and key creation obeys it', async () => {
  const cloud = await start();
  const pam = (method: string, path: string, body?: Json) => cloud.ask('bearer-of-pam', method, path, body);
  expect(await cloud.get(`${POLICY}:getEffectivePolicy`)).toEqual({
    name: `projects/111122223333/policies/${KEYS}`,
    spec: { rules: [{ enforce: true }] },
  });
  expect(await keyStatus(cloud)).toBe(400);

  const made = await pam('POST', '/v2/projects/acme-one/policies', policyBody(false));
  expect(made.body).toMatchObject({
    name: `projects/111122223333/policies/${KEYS}`,
    spec: {
      rules: [{ enforce: false }],
      updateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/) as string,
    },
  });
  expect(await cloud.get(POLICY.replace('acme-one', '111122223333'))).toEqual(made.body);
  expect(await cloud.get('/v2/projects/acme-one/policies')).toEqual({ policies: [made.body] });
  expect(await effective(cloud)).toEqual([{ enforce: false }]);
  expect(await keyStatus(cloud)).toBe(200);

  expect((await pam('DELETE', POLICY)).body).toEqual({});
  expect((await pam('GET', POLICY)).status).toBe(404);
  expect(await effective(cloud)).toEqual([{ enforce: true }]);

  // A reset in between puts an end to what is inherited.
  const folder = '/v2/folders/5550/policies';
  await pam('POST', folder, { name: `folders/5550/policies/${KEYS}`, spec: { reset: true } });
  expect(await effective(cloud)).toEqual([{ enforce: false }]);
  expect(await keyStatus(cloud)).toBe(200);
});

test('a policy is made once, and written back under its etag only', async () => {
  const cloud = await start();
  const pam = (method: string, path: string, body?: Json) => cloud.ask('bearer-of-pam', method, path, body);
  const made = await pam(
    'POST',
    '/v2/projects/acme-one/policies',
    policyBody(false, 'projects/111122223333'),
  );
  expect((await pam('POST', '/v2/projects/acme-one/policies', policyBody(false))).status).toBe(409);
  const changed = await pam('PATCH', POLICY, { ...made.body, spec: { rules: [{ enforce: true }] } });
  expect(changed.body.etag).not.toBe(made.body.etag);
  const stale = await pam('PATCH', POLICY, { ...policyBody(false), etag: made.body.etag });
  expect(errorOf(stale).status).toBe('ABORTED');
  expect(await pam('GET', POLICY)).toMatchObject({ body: changed.body });
  const dry = { name: made.body.name, dryRunSpec: { rules: [{ enforce: false }] } };
  await pam('PATCH', `${POLICY}?updateMask=policy.dryRunSpec`, dry);
  expect(await effective(cloud)).toEqual([{ enforce: true }]);
});

test.each<[string, Json]>([
  ['no rule', {}],
  ['two rules without a condition', { rules: [{ enforce: true }, { enforce: false }] }],
  ['rules beside a reset', { reset: true, rules: [{ enforce: true }] }],
  ['what is for lists', { inheritFromParent: true, rules: [{ enforce: true }] }],
  ['values', { rules: [{ values: { allowedValues: ['a'] } }] }],
])('a policy with %s is refused', async (_, spec) => {
  const cloud = await start();
  const answer = await cloud.ask('bearer-of-pam', 'POST', '/v2/projects/acme-one/policies', {
    ...policyBody(true),
    spec,
  });
  expect(errorOf(answer).status).toBe('INVALID_ARGUMENT');
});

test('an owner may look and not change, and a stranger learns nothing', async () => {
  const cloud = await start();
  const owner = await cloud.ask(cloud.token, 'POST', '/v2/projects/acme-one/policies', policyBody(false));
  expect(errorOf(owner)).toMatchObject({
    message:
      "Permission 'orgpolicy.policies.create' denied on resource '//cloudresourcemanager.googleapis.com/projects/acme-one' (or it may not exist).",
    reasons: ['IAM_PERMISSION_DENIED'],
  });
  const stranger = await cloud.ask('bearer-of-sam', 'GET', `${POLICY}:getEffectivePolicy`);
  expect(stranger.status).toBe(403);
  const unknown = await cloud.ask(cloud.token, 'GET', '/v2/projects/acme-one/policies/iam.noSuch');
  expect(errorOf(unknown).status).toBe('NOT_FOUND');
});

test('the API must be on in the project, and replicas learn of a policy late', async () => {
  const off = await startCloud();
  const answer = await off.ask(
    people.ada,
    'GET',
    `/v2/projects/acme-live/policies/${KEYS}:getEffectivePolicy`,
  );
  expect(errorOf(answer).reasons).toEqual(['SERVICE_DISABLED']);

  const cloud = await start({ lag: 'typical' });
  await cloud.ask('bearer-of-pam', 'POST', '/v2/projects/acme-one/policies', policyBody(false));
  expect(await keyStatus(cloud)).toBe(400);
  await cloud.advance(60);
  expect(await keyStatus(cloud)).toBe(200);
});
