import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as z from 'zod';
import { openStage, type Stage } from './stage.ts';

const github = { keyless: 'github', repository: 'acme/video' } as const;
const pool = 'projects/acme-video/locations/global/workloadIdentityPools/iamready-github';
const Provider = z.looseObject({
  attributeCondition: z.string(),
  attributeMapping: z.record(z.string(), z.string()),
});

/** A token of a workflow, as GitHub gives it to a job; of `acme/video` unless told otherwise. */
async function tokenFile({ endpoint, folder }: Stage, claims = {}): Promise<string> {
  const number = '764086051850';
  const provider = `projects/${number}/locations/global/workloadIdentityPools/iamready-github/providers/gh-acme-video`;
  const audience = `https://iam.googleapis.com/${provider}`;
  const response = await fetch(`${endpoint}/_/oidc/token`, {
    method: 'POST',
    body: JSON.stringify({ audience, claims, lifetime: 86_400 }),
  });
  const { token } = z.object({ token: z.string() }).parse(await response.json());
  const file = join(folder, 'subject-token');
  await writeFile(file, token);
  return file;
}

const validated = ({ events }: Awaited<ReturnType<Stage['setup']>>) =>
  events.findLast((event) => event.type === 'step' && event.step === 'validate');

test('workflows of one repository act as the account, proven by the token of one, and another gets in nowhere', async () => {
  const stage = await openStage({ lag: 'typical' });
  const subjectTokenFile = await tokenFile(stage);
  const run = await stage.setup({ ...github, subjectTokenFile });
  expect(run).toMatchObject({ exit: 0, result: { status: 'ready' } });
  expect(validated(run)).toMatchObject({
    facts: [{ text: expect.stringContaining('by a token of the workflow: 15 of 15') as string }],
  });
  expect(JSON.stringify(run.events)).not.toMatch(/eyJ[\w-]{20}|ya29\./);
  const provider = Provider.parse(await stage.cloud.call('GET', `v1/${pool}/providers/gh-acme-video`));
  expect(provider.attributeCondition).toBe("assertion.repository == 'acme/video'");
  expect(run.result.keyless).toMatchObject({
    kind: 'github',
    provider: expect.stringMatching(/^projects\/764086051850\/.*\/providers\/gh-acme-video$/) as string,
    lines: expect.arrayContaining([
      '  id-token: write',
      '  - uses: google-github-actions/auth@v3',
    ]) as string[],
  });
  expect(await stage.writes()).not.toContainEqual(expect.stringMatching(/\/keys$/));

  await stage.forgetRequests();
  expect((await stage.check({ subjectTokenFile })).exit).toBe(0);
  expect((await stage.setup({ subjectTokenFile })).exit).toBe(0);
  expect(await stage.writes()).toEqual([]);

  const other = await stage.check({ subjectTokenFile: await tokenFile(stage, { repository: 'acme/other' }) });
  expect(other).toMatchObject({ exit: 3 });
  expect(other.result.problem?.what).toContain('"acme/other", not of acme/video');
});

test('inside a job its own token proves the sign-in: asked for with its bearer, for this provider', async () => {
  onTestFinished(() => void vi.unstubAllEnvs());
  const stage = await openStage();
  const begin = async (claims = {}) => {
    const response = await fetch(`${stage.endpoint}/_/oidc/job`, {
      method: 'POST',
      body: JSON.stringify({ claims }),
    });
    const { env } = z.object({ env: z.record(z.string(), z.string()) }).parse(await response.json());
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  };
  await begin();
  const run = await stage.setup(github);
  expect(run).toMatchObject({ exit: 0, result: { status: 'ready' } });
  expect(validated(run)).toMatchObject({
    facts: [{ text: expect.stringContaining('by a token of the workflow: 15 of 15') as string }],
  });

  await begin({ repository: 'acme/other' });
  expect((await stage.check()).result.problem?.what).toContain('"acme/other", not of acme/video');

  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'SECRET-of-another-job');
  const refused = await stage.check();
  expect(refused).toMatchObject({
    exit: 3,
    result: {
      problem: {
        what: 'GitHub gave this job no token (HTTP 401)',
        next: expect.stringContaining('id-token: write') as string,
      },
    },
  });
  expect(JSON.stringify(refused.events)).not.toContain('SECRET');
  // What GitHub gives out is for Google: another end does not get it.
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', 'http://127.0.0.1:9/token?api-version=2.0');
  expect((await stage.check()).exit).toBe(0);
});

