import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testPermissions, TestPermissionsError, type PermissionTest } from '../../src/index.ts';
import { MISSING, PROJECT, renderer, type Renderer } from './renderer.ts';

const profile = 'remotion-cloudrun';
let at: Renderer;
beforeAll(async () => {
  at = await renderer();
});
afterAll(() => at[Symbol.asyncDispose]());

type Options = Parameters<typeof testPermissions>[0];

/** What it rejects with; nothing of the key may be in it, however it is printed. */
async function refusal(options: Options): Promise<TestPermissionsError> {
  const error: unknown = await testPermissions({ endpoint: at.endpoint, ...options }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TestPermissionsError)) throw error;
  const body = at.key.private_key.split('\n')[1] ?? '-';
  expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain(body);
  expect(error.remedy).not.toBe('');
  return error;
}

/** The three variables of the profile as an env file; `changes` are raw lines in place of them. */
function envText(changes: Partial<Record<'KEY' | 'EMAIL' | 'PROJECT', string>> = {}): string {
  const lines = {
    KEY: `REMOTION_GCP_PRIVATE_KEY='${at.key.private_key}'`,
    EMAIL: `REMOTION_GCP_CLIENT_EMAIL=${at.email}`,
    PROJECT: `REMOTION_GCP_PROJECT_ID=${PROJECT}`,
    ...changes,
  };
  return `OTHER=1\n${Object.values(lines).join('\n')}\n`;
}

describe('permissions of an account', () => {
  test('are tested as itself with its key file, each with the reason of the profile, in order', async () => {
    const told: PermissionTest[] = [];
    const options = { profile, keyFile: at.keyFile, project: PROJECT, endpoint: at.endpoint };
    const tests = await testPermissions({ ...options, onTest: (one) => told.push(one) });
    expect(tests).toHaveLength(15);
    expect(told).toEqual(tests);
    expect(tests.flatMap(({ granted, permission }) => (granted ? [] : [permission]))).toEqual(MISSING);
    expect(tests.find(({ permission }) => permission === MISSING[0])).toEqual({
      permission: 'run.services.update',
      why: expect.stringMatching(/memory or CPU/) as string,
      granted: false,
      reason: 'not-known',
      cause: expect.stringMatching(/no role of it in acme-site holds it, or a deny policy/) as string,
      remedy: `let an owner of acme-site run iamready check --profile=${profile} --project=acme-site`,
    });
    // Nobody has to listen.
    expect(await testPermissions({ ...options, onTest: undefined })).toEqual(tests);
  });

  test('are tested with an env file, which names the project, too; and with the same variables of the environment', async () => {
    const envFile = await at.write('good.env', envText());
    const ofFile = await testPermissions({ profile, envFile, endpoint: at.endpoint });
    const env = {
      REMOTION_GCP_PRIVATE_KEY: at.key.private_key,
      REMOTION_GCP_CLIENT_EMAIL: at.email,
      REMOTION_GCP_PROJECT_ID: PROJECT,
    };
    expect(await testPermissions({ profile, env, endpoint: at.endpoint })).toEqual(ofFile);
    expect(ofFile.filter(({ granted }) => granted)).toHaveLength(13);
    // dotenv turns \n back in double quotes.
    const escaped = `REMOTION_GCP_PRIVATE_KEY="${at.key.private_key.replaceAll('\n', '\\n')}"`;
    const other = await at.write('escaped.env', envText({ KEY: escaped }));
    const permissions = ['run.services.get'];
    expect(await testPermissions({ profile, permissions, envFile: other, endpoint: at.endpoint })).toEqual([
      { permission: 'run.services.get', granted: true, why: expect.any(String) as string },
    ]);
  });

  test('that Google does not know are told as such, and spoil no other', async () => {
    const permissions = ['run.services.get', 'run.services.frobnicate', 'run.services.list'];
    const tests = await testPermissions({ permissions, keyFile: at.keyFile, endpoint: at.endpoint });
    expect(tests.map((one) => (one.granted ? 'granted' : one.reason))).toEqual([
      'granted',
      'not-valid',
      'granted',
    ]);
  });

  test('are explained by role, condition and deletion to whoever may look at the policy', async () => {
    const condition = { title: 'long ago', expression: 'request.time < timestamp("2020-01-01T00:00:00Z")' };
    await at.grant('roles/run.admin', condition);
    await at.grant('roles/browser');
    const permissions = ['run.services.update', 'storage.objects.delete'];
    const options = { permissions, project: PROJECT, keyFile: at.keyFile, endpoint: at.endpoint };
    const may = await at.owner.roles.get(at.role);
    const all = [...(may?.includedPermissions ?? []), 'resourcemanager.projects.getIamPolicy'];
    const looking = [...all, 'iam.roles.get'];
    await at.owner.roles.patch(at.role, { includedPermissions: looking }, ['includedPermissions']);
    const tests = await testPermissions(options);
    expect(tests).toMatchObject([
      { reason: 'condition', cause: expect.stringContaining('roles/run.admin') as string },
      {
        reason: 'not-in-role',
        remedy: expect.stringContaining('--add-permissions=storage.objects.delete') as string,
      },
    ]);
    await at.owner.roles.patch(at.role, { includedPermissions: may?.includedPermissions ?? [] }, [
      'includedPermissions',
    ]);
  });
});

