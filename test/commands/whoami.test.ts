import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { whoami, type WhoamiFlags } from '../../src/commands/whoami.ts';
import { Event } from '../../src/faces/json/events.ts';
import { CloudError } from '../../src/google/errors.ts';
import { renderer, type Renderer } from '../proof/renderer.ts';
import { intoMemory } from './into-memory.ts';

let at: Renderer;
let tokenFile: string;
beforeAll(async () => {
  at = await renderer();
  tokenFile = await at.write('token', at.token);
});
afterAll(() => at[Symbol.asyncDispose]());

async function run(flags: WhoamiFlags, env: NodeJS.ProcessEnv = {}) {
  const { out, text } = intoMemory(80);
  const surroundings = { out, cwd: at.folder, env: { HOME: join(at.folder, 'home'), ...env } };
  const error: unknown = await whoami(
    { endpoint: at.endpoint, ...flags },
    surroundings,
    new AbortController().signal,
  ).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(text()).not.toContain(at.token);
  expect(text()).not.toMatch(/ya29|PRIVATE KEY|1\/\/refresh/u);
  return { error, text: text() };
}

const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

test('whoever a token belongs to is asked of Google, and what lies around is told with the flag that takes it', async () => {
  const { error, text } = await run({ accessTokenFile: tokenFile });
  expect(error).toBeUndefined();
  expect(text).toMatch(/^ {2}ada@acme\.com\n/);
  expect(flat(text)).toContain('From --access-token-file: ./token Account as Google says of the token');
  expect(flat(text)).toContain(`${at.email} (service account key, ./key.json)`);
  expect(text).toContain('      --credentials=./key.json\n');
});

test('a login that acts as an account tells by whose right, with each account in between, and when it ends', async () => {
  const { email, endpoint } = at;
  // One account acts as the other, by its key.
  const first = await at.owner.accounts.create('acme-site', { accountId: 'between', displayName: 'Between' });
  const member = (each: string) => `serviceAccount:${each}`;
  await at.grant('roles/iam.serviceAccountTokenCreator', undefined, 'user:ada@acme.com');
  await at.grant('roles/iam.serviceAccountTokenCreator', undefined, member(first.email));
  const { file } = await at.owner.keys.create('acme-site', first.email);
  const acting = await at.write(
    'acting.json',
    JSON.stringify({
      type: 'impersonated_service_account',
      service_account_impersonation_url: `${endpoint}/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
      delegates: [],
      quota_project_id: 'acme-site',
      source_credentials: JSON.parse(file.text()) as unknown,
    }),
  );
  const { error, text } = await run({ credentials: acting, json: true });
  expect(error).toBeUndefined();
  const [identity, ...rest] = text
    .trimEnd()
    .split('\n')
    .map((line) => Event.parse(JSON.parse(line)));
  expect(identity).toMatchObject({
    ...{ type: 'identity', email, toldBy: 'credentials', quotaProject: 'acme-site', endpoint },
    ...{ from: '--credentials: ./acting.json', through: [first.email] },
    expires: expect.stringMatching(/^\d{4}-/) as string,
  });
  expect(rest.at(-1)).toMatchObject({ type: 'result', exitCode: 0, email });
});

test('variables and files that are passed over say why', async () => {
  const home = join(at.folder, 'home', '.config', 'gcloud');
  await mkdir(home, { recursive: true });
  const login = { client_id: 'id', client_secret: 'secret', refresh_token: '1//refresh' };
  await writeFile(
    join(home, 'application_default_credentials.json'),
    JSON.stringify({ type: 'authorized_user', ...login }),
  );
  const env = { IAMREADY_ACCESS_TOKEN_FILE: tokenFile, GOOGLE_APPLICATION_CREDENTIALS: 'absent.json' };
  const { text } = await run({ credentials: at.keyFile }, env);
  expect(text).toMatch(new RegExp(`^  ${at.email}\\n`));
  const told = flat(text);
  expect(told).toContain('access token, ./token) --credentials names other credentials, and only those');
  expect(told).toContain('absent.json) there is no such file');
  expect(told).toContain(`it signs in at Google itself, and not at ${at.endpoint}`);
});

test('a token that Google does not take ends as in every command, after what else there is', async () => {
  const wrong = await at.write('wrong', 'ya29.nobodys');
  const { error, text } = await run({ accessTokenFile: wrong });
  expect(error).toBeInstanceOf(CloudError);
  expect(error).toMatchObject({ kind: 'unauthenticated' });
  expect(text).toContain('Also found, and not taken:');
  expect(text).toContain('--credentials=./key.json');
});