test('without a token of a workflow it is said that the sign-in itself is proven there', async () => {
  const stage = await openStage();
  const run = await stage.setup(github);
  expect(run).toMatchObject({ exit: 0, result: { status: 'ready' } });
  expect(validated(run)).toMatchObject({
    facts: [
      { tone: 'attention', text: expect.stringContaining('A workflow of acme/video proves it') as string },
    ],
  });
});

test('what of ours was changed by hand is mended, and a pool that somebody deleted is restored', async () => {
  const stage = await openStage();
  await stage.setup(github);
  const { cloud } = stage;
  await cloud.call('PATCH', `v1/${pool}/providers/gh-acme-video?updateMask=attributeCondition`, {
    attributeCondition: "assertion.repository_owner == 'acme'",
  });
  const drifted = await stage.check();
  expect(drifted.exit).toBe(2);
  expect(drifted.result.changes).toContainEqual(
    expect.objectContaining({ from: "condition: assertion.repository_owner == 'acme'" }),
  );
  await cloud.call('DELETE', `v1/${pool}`);
  await stage.forgetRequests();
  expect((await stage.setup()).exit).toBe(0);
  expect(await stage.writes()).toContainEqual(expect.stringContaining('iamready-github:undelete'));
  expect((await stage.check()).exit).toBe(0);
});

test('a pool and a provider of ours that somebody turned off are turned on again, as the plan says', async () => {
  const stage = await openStage();
  await stage.setup(github);
  const { cloud } = stage;
  const turnOff = (name: string) => cloud.call('PATCH', `v1/${name}?updateMask=disabled`, { disabled: true });
  await turnOff(`${pool}/providers/gh-acme-video`);
  await turnOff(pool);
  expect(await stage.check()).toMatchObject({
    exit: 2,
    result: {
      changes: [
        { what: 'pool', from: 'disabled', to: 'enabled' },
        { what: 'provider', from: 'state: disabled', to: 'enabled' },
      ],
    },
  });
  expect((await stage.repair({ subjectTokenFile: await tokenFile(stage) })).exit).toBe(0);
  expect((await stage.check({ subjectTokenFile: await tokenFile(stage) })).exit).toBe(0);
});

test('a pool of somebody else that is off stays off, and it is said what to do instead', async () => {
  const stage = await openStage();
  const { cloud } = stage;
  await cloud.enableService('iam.googleapis.com');
  const theirs =
    'v1/projects/acme-video/locations/global/workloadIdentityPools?workloadIdentityPoolId=theirs';
  await cloud.call('POST', theirs, { disabled: true });
  await stage.forgetRequests();
  const run = await stage.setup({ ...github, pool: 'theirs' });
  expect(run).toMatchObject({
    exit: 3,
    result: { problem: { what: expect.stringContaining('is disabled') as string } },
  });
  expect(run.result.problem?.next).toMatch(/--pool=theirs-2, or .* update theirs .*--no-disabled$/);
  expect(await stage.writes()).toEqual([]);
});

test('a provider of somebody else is left as found: adopted if it lets workflows in, else another ID is asked for', async () => {
  const stage = await openStage();
  const { cloud } = stage;
  await cloud.enableService('iam.googleapis.com');
  await cloud.call(
    'POST',
    `v1/projects/acme-video/locations/global/workloadIdentityPools?workloadIdentityPoolId=iamready-github`,
    {},
  );
  const make = (id: string, attributeMapping: object) =>
    cloud.call('POST', `v1/${pool}/providers?workloadIdentityPoolProviderId=${id}`, {
      oidc: { issuerUri: 'https://token.actions.githubusercontent.com' },
      attributeMapping,
      attributeCondition: "assertion.repository_owner == 'acme'",
    });
  await make('gh-acme-video', { 'google.subject': 'assertion.sub' });
  await make('theirs', { 'google.subject': 'assertion.sub', 'attribute.repository': 'assertion.repository' });
  const blocked = await stage.setup(github);
  expect(blocked).toMatchObject({
    exit: 3,
    result: { problem: { next: expect.stringContaining('--provider=') as string } },
  });

  await stage.forgetRequests();
  expect((await stage.setup({ ...github, provider: 'theirs' })).exit).toBe(0);
  expect(await stage.writes()).not.toContainEqual(expect.stringContaining('workloadIdentityPools'));
});

test('which repository it is has to be said, in the form that GitHub has', async () => {
  const stage = await openStage();
  expect(await stage.setup({ keyless: 'github' })).toMatchObject({ exit: 4 });
  const wrong = await stage.setup({ keyless: 'github', repository: "acme/video' || true" });
  expect(wrong).toMatchObject({
    exit: 64,
    result: { problem: { next: expect.stringContaining('--repository=') as string } },
  });
});