describe('credentials that are wrong', () => {
  test.each([
    [
      'line-breaks-escaped',
      'KEY',
      (): string => `REMOTION_GCP_PRIVATE_KEY='${at.key.private_key.replaceAll('\n', '\\n')}'`,
      /double quotes/,
    ],
    [
      'line-breaks-lost',
      'KEY',
      (): string => `REMOTION_GCP_PRIVATE_KEY='${at.key.private_key.replaceAll('\n', ' ')}'`,
      /single quotes/,
    ],
    ['cut-off', 'KEY', (): string => `REMOTION_GCP_PRIVATE_KEY=${at.key.private_key}`, /single quotes/],
    ['quotes-left', 'KEY', (): string => `REMOTION_GCP_PRIVATE_KEY="'x'" #`, /quotes/],
    [
      'json',
      'KEY',
      (): string => `REMOTION_GCP_PRIVATE_KEY='${JSON.stringify(at.key)}'`,
      /private_key of the JSON/,
    ],
    ['missing', 'KEY', (): string => `REMOTION_GCP_PRIVATEKEY=x`, /REMOTION_GCP_PRIVATEKEY is there: write/],
    ['not-an-account', 'EMAIL', (): string => 'REMOTION_GCP_CLIENT_EMAIL=ada@acme.com', /client_email/],
    ['not-a-project', 'PROJECT', (): string => 'REMOTION_GCP_PROJECT_ID=330917264410', /projects list/],
  ] as const)('are named by variable and fault: %s', async (fault, part, line, remedy) => {
    const envFile = await at.write('bad.env', envText({ [part]: line() }));
    const error = await refusal({ profile, envFile });
    const variable = `REMOTION_GCP_${{ KEY: 'PRIVATE_KEY', EMAIL: 'CLIENT_EMAIL', PROJECT: 'PROJECT_ID' }[part]}`;
    expect(error).toMatchObject({
      code: `credentials/${fault}`,
      variable,
      place: `${variable} in ${envFile}`,
    });
    expect(error.remedy).toMatch(remedy);
    expect(error.message).toContain(`${variable} in ${envFile} is `);
  });

  test('are all named at once, and a project that is not the one meant is, too', async () => {
    const envFile = await at.write('worse.env', envText({ KEY: '', EMAIL: 'REMOTION_GCP_CLIENT_EMAIL=' }));
    expect((await refusal({ profile, envFile })).message).toMatch(
      /REMOTION_GCP_PRIVATE_KEY in .* is missing; REMOTION_GCP_CLIENT_EMAIL in .* is empty/,
    );
    const good = await at.write('good.env', envText());
    expect(await refusal({ profile, envFile: good, project: 'acme-video' })).toMatchObject({
      code: 'credentials/wrong-project',
      variable: 'REMOTION_GCP_PROJECT_ID',
    });
  });

  test.each([
    ['credentials/not-json', 'an env file', 'A=1\n'],
    ['credentials/not-json', 'nothing', ''],
    ['credentials/wrong-type', 'an OAuth client', '{"installed":{"client_id":"x"}}'],
    [
      'credentials/wrong-type',
      'a login',
      '{"type":"authorized_user","client_id":"x","client_secret":"y","refresh_token":"z"}',
    ],
    ['credentials/unreadable', 'no file', undefined],
  ] as const)('are named by file: %s for %s', async (code, _, text) => {
    const keyFile = text === undefined ? `${at.folder}/gone.json` : await at.write('bad.json', text);
    const endpoint = text?.includes('authorized_user') ? 'https://www.googleapis.com' : at.endpoint;
    const error = await refusal({ permissions: ['run.services.get'], project: PROJECT, keyFile, endpoint });
    expect(error).toMatchObject({ code, place: keyFile });
  });

  test('and everything else that is wrong comes as one kind of error with code, place and remedy', async () => {
    const permissions = ['run.services.get'];
    const { keyFile } = at;
    const codes = [
      [{}, 'options/nothing-to-test'],
      [{ permissions: ['run'] }, 'options/bad-permission'],
      [{ profile: 'remotion' }, 'profile/unknown'],
      [{ permissions, keyFile, endpoint: 'nowhere' }, 'endpoint/no-scheme'],
      [{ permissions, keyFile, project: PROJECT, signal: AbortSignal.abort() }, 'cloud/cancelled'],
      [{ permissions, project: PROJECT }, 'credentials/not-named'],
    ] satisfies [Options, string][];
    for (const [options, code] of codes)
      expect(await refusal({ env: {}, ...options })).toMatchObject({ code });
    // The key was deleted: nobody signs in with it any more.
    const { email, owner, write } = at;
    const spare = await owner.keys.create(PROJECT, email);
    const spareFile = await write('spare.json', spare.file.text());
    await owner.keys.delete(PROJECT, email, spare.id);
    expect(await refusal({ permissions, keyFile: spareFile })).toMatchObject({
      code: 'cloud/invalid-grant',
      place: 'oauth2 token',
    });
  });
});
