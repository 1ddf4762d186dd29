import { Impersonated, UserRefreshClient } from 'google-auth-library';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { openCloud } from '../../src/google/cloud.ts';
import { actingCredentials, impersonatedFile } from '../../src/google/credentials.ts';
import { readWorldFile, startSimulator } from '../../src/simulator/server.ts';
import { defaultWorldFile } from '../../src/simulator/world-file.ts';
import { loginAt, logIn, withLogins } from '../flows/logins.ts';
import { fixedTokens } from '../google/clouds.ts';

const File = z.object({
  service_account_impersonation_url: z.string(),
  delegates: z.array(z.string()),
  source_credentials: z.object({
    client_id: z.string(),
    client_secret: z.string(),
    refresh_token: z.string(),
    token_uri: z.string(),
  }),
});

test("Google's own library acts as the account by the file that is written, and so do we", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iamready-library-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const simulator = await startSimulator({ world: withLogins(await readWorldFile(defaultWorldFile())) });
  onTestFinished(() => simulator.close());
  const { endpoint } = simulator;
  const operator = openCloud({ endpoint, credentials: fixedTokens(simulator.token) });
  const { email } = await operator.accounts.create('acme-site', { accountId: 'target' });
  const bindings = [{ role: 'roles/iam.serviceAccountTokenCreator', members: ['user:ada@acme.com'] }];
  const policy = await operator.accounts.getPolicy(email, 'acme-site');
  await operator.accounts.setPolicy(email, 'acme-site', { ...policy, bindings });

  await logIn(folder, loginAt(endpoint));
  const text = (await impersonatedFile(email, process.env, endpoint)).text();
  const { acting, source } = actingCredentials(text, 'the file');
  expect(await operator.as(source).whose()).toBe('ada@acme.com');
  expect(await operator.as(acting).projects.test('acme-site', ['run.services.get'])).toEqual(new Set());

  const {
    source_credentials: login,
    service_account_impersonation_url: url,
    ...rest
  } = File.parse(JSON.parse(text));
  const library = new Impersonated({
    ...rest,
    // It reads the account out of the URL, as here, and has both addresses built in.
    targetPrincipal: /([^/]+):generateAccessToken$/.exec(url)?.[1] ?? '',
    targetScopes: ['https://www.googleapis.com/auth/cloud-platform'],
    endpoint,
    sourceClient: new UserRefreshClient({
      clientId: login.client_id,
      clientSecret: login.client_secret,
      refreshToken: login.refresh_token,
      endpoints: { oauth2TokenUrl: login.token_uri },
    }),
  });
  const { token } = await library.getAccessToken();
  const target = openCloud({ endpoint, credentials: fixedTokens(token ?? '') });
  expect(await target.projects.test('acme-site', ['run.services.get'])).toEqual(new Set());
});
