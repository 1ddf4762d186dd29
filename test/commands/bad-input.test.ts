import { chmod, mkdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCloud, prepare, type OpenCloud, type Prepared } from './cloud.ts';
import { openHome, type Flags } from './iamready.ts';
import { expectRefused, type Refusal } from './refused.ts';
import { parseWorld } from '../../src/simulator/server.ts';

const world = parseWorld(
  `
v: 1
operator: ada@acme.com
project: acme-video
projects:
  - id: acme-video
    number: 764086051850
    policy: { bindings: [{ role: roles/owner, members: [user:ada@acme.com] }] }
    services: [cloudresourcemanager.googleapis.com, serviceusage.googleapis.com]
users:
  - { email: ada@acme.com, token: token-of-ada }
  - { email: leo@acme.com, token: token-of-leo, tokenLifetime: 0 }
`,
  'world.yaml',
);

// Nothing here may write, so that one cloud does for all.
let cloud: OpenCloud;
beforeAll(async () => {
  cloud = await openCloud({ world });
});
afterAll(() => cloud[Symbol.asyncDispose]());

type Case = [string, (at: Prepared) => Promise<Flags> | Flags, Refusal];

const projectNext = /^a project ID has 6 to 30 lower-case letters, .* --project=my-project$/;

const wrongFlags: Case[] = [
  [
    'an unknown profile',
    () => ({ profile: 'remotion' }),
    {
      exit: 64,
      asText: true,
      what: /there is no profile "remotion"; known: cloud-run-deployer, .*, remotion-cloudrun/,
      next: /remotion-cloudrun/,
    },
  ],
  [
    'a profile file that is not YAML',
    async ({ home }) => ({ profile: await home.write('team.yaml', 'name: [') }),
    { exit: 64, what: /team\.yaml:1:\d+: found/, next: /./ },
  ],
  [
    'a profile file that is not there',
    () => ({ profile: './team.yaml' }),
    { exit: 64, what: /\.\/team\.yaml is not there/, next: /^check the path/ },
  ],
  [
    'no profile',
    () => ({ profile: undefined }),
    { exit: 4, asText: true, what: /ready for what/, next: /--profile=/ },
  ],
  ['no project', () => ({ project: undefined }), { exit: 4, what: /which project/, next: /--project=ID/ }],
  [
    'a project ID with shell characters',
    () => ({ project: '$(reboot)`x`;rm -rf' }),
    { exit: 64, what: /"\$\(reboot\)`x`;rm -rf" is not a project ID/, next: projectNext },
  ],
  [
    'a project ID that would draw on the terminal',
    () => ({ project: 'acme\u001b[2J\u009b31m\u202evideo\u0007' }),
    { exit: 64, asText: true, what: /is not a project ID/, next: projectNext },
  ],
  [
    'a project ID of 10,000 characters',
    () => ({ project: 'a'.repeat(10_000) }),
    { exit: 64, what: /"a{60}…" is not a project ID/, next: projectNext },
  ],
  [
    'an empty project ID',
    () => ({ project: '' }),
    { exit: 64, what: /"" is not a project ID/, next: projectNext },
  ],
  [
    'a role ID that Google would refuse',
    () => ({ 'role-id': 'a/b' }),
    { exit: 64, what: /--role-id: "a\/b" cannot be a role ID/, next: /--role-id=/ },
  ],
  [
    'an account ID that Google would refuse',
    () => ({ 'account-id': 'Me' }),
    { exit: 64, what: /--account-id: "Me" cannot be an account ID/, next: /--account-id=/ },
  ],
  [
    'two ways to sign in at once',
    () => ({ account: 'ada@acme.com' }),
    { exit: 64, what: /--access-token-file and --account were given together/, next: /one of them/ },
  ],
  [
    'an endpoint without a scheme',
    () => ({ endpoint: 'localhost:8080' }),
    { exit: 64, what: /no scheme.*"localhost:8080"/, next: /--endpoint=http:\/\/127/ },
  ],
  [
    'an endpoint with a path',
    () => ({ endpoint: `${cloud.endpoint}/v1` }),
    { exit: 64, what: /must not hold a path/, next: /--endpoint=http:\/\/127/ },
  ],
  [
    'an endpoint with a password, which is not repeated',
    () => ({ endpoint: 'http://ada:hunter2@127.0.0.1' }),
    { exit: 64, what: /must not hold a user name or password(?!.*hunter2)/, next: /--endpoint=/ },
  ],
  [
    'a key file that is a folder',
    async ({ home }) => {
      await mkdir(home.path('keys'));
      return { 'key-file': home.path('keys') };
    },
    {
      exit: 64,
      what: /keys" is a folder, and a key goes into a file/,
      next: /--key-file=.*keys\/remotion-sa\.json$/,
    },
  ],
  [
    'a key file that ends in a slash',
    () => ({ 'key-file': 'keys/' }),
    { exit: 64, what: /"keys\/" is a folder/, next: /--key-file=.*keys\/remotion-sa\.json$/ },
  ],
  [
    'a key file that is a device without end',
    () => ({ 'key-file': '/dev/zero' }),
    { exit: 64, what: /"\/dev\/zero" is no regular file/, next: /--key-file=/ },
  ],
];

