import { createPublicKey } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { Json, TestCloud } from './kernel-cloud.ts';
import { bind, errorOf, held, makePair, readPolicy, startCloud } from './kernel-cloud.ts';

const POOL = 'projects/330917264410/locations/global/workloadIdentityPools/github';
const ROBOT = 'site-deployer@acme-site.iam.gserviceaccount.com';
const ACCOUNT = `projects/acme-site/serviceAccounts/${ROBOT}`;
const GITHUB = 'https://token.actions.githubusercontent.com';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const OURS = `${POOL}/providers/actions`;
const OTHERS = `${POOL}/providers/outside`;
const ISSUER = 'https://issuer.example';

let pair: ReturnType<typeof makePair>;
let jwksJson: string;
beforeAll(() => {
  pair = makePair();
  const { n, e } = createPublicKey(pair.publicKey).export({ format: 'jwk' });
  jwksJson = JSON.stringify({ keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig', kid: 'one', n, e }] });
});

/** The default world, with a pool, a provider for GitHub and one whose keys are its own. */
async function start(options = {}): Promise<TestCloud> {
  const cloud = await startCloud(options);
  const pools = '/v1/projects/acme-site/locations/global/workloadIdentityPools';
  const make = async (path: string, body: Json) => {
    const answer = await cloud.ask(cloud.token, 'POST', `${pools}${path}`, body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    await cloud.advance(15);
  };
  await make('?workloadIdentityPoolId=github', {});
  await make('/github/providers?workloadIdentityPoolProviderId=actions', {
    oidc: { issuerUri: GITHUB },
    attributeMapping: {
      'google.subject': 'assertion.sub',
      'attribute.repository': 'assertion.repository',
      'attribute.environment': 'assertion.environment',
    },
    attributeCondition: "assertion.repository_owner == 'acme'",
  });
  await make('/github/providers?workloadIdentityPoolProviderId=outside', {
    oidc: { issuerUri: ISSUER, allowedAudiences: ['mine'], jwksJson },
    attributeMapping: { 'google.subject': 'assertion.sub', 'google.groups': 'assertion.teams' },
    attributeCondition: "'deployers' in google.groups",
  });
  return cloud;
}

async function mint(cloud: TestCloud, more: Json = {}): Promise<string> {
  const audience = `https://iam.googleapis.com/${OURS}`;
  return String((await cloud.post('/_/oidc/token', { audience, ...more })).token);
}

const exchange = (cloud: TestCloud, token: string, more: Json = {}) =>
  cloud.ask(undefined, 'POST', '/v1/token', {
    grantType: 'urn:ietf:params:oauth:grant-type:token-exchange',
    requestedTokenType: 'urn:ietf:params:oauth:token-type:access_token',
    subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt',
    audience: `//iam.googleapis.com/${OURS}`,
    scope: SCOPE,
    subjectToken: token,
    ...more,
  });

const signed = (more: Json = {}, kid = 'one') => {
  const iat = Math.floor(Date.now() / 1000);
  return pair.sign(
    { iss: ISSUER, sub: 'ci', aud: 'mine', teams: ['deployers'], iat, exp: iat + 7200, ...more },
    kid,
  );
};
const outside = (cloud: TestCloud, token: string) =>
  exchange(cloud, token, { audience: `//iam.googleapis.com/${OTHERS}` });

test('a job of GitHub becomes the account that lets its repository in, and nobody else does', async () => {
  const cloud = await start();
  const generate = (token: string) =>
    cloud.ask(token, 'POST', `/v1/projects/-/serviceAccounts/${ROBOT}:generateAccessToken`, {
      scope: [SCOPE],
    });
  const answer = await exchange(cloud, await mint(cloud));
  expect(answer).toMatchObject({
    status: 200,
    body: {
      issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      token_type: 'Bearer',
    },
  });
  expect([298, 299]).toContain(answer.body.expires_in);
  const federated = String(answer.body.access_token);
  expect(errorOf(await generate(federated)).message).toBe(
    "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
  );
  await bind(cloud, ACCOUNT, {
    role: 'roles/iam.workloadIdentityUser',
    members: [`principalSet://iam.googleapis.com/${POOL}/attribute.repository/acme/video`],
  });
  const account = String((await generate(federated)).body.accessToken);
  expect(await held(cloud, account, 'acme-site', 'run.services.create')).toEqual(['run.services.create']);
  expect(await held(cloud, federated, 'acme-site', 'run.services.create')).toEqual([]);
  expect(JSON.stringify((await cloud.get('/_/requests')).requests)).toContain(
    `principal://iam.googleapis.com/${POOL}/subject/repo:acme/video:ref:refs/heads/main`,
  );
  const other = await exchange(cloud, await mint(cloud, { claims: { repository: 'acme/other' } }));
  expect((await generate(String(other.body.access_token))).status).toBe(403);
});

test('a project may grant something to a subject, an attribute or a whole pool, and only to whom that is', async () => {
  const cloud = await start();
  const claims = { environment: 'live' };
  const token = String((await exchange(cloud, await mint(cloud, { claims }))).body.access_token);
  const before = await readPolicy(cloud, 'projects/acme-site');
  const subject = `principal://iam.googleapis.com/${POOL}/subject/repo:acme/video`;
  const set = `principalSet://iam.googleapis.com/${POOL}`;
  for (const [member, granted] of [
    [`${subject}:environment:live`, true],
    [`${subject}:ref:refs/heads/main`, false],
    [`${set}/attribute.environment/live`, true],
    [`${set}/attribute.environment/test`, false],
    [`${set}/*`, true],
    ['allAuthenticatedUsers', false],
  ] as const) {
    const bindings = [...before.bindings, { role: 'roles/run.viewer', members: [member] }];
    await cloud.post('/v1/projects/acme-site:setIamPolicy', { policy: { bindings } });
    const permission = 'run.services.get';
    expect(await held(cloud, token, 'acme-site', permission), member).toEqual(granted ? [permission] : []);
  }
});

test('keys of the provider count for tokens of elsewhere, sent as a form, and groups are mapped', async () => {
  const cloud = await start();
  const response = await fetch(`${cloud.endpoint}/v1/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      audience: `//iam.googleapis.com/${OTHERS}`,
      scope: SCOPE,
      subject_token: signed(),
    }),
  });
  const body = (await response.json()) as Json;
  expect(body.expires_in).toBe(3599);
  await bind(cloud, 'projects/acme-site', {
    role: 'roles/run.viewer',
    members: [`principalSet://iam.googleapis.com/${POOL}/group/deployers`],
  });
  const permission = 'run.services.get';
  expect(await held(cloud, String(body.access_token), 'acme-site', permission)).toEqual([permission]);
});

