import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { tokenContext } from '../../src/google/caller.ts';
import {
  CredentialsError,
  resolveCredentials,
  type CredentialsChoice,
} from '../../src/google/credentials.ts';
import { Transport } from '../../src/google/transport.ts';
import { cloudAt, failure } from './clouds.ts';
import { answer, startServer } from './server.ts';
import { EMAIL, keyFile } from './service-account-keys.ts';

let folder: string;
/** An environment in which nothing of this machine's own is found. */
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'iamready-credentials-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  env = { HOME: folder, PATH: path.join(folder, 'bin') };
});

const inFolder = (name: string) => path.join(folder, name);

async function file(name: string, text: string): Promise<string> {
  await mkdir(path.dirname(inFolder(name)), { recursive: true });
  await writeFile(inFolder(name), text);
  return inFolder(name);
}

/** Puts a gcloud on PATH that runs this script. */
async function gcloud(script: string): Promise<void> {
  await chmod(await file('bin/gcloud', `#!/bin/sh\necho "$@" >> ${inFolder('asked')}\n${script}\n`), 0o755);
}

async function refusal(choice: CredentialsChoice): Promise<CredentialsError> {
  const outcome: unknown = await resolveCredentials({ env, ...choice }).catch((error: unknown) => error);
  if (outcome instanceof CredentialsError) return outcome;
  throw new Error('not a CredentialsError', { cause: outcome });
}

/** Sets variables that Google's library reads from this process, until the test ends. */
function setEnvironment(variables: Record<string, string>): void {
  const kept = process.env;
  process.env = { ...kept, ...variables };
  onTestFinished(() => {
    process.env = kept;
  });
}

async function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** What credentials are given to fetch a token with. */
function context(endpoint?: string, deadlineMs = 5_000) {
  const options = { endpoint, log: undefined, signal: undefined, deadlineMs, maxInFlight: 4, retries: 0 };
  return tokenContext(new Transport(options));
}

describe('an access token in a file', () => {
  test('is read without the white space around it, and named by its file', async () => {
    const accessTokenFile = await file('token', '\n ya29.abc-_~+/== \n');
    const credentials = await resolveCredentials({ accessTokenFile });
    expect(credentials).toMatchObject({
      kind: 'access-token',
      principal: `the access token in ${accessTokenFile}`,
    });
    expect(await credentials.token(context())).toEqual({ value: 'ya29.abc-_~+/==' });
  });

  test('is read again when Google refuses it, because somebody may have renewed it', async () => {
    const accessTokenFile = await file('token', 'old');
    const refused = { error: { code: 401, message: 'expired', status: 'UNAUTHENTICATED' } };
    const server = await startServer(async (request, response) => {
      const renewed = request.headers.authorization === 'Bearer new';
      await writeFile(accessTokenFile, 'new');
      answer(response, renewed ? 200 : 401, renewed ? {} : refused);
    });
    const credentials = await resolveCredentials({ accessTokenFile, endpoint: server.url });
    expect(await cloudAt(server.url, { credentials }).projects.test('p', ['a.b.c'])).toEqual(new Set());
  });

  test.each([
    ['empty', ' \n', 'empty'],
    ['two tokens', 'a\nb', 'several lines'],
    ['JSON', '{"access_token":"SECRET"}', 'characters that no access token has'],
    ['a control character', 'SECRET\x07', 'characters that no access token has'],
  ])('is refused: %s', async (_, text, value) => {
    const accessTokenFile = await file('token', text);
    const error = await refusal({ accessTokenFile });
    expect(error).toMatchObject({ kind: 'not-a-token', place: accessTokenFile, value });
    expect(inspect(error)).not.toContain('SECRET');
  });

  test('is refused: a directory, nothing there, more than 16 KB', async () => {
    expect(await refusal({ accessTokenFile: folder })).toMatchObject({
      kind: 'unreadable',
      value: 'a directory',
    });
    expect(await refusal({ accessTokenFile: inFolder('none') })).toMatchObject({
      kind: 'unreadable',
      value: 'ENOENT',
    });
    const large = await file('large', 'x'.repeat(16_385));
    expect(await refusal({ accessTokenFile: large })).toMatchObject({
      kind: 'unreadable',
      value: 'more than 16384 bytes',
    });
  });
});