const wrongCredentials: Case[] = [
  [
    'a token file that is not there',
    ({ home }) => ({ 'access-token-file': home.path('nowhere') }),
    { exit: 64, what: /cannot read .*nowhere: ENOENT/, next: /name a readable file/ },
  ],
  [
    'a token file that is a folder',
    ({ home }) => ({ 'access-token-file': home.folder }),
    { exit: 64, what: /cannot read .*: a directory/, next: /name a readable file/ },
  ],
  [
    'an empty token file',
    async ({ home }) => ({ 'access-token-file': await home.write('empty', '\n') }),
    { exit: 64, what: /no access token in .*empty: empty/, next: /gcloud auth print-access-token/ },
  ],
  [
    'a binary token file',
    async ({ home }) => ({
      'access-token-file': await home.write('binary', Uint8Array.from([0, 1, 0x1b, 0x5b, 0xff])),
    }),
    { exit: 64, what: /no access token in .*binary: characters/, next: /gcloud auth print-access-token/ },
  ],
  [
    'a token file without end',
    () => ({ 'access-token-file': '/dev/zero' }),
    { exit: 64, what: /cannot read \/dev\/zero: more than 16384 bytes/, next: /name a readable file/ },
  ],
  [
    'a token file whose name would draw on the terminal',
    () => ({ 'access-token-file': '\u001b[2J\u202e' }),
    { exit: 64, asText: true, what: /cannot read/, next: /name a readable file/ },
  ],
  ...(
    [
      ['is not there', undefined, /cannot read .*key\.json: ENOENT/],
      ['is empty', '', /not a credentials file: not JSON/],
      ['is binary', Uint8Array.from([0, 0xff, 0x1b]), /not a credentials file: not JSON/],
      ['is other JSON', '{"type":"service_account"}', /client_email is missing or wrong/],
    ] as const
  ).map(([how, content, what]): Case => [
    `a credentials file that ${how}`,
    async ({ home }) => ({
      'access-token-file': undefined,
      credentials: content === undefined ? home.path('key.json') : await home.write('mine.json', content),
    }),
    { exit: 64, what, next: /file/ },
  ]),
  [
    'a credentials file that is a folder',
    ({ home }) => ({ 'access-token-file': undefined, credentials: home.folder }),
    { exit: 64, what: /a directory/, next: /name a readable file/ },
  ],
  [
    'no credentials at all',
    () => ({ 'access-token-file': undefined, endpoint: undefined }),
    {
      exit: 3,
      asText: true,
      what: /no Google credentials were found on this machine/,
      next: /^sign in: gcloud auth application-default login$/,
      env: { PATH: '/nowhere' },
    },
  ],
  [
    'no credentials for another endpoint than Google',
    () => ({ 'access-token-file': undefined }),
    {
      exit: 3,
      what: /is not Google: credentials found .* are not sent there/,
      next: /--access-token-file=FILE/,
    },
  ],
  [
    'an expired token',
    async ({ home }) => ({ 'access-token-file': await home.write('late', 'token-of-leo') }),
    {
      exit: 3,
      what: /does not accept the credentials: they are wrong or have expired/,
      next: /sign in again/,
    },
  ],
  [
    'an unknown project',
    () => ({ project: 'nobody-has-it' }),
    {
      exit: 3,
      asText: true,
      what: /may not see the project nobody-has-it, or there is none/,
      next: /gcloud projects list/,
    },
  ],
];

