import { expect, test } from 'vitest';
import { errorOf, held, makePair, startCloud } from './kernel-cloud.ts';

const GET = 'resourcemanager.projects.get';
const LIST = 'iam.roles.list';
const { publicKey, sign } = makePair();

const rule = (denied: string, permissions: string, more = '') =>
  `{ deniedPrincipals: ['${denied}'], deniedPermissions: [${permissions}] ${more} }`;

/** A world in which the organisation, the folder and the project each deny somebody something. */
const yaml = `
v: 1
operator: ada@acme.com
project: acme-one
users:
${['ada', 'dora', 'gus', 'nina', 'olga'].map((name) => `  - { email: ${name}@acme.com, token: bearer-of-${name} }`).join('\n')}
groups: [{ email: all@acme.com, members: ['user:gus@acme.com', 'user:nina@acme.com'] }]
organizations:
  - id: '100200300'
    domain: acme.com
    policy: { bindings: [{ role: roles/iam.denyAdmin, members: ['user:ada@acme.com'] }] }
    denyPolicies:
      - id: no-roles
        displayName: Nobody lists roles
        rules:
          - ${rule('principalSet://goog/public:all', `'iam.googleapis.com/*.list'`, `, exceptionPrincipals: ['principal://goog/subject/ada@acme.com', 'principal://goog/subject/dora@acme.com']`)}
folders:
  - id: '400500600'
    displayName: Media
    parent: organizations/100200300
    denyPolicies:
      - id: group
        rules:
          - ${rule('principalSet://goog/group/all@acme.com', `'cloudresourcemanager.googleapis.com/*.*'`, `, exceptionPermissions: ['cloudresourcemanager.googleapis.com/projects.delete']`)}
projects:
  - id: acme-one
    number: '111122223333'
    parent: folders/400500600
    services: [iam.googleapis.com, cloudresourcemanager.googleapis.com]
    serviceAccounts: [{ id: robot-one, keys: [{ id: ${'a'.repeat(40)}, publicKey: ${JSON.stringify(publicKey)} }] }]
    policy:
      bindings:
        - role: roles/owner
          members: ['user:ada@acme.com', 'user:dora@acme.com', 'user:gus@acme.com', 'user:nina@acme.com', 'user:olga@acme.com', 'serviceAccount:robot-one@acme-one.iam.gserviceaccount.com']
    denyRules:
      - ${rule('principal://goog/subject/olga@acme.com', `'cloudresourcemanager.googleapis.com/projects.get'`, `, denialCondition: { title: prod, expression: "resource.matchTag('100200300/env', 'prod')" }`)}
      - ${rule('principal://goog/subject/dora@acme.com', `'cloudresourcemanager.googleapis.com/projects.get'`, `, denialCondition: { title: not prod, expression: "!resource.matchTag('100200300/env', 'prod')" }`)}
`;

test('rules deny at every level, to all, to groups, by pattern, but for exceptions and conditions', async () => {
  const cloud = await startCloud({ yaml });
  const DELETE = 'resourcemanager.projects.delete';
  const has = (name: string) => held(cloud, `bearer-of-${name}`, 'acme-one', GET, DELETE, LIST);
  expect(await has('ada')).toEqual([GET, DELETE, LIST]); // excepted
  expect(await has('gus')).toEqual([DELETE]); // of the group, and of all
  expect(await has('olga')).toEqual([GET, DELETE]); // her rule's condition is false
  expect(await has('dora')).toEqual([DELETE, LIST]); // and hers is true
});

const POINT = 'cloudresourcemanager.googleapis.com%2Fprojects%2Facme-one';
const policies = `/v2/policies/${POINT}/denypolicies`;
const email = 'robot-one@acme-one.iam.gserviceaccount.com';
const deny = (...deniedPrincipals: string[]) => ({
  rules: [
    {
      denyRule: {
        deniedPrincipals,
        deniedPermissions: ['cloudresourcemanager.googleapis.com/projects.get'],
      },
    },
  ],
});

/** A bearer that the account signed itself. */
const robot = () => {
  const now = Math.floor(Date.now() / 1000);
  const aud = 'https://cloudresourcemanager.googleapis.com/';
  return sign({ iss: email, sub: email, aud, iat: now, exp: now + 3600 }, 'a'.repeat(40));
};