describe('a credentials file', () => {
  test('with a service account key is that account, with the quota project it names', async () => {
    const credentialsFile = await file('key.json', keyFile({ quota_project_id: 'payer' }));
    expect(await resolveCredentials({ credentialsFile, env, endpoint: 'http://127.0.0.1:1' })).toMatchObject({
      kind: 'key-file',
      principal: EMAIL,
      email: EMAIL,
      quotaProject: 'payer',
    });
  });

  test.each([
    ['not JSON', 'hello'],
    ['JSON without a "type"', '{}'],
    ['type "a b"', '{"type":"a\\nb"}'],
  ])('is refused: %s', async (value, text) => {
    const credentialsFile = await file('key.json', text);
    expect(await refusal({ credentialsFile })).toMatchObject({
      kind: 'not-a-key',
      place: credentialsFile,
      value,
    });
  });

  test('that is a directory is refused', async () => {
    expect(await refusal({ credentialsFile: folder })).toMatchObject({
      kind: 'unreadable',
      value: 'a directory',
    });
  });

  test('of a user is Google’s alone: another endpoint never sees the refresh token', async () => {
    const credentialsFile = await file('user.json', USER);
    const endpoint = 'http://127.0.0.1:1';
    expect(await refusal({ credentialsFile, endpoint })).toMatchObject({ kind: 'not-for-endpoint' });
    const credentials = await resolveCredentials({ credentialsFile, env });
    await expect(credentials.token(context(endpoint))).rejects.toMatchObject({ kind: 'not-for-endpoint' });
  });

  test('of workload identity federation is exchanged through Google’s library, within our deadline', async () => {
    const server = await startServer((_, response, nth) => {
      if (nth === 1)
        answer(response, 200, { access_token: 'federated', expires_in: 3599, token_type: 'Bearer' });
      if (nth === 2) answer(response, 400, { error: 'invalid_grant', error_description: 'ended\x1b[2J' });
    });
    const credentialsFile = await file('federated.json', await federated(`${server.url}/v1/token`));
    const credentials = await resolveCredentials({ credentialsFile, env });
    expect(credentials.kind).toBe('federated-file');
    const token = await credentials.token(context());
    expect(token.value).toBe('federated');
    expect(token.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
    expect(server.seen[0]?.body).toContain('subject_token=SUBJECT');
    const failures = [
      await thrownBy(credentials.token(context())),
      await thrownBy(credentials.token(context(undefined, 100))),
    ];
    for (const error of failures) {
      expect(error).toMatchObject({
        name: 'CredentialsError',
        kind: 'unusable',
        place: credentialsFile,
      });
      expect(error).not.toHaveProperty('cause');
      expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/SUBJECT|\\x1b/);
    }
    expect(failures[1]).toMatchObject({ value: 'no token within 100 ms' });
  });

  test('whose subject token is gone is unusable, and says so', async () => {
    const credentialsFile = await file('federated.json', await federated('http://127.0.0.1:1/v1/token'));
    await rm(inFolder('subject'));
    const credentials = await resolveCredentials({ credentialsFile, env });
    await expect(credentials.token(context())).rejects.toMatchObject({
      kind: 'unusable',
      place: credentialsFile,
    });
  });

  test('of a user who impersonates is the account, through the user', async () => {
    const url = `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${EMAIL}:generateAccessToken`;
    const json = { type: 'impersonated_service_account', service_account_impersonation_url: url };
    const stored = JSON.stringify({ ...json, source_credentials: JSON.parse(USER) as unknown });
    expect(await resolveCredentials({ credentialsFile: await file('a.json', stored), env })).toMatchObject({
      kind: 'impersonated',
      email: EMAIL,
      principal: `${EMAIL}, through ada@acme.com`,
    });
    const endless = JSON.stringify({ ...json, source_credentials: json });
    expect(await refusal({ credentialsFile: await file('b.json', endless) })).toMatchObject({
      kind: 'not-a-key',
    });
  });
});