test('a token that is not to be believed is refused, and told why', async () => {
  const cloud = await start();
  const now = Math.floor(Date.now() / 1000);
  const stranger = makePair();
  const claims = { iss: ISSUER, sub: 'ci', aud: 'mine', teams: ['deployers'], iat: now, exp: now + 60 };
  const cases: [string, string, string][] = [
    [
      signed({ iss: 'https://other.example' }),
      'invalid_grant',
      'The issuer in ID Token https://other.example',
    ],
    [signed({ aud: 'theirs' }), 'invalid_grant', 'The audience in ID Token [theirs] does not match'],
    [signed({ aud: `https://iam.googleapis.com/${OTHERS}` }), 'invalid_grant', 'The audience in ID Token'],
    [
      signed({ iat: now - 7200, exp: now - 3600 }),
      'invalid_grant',
      `ID Token issued at ${now - 7200} is stale`,
    ],
    [signed({ iat: now + 300 }), 'invalid_grant', `ID Token issued at ${now + 300} is stale`],
    [stranger.sign(claims, 'one'), 'invalid_grant', 'Unable to verify the ID Token signature.'],
    [signed({}, 'two'), 'invalid_grant', "Error connecting to the given credential's issuer."],
    [signed({ teams: ['readers'] }), 'unauthorized_client', 'rejected by the attribute condition'],
    [signed({ teams: undefined }), 'unauthorized_client', 'rejected by the attribute condition'],
    [signed({ sub: 'x'.repeat(128) }), 'invalid_request', 'exceeds the 127 bytes limit'],
    ['not.a.token', 'invalid_request', 'parse'],
  ];
  for (const [token, error, description] of cases)
    expect(await outside(cloud, token), description).toMatchObject({
      status: 400,
      body: { error, error_description: expect.stringContaining(description) as string },
    });
  const condition = await exchange(cloud, await mint(cloud, { claims: { repository: 'evil/video' } }));
  expect(condition.body).toEqual({
    error: 'unauthorized_client',
    error_description: 'The given credential is rejected by the attribute condition.',
  });
  const old = await mint(cloud);
  await cloud.advance(361);
  expect((await exchange(cloud, old)).body.error).toBe('invalid_grant');
});