test('an account is denied by its e-mail, or as one of a project; it counts no more once it is another account', async () => {
  const cloud = await startCloud({ yaml, quota: false });
  const token = robot();
  expect(await held(cloud, token, 'acme-one', GET)).toEqual([GET]);
  await cloud.post(
    `${policies}?policyId=by-mail`,
    deny(`principal://iam.googleapis.com/projects/-/serviceAccounts/${email}`),
  );
  expect(await held(cloud, token, 'acme-one', GET)).toEqual([]);
  await cloud.ask(cloud.token, 'DELETE', `${policies}/by-mail`);
  expect(await held(cloud, token, 'acme-one', GET)).toEqual([GET]);
  await cloud.post(
    `${policies}?policyId=by-set`,
    deny('principalSet://cloudresourcemanager.googleapis.com/projects/111122223333/type/ServiceAccount'),
  );
  expect(await held(cloud, token, 'acme-one', GET)).toEqual([]);

  await cloud.post(
    `${policies}?policyId=pinned`,
    deny(`principal://iam.googleapis.com/projects/-/serviceAccounts/${email}`),
  );
  await cloud.ask(cloud.token, 'DELETE', `/v1/projects/acme-one/serviceAccounts/${email}`);
  expect(await cloud.get(`${policies}/pinned`)).toMatchObject({
    rules: [
      {
        denyRule: {
          deniedPrincipals: [
            expect.stringMatching(
              /^deleted:principal:\/\/iam\.googleapis\.com\/projects\/-\/serviceAccounts\/robot-one@acme-one\.iam\.gserviceaccount\.com\?uid=\d{21}$/,
            ),
          ],
        },
      },
    ],
  });
});

test('what is wrong with a policy is refused: its name, its rules, its conditions, a name that is taken', async () => {
  const cloud = await startCloud({ yaml, quota: false });
  const all = 'principalSet://goog/public:all';
  const create = async (id: string, body: object) => {
    const answer = await cloud.ask(cloud.token, 'POST', `${policies}?policyId=${id}`, { ...body });
    return answer.status === 200 ? 'OK' : errorOf(answer).status;
  };
  const changed = (more: object) => {
    const [{ denyRule }] = deny(all).rules as [{ denyRule: object }];
    return { rules: [{ denyRule: { ...denyRule, ...more } }] };
  };
  const condition = (expression: string) => ({ denialCondition: { title: 'when', expression } });
  for (const [id, body] of [
    ['ab', deny(all)],
    ['Abc', deny(all)],
    ['none', { rules: [] }],
    ['nobody', deny()],
    ['member', deny('user:gus@acme.com')],
    ['dotted', changed({ deniedPermissions: ['resourcemanager.projects.get'] })],
    ['unknown', changed({ deniedPermissions: ['cloudresourcemanager.googleapis.com/projects.fly'] })],
    ['everybody', changed({ exceptionPrincipals: [all] })],
    ['on-name', changed(condition(`resource.name == 'projects/1'`))],
    ['broken', changed(condition('resource.matchTag('))],
    ['field', { ...deny(all), colour: 'red' }],
  ] as const)
    expect([id, await create(id, body)]).toEqual([id, 'INVALID_ARGUMENT']);
  expect(await create('deny-rules', deny(all))).toBe('ALREADY_EXISTS');
  expect(
    await create(
      'tagged',
      changed(condition(`resource.hasTagKey('1/env') && !resource.matchTagId("a", 'b')`)),
    ),
  ).toBe('OK');
});

test('deny policies have five reads and five writes a minute, apart from the rest of IAM', async () => {
  const cloud = await startCloud({ yaml });
  await cloud.post('/_/clock', { to: '2040-01-01T00:00:00Z' });
  for (let i = 0; i < 5; i++) await cloud.get(policies);
  const refused = errorOf(await cloud.ask(cloud.token, 'GET', `${policies}/deny-rules`));
  expect([refused.status, refused.reasons]).toEqual(['RESOURCE_EXHAUSTED', ['RATE_LIMIT_EXCEEDED']]);
  await cloud.get('/v1/projects/acme-one/serviceAccounts');
  for (let i = 0; i < 5; i++)
    await cloud.post(`${policies}?policyId=number-${i}`, deny('principal://goog/subject/gus@acme.com'));
  expect((await cloud.ask(cloud.token, 'DELETE', `${policies}/number-1`)).status).toBe(429);
  await cloud.advance(60);
  expect((await cloud.ask(cloud.token, 'DELETE', `${policies}/number-1`)).status).toBe(200);
});

test('with lag a policy is seen late where permissions are checked, and its operation takes its time', async () => {
  const cloud = await startCloud({ yaml, quota: false, lag: 'typical' });
  const created = await cloud.post(
    `${policies}?policyId=late`,
    deny('principal://goog/subject/olga@acme.com'),
  );
  expect(created.done).toBeUndefined();
  expect(await held(cloud, 'bearer-of-olga', 'acme-one', GET)).toEqual([GET]);
  await cloud.advance(60);
  expect(await cloud.get(`/v2/${String(created.name)}`)).toMatchObject({ done: true });
  expect(await held(cloud, 'bearer-of-olga', 'acme-one', GET)).toEqual([]);
});
