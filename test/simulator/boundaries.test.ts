import { expect, test } from 'vitest';
import { parseWorld } from '../../src/simulator/server.ts';
import { errorOf, held, makePair, startCloud } from './kernel-cloud.ts';

const GET = 'resourcemanager.projects.get';
const RUN = 'run.services.get';
const SECRETS = 'secretmanager.secrets.list';
const LOGS = 'logging.logEntries.list';
const { publicKey, sign } = makePair();
const POOL = 'projects/111122223333/locations/global/workloadIdentityPools/github';
const email = 'robot-one@acme-one.iam.gserviceaccount.com';

/** A world in which the principals of acme-one are kept inside the folder, which acme-two is not in. */
const world = ({ version = '4', condition = '', more = '', target = '' } = {}) => `
v: 1
operator: ada@acme.com
project: acme-one
users:
  - { email: ada@acme.com, token: bearer-of-ada }
  - { email: eve@other.example, token: bearer-of-eve }
organizations:
  - id: '100200300'
    domain: acme.com
    policy: { bindings: [{ role: roles/iam.principalAccessBoundaryAdmin, members: ['user:ada@acme.com'] }] }
    accessBoundaries:
      - { id: media, rules: [{ resources: [folders/400500600] }], enforcementVersion: '${version}' }
      - { id: two, rules: [{ resources: [projects/acme-two] }], enforcementVersion: '${version}' }
    policyBindings: [${more}]
folders: [{ id: '400500600', displayName: Media, parent: organizations/100200300 }]
projects:
  - id: acme-one
    number: '111122223333'
    parent: folders/400500600
    services: [iam.googleapis.com, cloudresourcemanager.googleapis.com]
    serviceAccounts: [{ id: robot-one, keys: [{ id: ${'a'.repeat(40)}, publicKey: ${JSON.stringify(publicKey)} }] }]
    workloadIdentityPools:
      - id: github
        providers:
          - id: actions
            issuerUri: https://token.actions.githubusercontent.com
            attributeMapping: { google.subject: assertion.sub }
    policyBindings: [{ id: stay, policy: media${target}${condition && `, condition: { title: when, expression: "${condition}" }`} }]
    policy: &all
      bindings:
        - { role: roles/viewer, members: ['user:ada@acme.com', 'user:eve@other.example', 'serviceAccount:${email}', 'principalSet://iam.googleapis.com/${POOL}/*'] }
        - { role: roles/run.viewer, members: ['user:ada@acme.com', 'serviceAccount:${email}'] }
        - { role: roles/secretmanager.viewer, members: ['user:ada@acme.com', 'serviceAccount:${email}'] }
  - { id: acme-two, number: '111122224444', parent: organizations/100200300, policy: *all }
`;

/** A bearer that the account signed itself. */
const robot = () => {
  const now = Math.floor(Date.now() / 1000);
  const aud = 'https://cloudresourcemanager.googleapis.com/';
  return sign({ iss: email, sub: email, aud, iat: now, exp: now + 3600 }, 'a'.repeat(40));
};
const ALL = [GET, RUN, SECRETS, LOGS];

test('a principal uses permissions inside its boundaries only, those at least that their version can block', async () => {
  for (const [version, left] of [
    ['1', [GET, SECRETS, LOGS]],
    ['2', [SECRETS, LOGS]],
    ['3', [SECRETS, LOGS]],
    ['4', [LOGS]],
    ['latest', [LOGS]],
  ] as const) {
    const cloud = await startCloud({ yaml: world({ version }) });
    expect([version, await held(cloud, robot(), 'acme-one', ...ALL)]).toEqual([version, ALL]);
    expect([version, await held(cloud, robot(), 'acme-two', ...ALL)]).toEqual([version, left]);
    // Users are not among the principals of a project.
    expect(await held(cloud, cloud.token, 'acme-two', ...ALL)).toEqual(ALL);
  }
});

test('what several boundaries leave adds up, and users are in the sets of their organisation and its workspace', async () => {
  const bind = (target = '') => `{ id: more, policy: two${target && `, target: ${target}`} }`;
  const both = await startCloud({ yaml: world({ more: bind() }) });
  expect(await held(both, robot(), 'acme-two', ...ALL)).toEqual(ALL);
  expect(await held(both, robot(), 'acme-one', ...ALL)).toEqual(ALL);
  for (const target of ['', '//iam.googleapis.com/locations/global/workspace/C00000000']) {
    const cloud = await startCloud({ yaml: world({ more: bind(target) }) });
    expect(await held(cloud, 'bearer-of-ada', 'acme-one', ...ALL)).toEqual([LOGS]);
    expect(await held(cloud, 'bearer-of-ada', 'acme-two', ...ALL)).toEqual(ALL);
    // A user of another domain is not.
    expect(await held(cloud, 'bearer-of-eve', 'acme-one', GET)).toEqual([GET]);
  }
});