test('the audience of an exchange names a live provider by number', async () => {
  const cloud = await start();
  const token = await mint(cloud);
  const errorFor = async (audience: string) => (await exchange(cloud, token, { audience })).body.error;
  expect(await errorFor(OURS)).toBe('invalid_request');
  expect(await errorFor(`//iam.googleapis.com/${POOL}`)).toBe('invalid_request');
  expect(await errorFor(`//iam.googleapis.com/${OURS.replace('330917264410', 'acme-site')}`)).toBe(
    'invalid_target',
  );
  expect(await errorFor(`//iam.googleapis.com/${OURS}-2`)).toBe('invalid_target');
  expect((await exchange(cloud, token, { scope: '' })).status).toBe(400);

  const federated = String((await exchange(cloud, token)).body.access_token);
  const works = async () => (await cloud.ask(federated, 'GET', '/v1/roles?pageSize=1')).status;
  const disable = (path: string, disabled: boolean) =>
    cloud.ask(cloud.token, 'PATCH', `/v1/${path}?updateMask=disabled`, { disabled });
  await disable(OURS, true);
  expect(await errorFor(`//iam.googleapis.com/${OURS}`)).toBe('invalid_target');
  expect(await works()).toBe(200);
  await disable(POOL, true);
  expect(await works()).toBe(401);
  await disable(POOL, false);
  expect(await works()).toBe(200);
});

test('a member of a pool that is not there, or written with the ID of its project, is not granted anything', async () => {
  const cloud = await start();
  const grant = async (member: string) => {
    const { etag } = await cloud.post(`/v1/${ACCOUNT}:getIamPolicy`);
    const policy = { etag, bindings: [{ role: 'roles/iam.workloadIdentityUser', members: [member] }] };
    const answer = await cloud.ask(cloud.token, 'POST', `/v1/${ACCOUNT}:setIamPolicy`, { policy });
    return answer.status === 200 ? 'OK' : errorOf(answer).message;
  };
  const set = `principalSet://iam.googleapis.com/${POOL}`;
  expect(await grant(`${set}/*`)).toBe('OK');
  const byId = `${set}/*`.replace('330917264410', 'acme-site');
  expect(await grant(byId)).toContain('Identity Pool does not exist (projects/acme-site/locations/global/');
  expect(await grant(`${set}2/*`)).toContain('Identity Pool does not exist');
  expect(await grant(`${set}/subject/x`)).toContain('Invalid principal');
});

test('a world may come with pools, providers and an issuer that it plays', async () => {
  const cloud = await startCloud({
    yaml: `
v: 1
operator: ada@acme.com
project: acme-one
oidcIssuers: [${ISSUER}/]
users: [{ email: ada@acme.com, token: bearer-of-ada }]
projects:
  - id: acme-one
    number: '111122223333'
    services: [iam.googleapis.com, cloudresourcemanager.googleapis.com]
    workloadIdentityPools:
      - id: ci-pool
        providers:
          - id: runner
            issuerUri: ${ISSUER}
            allowedAudiences: [runner]
            attributeMapping: { google.subject: assertion.sub }
    policy:
      bindings:
        - role: roles/iam.roleViewer
          members: [principal://iam.googleapis.com/projects/111122223333/locations/global/workloadIdentityPools/ci-pool/subject/me]
`,
  });
  const wanted = { issuer: ISSUER, subject: 'me', audience: 'runner' };
  const token = String((await cloud.post('/_/oidc/token', wanted)).token);
  const pool = 'projects/111122223333/locations/global/workloadIdentityPools/ci-pool';
  const audience = `//iam.googleapis.com/${pool}/providers/runner`;
  const federated = String((await exchange(cloud, token, { audience })).body.access_token);
  expect(await held(cloud, federated, 'acme-one', 'iam.roles.get')).toEqual(['iam.roles.get']);
  expect(JSON.stringify(await cloud.get('/_/world'))).toContain(`"name":"${pool}/providers/runner"`);
});

test('the control API gives tokens of issuers that the world plays only', async () => {
  const cloud = await startCloud();
  const answer = await cloud.ask(undefined, 'POST', '/_/oidc/token', { issuer: 'https://elsewhere.example' });
  expect(answer.status).toBe(400);
  const token = await mint(cloud, { claims: { repository: 'o/r', ref: 'refs/tags/v1' }, lifetime: 60 });
  expect(JSON.parse(Buffer.from(String(token.split('.')[1]), 'base64url').toString())).toMatchObject({
    iss: GITHUB,
    sub: 'repo:o/r:ref:refs/tags/v1',
    repository: 'o/r',
    repository_owner: 'o',
    ref: 'refs/tags/v1',
  });
});