describe.concurrent('setup refuses', () => {
  test.each([...wrongFlags, ...wrongCredentials])('%s', async (_, flags, refusal) => {
    await using at = await prepare(cloud);
    await expectRefused(at, at.setup(await flags(at)), refusal);
  });

  test('a key folder that cannot be made, before anything is written', async () => {
    await using at = await prepare(cloud);
    await at.home.write('file', '');
    const problem = await expectRefused(at, at.setup({ 'key-file': 'file/key.json' }), {
      exit: 3,
      asText: true,
      what: /the key file .*file\/key\.json cannot be used \(ENOTDIR\)/,
      next: /give another place with --key-file/,
    });
    expect(problem.mover).toBe('person');
  });

  test.skipIf(process.getuid?.() === 0)(
    'a key folder that is closed to us, before anything is written',
    async () => {
      await using at = await prepare(cloud);
      await mkdir(at.home.path('closed'));
      await chmod(at.home.path('closed'), 0o500);
      await expectRefused(at, at.setup({ 'key-file': 'closed/key.json' }), {
        exit: 3,
        what: /the key file .*closed\/key\.json cannot be used \(EACCES\)/,
        next: /give another place with --key-file/,
      });
    },
  );
});

describe.concurrent('check and permissions refuse', () => {
  test.each([
    ['check', 'which project', 4, ['check', '--profile=remotion-cloudrun'], true],
    ['check', 'ready for what', 4, ['check', '--project=acme-video'], false],
    ['undo', 'which project', 4, ['undo', '--profile=remotion-cloudrun'], false],
    ['permissions', 'ready for what', 4, ['permissions'], false],
    ['permissions', 'there is no profile "nobody"', 64, ['permissions', '--profile=nobody'], true],
    ['permissions', 'is a folder', 64, ['permissions', '--profile=./folder.yaml'], false],
  ] as const)('%s: %s', async (_, what, exit, args, asText) => {
    await using home = await openHome();
    await mkdir(home.path('folder.yaml'));
    await expectRefused({ home }, args, { exit, what: new RegExp(what), next: /./, asText });
  });

  test('unknown options and commands, with what was meant', async () => {
    await using home = await openHome();
    const meant = async (args: string[], what: RegExp, next: RegExp, asText = false) =>
      expectRefused({ home }, args, { exit: 64, what, next, asText });
    await meant(
      ['setpu'],
      /unknown command 'setpu'/,
      /^write setup if that was meant; iamready --help/,
      true,
    );
    await meant(
      ['check', '--projet=x'],
      /unknown option '--projet=x'/,
      /^write --project if .* iamready check --help/,
    );
    await meant(['setup', 'acme-video'], /setup takes flags only/, /^iamready setup --help shows/);
    await meant(['setup', '--project'], /option '--project <id>' needs a value/, /^iamready setup --help/);
    await meant(
      ['check', `--${'x'.repeat(10_000)}`],
      /unknown option '--x{140,160}…/,
      /^iamready check --help/,
    );
    await meant(
      ['setup', `--env-file=${import.meta.filename}`],
      /Node takes this option for its own: write --env=FILE/,
      /^iamready setup --help/,
    );
    await meant(['\u001b[2J'], /unknown command/, /^iamready --help/, true);
    expect(await home.run(['help', 'nothing'])).toMatchObject({
      exitCode: 64,
      stdout: '',
      stderr: expect.stringContaining('there is no such command') as string,
    });
  });
});