test('identities of a pool are in its set and in that of its project, whose accounts are not in the former', async () => {
  for (const [target, account] of [
    [`, target: //iam.googleapis.com/${POOL}`, [GET]],
    ['', []],
  ] as const) {
    const cloud = await startCloud({ yaml: world({ target }) });
    const audience = `//iam.googleapis.com/${POOL}/providers/actions`;
    const { token } = await cloud.post('/_/oidc/token', { audience: `https:${audience}` });
    const { body } = await cloud.ask(undefined, 'POST', '/v1/token', {
      grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
      requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
      subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      audience,
      subjectToken: token,
    });
    const job = String(body.access_token);
    expect(await held(cloud, job, 'acme-one', GET)).toEqual([GET]);
    expect(await held(cloud, job, 'acme-two', GET)).toEqual([]);
    expect(await held(cloud, robot(), 'acme-two', GET)).toEqual(account);
  }
});

test('a condition leaves out principals by type and subject; one that cannot be evaluated leaves out nobody', async () => {
  for (const [condition, inside] of [
    [`principal.type == 'iam.googleapis.com/ServiceAccount'`, true],
    [`principal.type in ['iam.googleapis.com/WorkspaceIdentity']`, false],
    [`principal.subject == '${email}' && !principal.subject.startsWith('x')`, true],
    [`principal.subject.endsWith('@acme.com')`, false],
    [`principal.colour == 'red'`, true],
  ] as const) {
    const cloud = await startCloud({ yaml: world({ condition }) });
    const left = await held(cloud, robot(), 'acme-two', GET);
    expect([condition, left]).toEqual([condition, inside ? [] : [GET]]);
  }
});

test('a boundary that is made again binds nobody, and one in use goes only by force', async () => {
  const cloud = await startCloud({ yaml: world(), quota: false });
  const path = '/v3/organizations/100200300/locations/global/principalAccessBoundaryPolicies';
  const media = await cloud.get(`${path}/media`);
  expect(await held(cloud, robot(), 'acme-two', GET)).toEqual([]);
  const refused = await cloud.ask(cloud.token, 'DELETE', `${path}/media`);
  expect(errorOf(refused).status).toBe('FAILED_PRECONDITION');
  expect((await cloud.ask(cloud.token, 'DELETE', `${path}/media?force=true`)).status).toBe(200);
  await cloud.post(`${path}?principalAccessBoundaryPolicyId=media`, { details: media.details });
  expect(await held(cloud, robot(), 'acme-two', GET)).toEqual([GET]);
});

test('what is wrong with a boundary or a binding is refused, and nothing is kept of what is only validated', async () => {
  const cloud = await startCloud({ yaml: world(), quota: false });
  const location = '/v3/organizations/100200300/locations/global';
  const rules = [{ resources: ['//cloudresourcemanager.googleapis.com/projects/acme-one'], effect: 'ALLOW' }];
  const make = (query: string, body: object) =>
    cloud.ask(cloud.token, 'POST', `${location}/principalAccessBoundaryPolicies?${query}`, { ...body });
  const id = 'principalAccessBoundaryPolicyId';
  for (const [query, body] of [
    [`${id}=A`, { details: { rules } }],
    [`${id}=none`, { details: { rules: [] } }],
    [`${id}=effect`, { details: { rules: [{ ...rules[0], effect: 0 }] } }],
    [`${id}=bucket`, { details: { rules: [{ ...rules[0], resources: ['//storage.googleapis.com/b'] }] } }],
    [`${id}=version`, { details: { rules, enforcementVersion: '9' } }],
  ] as const)
    expect([query, errorOf(await make(query, body)).status]).toEqual([query, 'INVALID_ARGUMENT']);
  expect(errorOf(await make(`${id}=media`, { details: { rules } })).status).toBe('ALREADY_EXISTS');
  expect((await make(`${id}=trial&validateOnly=true`, { details: { rules } })).body).toMatchObject({
    done: true,
    response: { name: expect.stringContaining('/trial') },
  });
  expect(
    (await cloud.ask(cloud.token, 'GET', `${location}/principalAccessBoundaryPolicies/trial`)).status,
  ).toBe(404);
});

test('boundaries have five reads a minute of their own, which a world can change', async () => {
  const path = '/v3/projects/acme-one/locations/global/policyBindings';
  for (const [quotas, most] of [
    ['', 5],
    ['quotas: { iam.googleapis.com/v3_read_requests: 2 }', 2],
  ] as const) {
    const cloud = await startCloud({ yaml: world() + quotas });
    await cloud.post('/_/clock', { to: '2040-01-01T00:00:00Z' });
    for (let i = 0; i < most; i++) await cloud.get(path);
    const refused = errorOf(await cloud.ask(cloud.token, 'GET', path));
    expect([refused.status, refused.reasons]).toEqual(['RESOURCE_EXHAUSTED', ['RATE_LIMIT_EXCEEDED']]);
    await cloud.get('/v2/policies/cloudresourcemanager.googleapis.com%2Fprojects%2Facme-one/denypolicies');
  }
});

test('a world whose bindings bind what is not there is refused, naming the place', () => {
  const wrong = world({ more: '{ id: lost, policy: gone }' });
  expect(() => parseWorld(wrong, 'test.yaml')).toThrow(/organizations\.0\.policyBindings\.0\.policy/);
});