describe('gcloud’s account', () => {
  test('that takes long is cut short by the caller’s signal, as a cancelled call', async () => {
    await gcloud('exec sleep 60');
    env['PATH'] = `${env['PATH'] ?? ''}:/usr/bin:/bin`;
    const controller = new AbortController();
    const credentials = await resolveCredentials({ account: 'ada@acme.com', env });
    const call = failure(
      cloudAt('http://127.0.0.1:1', { credentials, signal: controller.signal }).projects.get('p'),
    );
    await expect
      .poll(() => readFile(inFolder('asked'), 'utf8').catch(() => ''))
      .toContain('print-access-token');
    controller.abort();
    expect(await call).toMatchObject({ kind: 'cancelled', attempts: 0 });
  });

  test('is asked for its token, without a shell and without asking back', async () => {
    await gcloud('echo ya29.from-gcloud');
    const credentials = await resolveCredentials({ account: 'ada@acme.com; rm -rf /', env });
    expect(credentials).toMatchObject({ kind: 'gcloud', principal: 'ada@acme.com; rm -rf /' });
    expect(await credentials.token(context())).toEqual({ value: 'ya29.from-gcloud' });
    expect(await readFile(inFolder('asked'), 'utf8')).toBe(
      'auth print-access-token --quiet --account=ada@acme.com; rm -rf /\n',
    );
  });

  test('that is not logged in says what gcloud said, fit for print', async () => {
    await gcloud('printf "ERROR: (gcloud.auth)\\033[31m no account\\n" >&2; exit 1');
    const credentials = await resolveCredentials({ account: 'ada@acme.com', env });
    await expect(credentials.token(context())).rejects.toMatchObject({
      kind: 'gcloud-failed',
      place: 'gcloud auth print-access-token',
      value: 'ERROR: (gcloud.auth) [31m no account',
    });
  });

  test('without gcloud on this machine is an error of its own', async () => {
    const credentials = await resolveCredentials({ account: 'ada@acme.com', env });
    await expect(credentials.token(context())).rejects.toMatchObject({ kind: 'gcloud-missing' });
  });

  test('that answers something else than a token is refused', async () => {
    await gcloud('echo "Updates are available"');
    const credentials = await resolveCredentials({ account: 'ada@acme.com', env });
    await expect(credentials.token(context())).rejects.toMatchObject({ kind: 'not-a-token' });
  });
});

