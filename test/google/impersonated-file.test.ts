import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { CredentialsError, impersonatedFile, resolveCredentials } from '../../src/google/credentials.ts';
import { cloudAt } from './clouds.ts';
import { PROJECT, simulated } from './simulated.ts';

const ROBOT = 'robot@acme-site.iam.gserviceaccount.com';
const URL_OF_ROBOT = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${ROBOT}:generateAccessToken`;
const LOGIN = {
  account: '',
  client_id: 'c',
  client_secret: 'SECRET-c',
  refresh_token: 'SECRET-r',
  type: 'authorized_user',
  universe_domain: 'googleapis.com',
};

let folder: string;
let env: NodeJS.ProcessEnv;
/** The file that gcloud writes for programs. */
let wellKnown: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'iamready-impersonated-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  env = { CLOUDSDK_CONFIG: path.join(folder, 'gcloud'), GOOGLE_APPLICATION_CREDENTIALS: '/elsewhere' };
  await mkdir(path.join(folder, 'gcloud'));
  wellKnown = path.join(folder, 'gcloud/application_default_credentials.json');
});

async function refusal(): Promise<CredentialsError> {
  const outcome: unknown = await impersonatedFile(ROBOT, env).catch((error: unknown) => error);
  if (outcome instanceof CredentialsError) return outcome;
  throw new Error('not a CredentialsError', { cause: outcome });
}

describe('a file that acts as an account', () => {
  test('is what gcloud would write on top of the login, without whom the login is charged to', async () => {
    await writeFile(wellKnown, JSON.stringify({ ...LOGIN, quota_project_id: 'payer' }));
    const file = await impersonatedFile(ROBOT, env);
    expect(JSON.parse(file.text())).toEqual({
      type: 'impersonated_service_account',
      service_account_impersonation_url: URL_OF_ROBOT,
      delegates: [],
      source_credentials: LOGIN,
    });
    const told = `${inspect([file], { depth: 9, showHidden: true })} ${JSON.stringify(file)} ${String(file)}`;
    expect(told).not.toContain('SECRET');

    const written = path.join(folder, 'written.json');
    await writeFile(written, file.text());
    expect(await resolveCredentials({ credentialsFile: written, env: {} })).toMatchObject({
      kind: 'impersonated',
      email: ROBOT,
    });
  });

  test('stands on the person’s login where programs act as another account already', async () => {
    const other = URL_OF_ROBOT.replace('robot', 'other');
    const json = { type: 'impersonated_service_account', service_account_impersonation_url: other };
    await writeFile(wellKnown, JSON.stringify({ ...json, source_credentials: LOGIN }));
    expect(JSON.parse((await impersonatedFile(ROBOT, env)).text())).toMatchObject({
      service_account_impersonation_url: URL_OF_ROBOT,
      source_credentials: LOGIN,
    });
  });

  test('cannot be made without the login of a person, and says what stands there instead', async () => {
    expect(await refusal()).toMatchObject({
      kind: 'none-found',
      place: wellKnown,
      remedy: 'gcloud auth application-default login',
    });
    for (const [text, value] of [
      ['SECRET', 'not JSON'],
      ['{"type":"external_account"}', 'type "external_account"'],
      [JSON.stringify({ ...LOGIN, refresh_token: '' }), 'type "authorized_user"'],
      ['[]', 'JSON without a "type"'],
    ] as const) {
      await writeFile(wellKnown, text);
      const error = await refusal();
      expect(error).toMatchObject({ kind: 'unusable', place: wellKnown, value });
      expect(inspect(error)).not.toContain('SECRET');
    }
  });
});

test('a file that acts as an account by a key does so at the endpoint named; one by a login never leaves Google', async () => {
  const { cloud, endpoint } = await simulated();
  const target = await cloud.accounts.create(PROJECT, { accountId: 'target' });
  const actor = await cloud.accounts.create(PROJECT, { accountId: 'actor-one' });
  const key = await cloud.keys.create(PROJECT, actor.email);
  const policy = await cloud.accounts.getPolicy(target.email, PROJECT);
  const role = 'roles/iam.serviceAccountTokenCreator';
  const bindings = [{ role, members: [`serviceAccount:${actor.email}`] }];
  await cloud.accounts.setPolicy(target.email, PROJECT, { ...policy, bindings });

  const credentialsFile = path.join(folder, 'by-key.json');
  const json = {
    type: 'impersonated_service_account',
    service_account_impersonation_url: URL_OF_ROBOT.replace(ROBOT, target.email),
  };
  const source = JSON.parse(key.file.text()) as unknown;
  await writeFile(credentialsFile, JSON.stringify({ ...json, source_credentials: source }));
  const credentials = await resolveCredentials({ credentialsFile, endpoint, env: {} });
  expect(credentials).toMatchObject({ kind: 'impersonated', email: target.email });
  const robot = cloudAt(endpoint, { credentials });
  expect(await robot.projects.test(PROJECT, ['run.services.get'])).toEqual(new Set());

  await writeFile(credentialsFile, JSON.stringify({ ...json, source_credentials: LOGIN }));
  await expect(resolveCredentials({ credentialsFile, endpoint, env: {} })).rejects.toMatchObject({
    kind: 'not-for-endpoint',
  });
});