describe('credentials that nobody named', () => {
  test('are Application Default Credentials from the variable before those from gcloud’s folder', async () => {
    env['GOOGLE_APPLICATION_CREDENTIALS'] = await file('key.json', keyFile());
    await file('.config/gcloud/application_default_credentials.json', USER);
    expect(await resolveCredentials({ env })).toMatchObject({ kind: 'adc', principal: EMAIL });
    delete env['GOOGLE_APPLICATION_CREDENTIALS'];
    expect(await resolveCredentials({ env })).toMatchObject({
      kind: 'adc',
      principal: 'ada@acme.com',
      quotaProject: 'payer',
    });
  });

  test('are gcloud’s active account where there are no Application Default Credentials', async () => {
    await gcloud('case "$1" in config) echo ada@acme.com;; *) echo tok;; esac');
    const credentials = await resolveCredentials({ env });
    expect(credentials).toMatchObject({ kind: 'gcloud', principal: 'ada@acme.com' });
    expect(await credentials.token(context())).toEqual({ value: 'tok' });
  });

  test('are an error when the variable names no file: no other source steps in', async () => {
    env['GOOGLE_APPLICATION_CREDENTIALS'] = inFolder('none.json');
    await gcloud('echo ada@acme.com');
    expect(await refusal({})).toMatchObject({ kind: 'unreadable', value: 'ENOENT' });
  });

  test('are the account attached to the Google machine this runs on, where there is nothing else', async () => {
    const server = await startServer((request, response) => {
      const asked = request.path.split('/').at(-1);
      if (asked === 'email')
        response
          .writeHead(200, { 'metadata-flavor': 'Google', 'content-type': 'application/text' })
          .end(EMAIL);
      else
        answer(response, 200, { access_token: 'attached', expires_in: 100 }, { 'metadata-flavor': 'Google' });
    });
    setEnvironment({
      METADATA_SERVER_DETECTION: 'assume-present',
      GCE_METADATA_HOST: new URL(server.url).host,
    });
    const credentials = await resolveCredentials({ env });
    expect(credentials).toMatchObject({ kind: 'adc', principal: EMAIL, email: EMAIL });
    expect((await credentials.token(context())).value).toBe('attached');
    expect(server.seen.every(({ headers }) => headers['metadata-flavor'] === 'Google')).toBe(true);
  });

  test('are none where there is nothing at all, and the error says where it was looked for', async () => {
    setEnvironment({ METADATA_SERVER_DETECTION: 'none' });
    expect(await refusal({})).toMatchObject({
      kind: 'none-found',
      remedy: 'gcloud auth application-default login',
    });
  });

  test('are never sent to an endpoint that is not Google’s, nor even looked for', async () => {
    await gcloud('echo ada@acme.com');
    env['GOOGLE_APPLICATION_CREDENTIALS'] = await file('key.json', keyFile());
    for (const impersonate of [undefined, EMAIL])
      expect(
        await refusal({ endpoint: 'http://127.0.0.1:1', ...(impersonate ? { impersonate } : {}) }),
      ).toMatchObject({
        kind: 'not-named',
        place: 'http://127.0.0.1:1',
      });
    await expect(readFile(inFolder('asked'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

test('two sources at once are refused', async () => {
  expect(await refusal({ account: 'a@b', credentialsFile: 'x' })).toMatchObject({
    kind: 'conflicting',
    place: 'credentialsFile, account',
  });
});

describe('impersonation', () => {
  test('gets a token of the account with the caller’s own, and calls with it', async () => {
    const accessTokenFile = await file('token', 'mine');
    const generated = { accessToken: 'theirs', expireTime: new Date(Date.now() + 3_600_000).toISOString() };
    const server = await startServer((request, response) =>
      answer(response, 200, request.path.includes('generateAccessToken') ? generated : {}),
    );
    const credentials = await resolveCredentials({
      accessTokenFile,
      impersonate: EMAIL,
      endpoint: server.url,
    });
    expect(credentials).toMatchObject({ kind: 'impersonated', email: EMAIL });
    expect(credentials.principal).toBe(`${EMAIL}, through the access token in ${accessTokenFile}`);
    await cloudAt(server.url, { credentials }).projects.test('p', ['a.b.c']);
    expect(server.seen.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      [`/v1/projects/-/serviceAccounts/${encodeURIComponent(EMAIL)}:generateAccessToken`, 'Bearer mine'],
      ['/v3/projects/p:testIamPermissions', 'Bearer theirs'],
    ]);
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
      scope: ['https://www.googleapis.com/auth/cloud-platform'],
      lifetime: '3600s',
    });
  });

  test('that is not allowed names the permission that is missing, and not the token', async () => {
    const accessTokenFile = await file('token', 'mine-SECRET');
    const details = [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'IAM_PERMISSION_DENIED',
        domain: 'iam.googleapis.com',
        metadata: { permission: 'iam.serviceAccounts.getAccessToken' },
      },
    ];
    const server = await startServer((_, response) =>
      answer(response, 403, {
        error: { code: 403, message: 'not mine-SECRET', status: 'PERMISSION_DENIED', details },
      }),
    );
    const credentials = await resolveCredentials({
      accessTokenFile,
      impersonate: EMAIL,
      endpoint: server.url,
    });
    const error = await failure(cloudAt(server.url, { credentials }).projects.get('p'));
    expect(error).toMatchObject({
      kind: 'denied',
      api: 'iamcredentials',
      metadata: { permission: 'iam.serviceAccounts.getAccessToken' },
    });
    expect(inspect(error)).not.toContain('SECRET');
  });
});

const USER = JSON.stringify({
  type: 'authorized_user',
  account: 'ada@acme.com',
  client_id: 'c',
  client_secret: 's',
  refresh_token: 'r',
  quota_project_id: 'payer',
});

/** Federation whose subject token stands in a file. */
async function federated(tokenUrl: string): Promise<string> {
  return JSON.stringify({
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: tokenUrl,
    credential_source: { file: await file('subject', 'SUBJECT') },
  });
}
