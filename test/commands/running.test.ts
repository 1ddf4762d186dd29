import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { parseWorld } from '../../src/simulator/server.ts';
import { exitCodes } from '../../src/wizard/exit-codes.ts';
import { prepareBoth } from './cloud.ts';
import { eventsOf, expectPlain, openHome } from './iamready.ts';

const commands = ['wizard', 'setup', 'check', 'undo', 'demo', 'permissions', 'test-permissions', 'simulate'];

test('without a command and without a person the flags that would answer are named (exit 4)', async () => {
  await using home = await openHome();
  for (const args of [[], ['--project=acme-video'], ['--plain']]) {
    const { exitCode, stdout, stderr } = await home.run(args);
    expect([exitCode, stdout]).toEqual([4, '']);
    expect(stderr).toContain('iamready setup --profile=NAME --project=ID --yes');
  }
});

describe.concurrent('help', () => {
  test.each([
    ['--help'],
    ['help'],
    ['profile', 'new', '--help'],
    ['profile', 'check', '--help'],
    ...commands.flatMap((name) => [
      [name, '--help'],
      ['help', name],
    ]),
  ])('of "%s %s" fits into 80 columns, with examples and every exit code', async (...args) => {
    await using home = await openHome();
    const { exitCode, stdout, stderr } = await home.run(args);
    expect([exitCode, stderr]).toEqual([0, '']);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/^Examples:\n {2}iamready /m);
    for (const { code, means } of Object.values(exitCodes))
      expect(stdout).toContain(`  ${String(code).padEnd(4)}${means}`);
    const described = stdout.split('\n').filter((line) => /^ {2}-/.test(line));
    for (const line of described) expect(line).toMatch(/^ {2}-.+ {2,}\S/);
  });

  test('names every command', async () => {
    await using home = await openHome();
    const { stdout } = await home.run(['--help']);
    for (const name of commands) expect(stdout).toMatch(new RegExp(`^  ${name} \\[options\\] +\\S`, 'm'));
  });

  test('--version is the version and nothing else', async () => {
    await using home = await openHome();
    expect(await home.run(['--version'])).toEqual({
      exitCode: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });
});

describe.concurrent('--json prints events and nothing else, the last one being the result:', () => {
  test('setup from nothing, setup again, check, and check after a drift', async () => {
    await using at = await prepareBoth();
    const run = async (args: string[]) => {
      const ran = await at.home.run([...args, '--json']);
      expect(ran.stderr).toBe('');
      return eventsOf(ran);
    };
    const first = await run(at.setup());
    expect(first.result).toMatchObject({ status: 'ready', exitCode: 0 });
    expect(new Set(first.events.map(({ type }) => type))).toEqual(
      new Set(['run.started', 'step', 'plan', 'result']),
    );
    expect((await run(at.setup())).result).toMatchObject({ status: 'ready', exitCode: 0, changes: [] });
    expect((await run(at.check())).result).toMatchObject({ status: 'ready', exitCode: 0, changes: [] });
    const other = { 'role-id': 'AnotherRole' };
    const drift = await run(at.check(other));
    expect(drift.result).toMatchObject({ status: 'differs', exitCode: 2 });
    expect(drift.result.changes?.map(({ step, name }) => [step, name])).toContainEqual([
      'role',
      'AnotherRole',
    ]);
    expect((await run(at.setup({ ...other, 'dry-run': true }))).result).toMatchObject({ exitCode: 2 });
  });

  test('a demo, whose replicas lag', async () => {
    await using home = await openHome();
    const ran = await home.run(['demo', '--json']);
    expect(ran.stderr).toBe('');
    const { events, result } = eventsOf(ran);
    expect(result).toMatchObject({ status: 'ready', exitCode: 0 });
    expect(events.map(({ type }) => type)).toContain('progress');
  });

  test('permissions', async () => {
    await using home = await openHome();
    const { events, result } = eventsOf(
      await home.run(['permissions', '--profile=remotion-cloudrun', '--json']),
    );
    expect(result).toMatchObject({
      exitCode: 0,
      profile: 'remotion-cloudrun',
      permissions: events.length - 1,
    });
  });
});

describe.concurrent('without a terminal', () => {
  test('setup without --yes prints the plan, names --yes, ends with 4 and writes nothing', async () => {
    await using at = await prepareBoth();
    const before = await at.home.files();
    const text = await at.home.run(at.setup({ yes: undefined }));
    expect(text.exitCode).toBe(4);
    for (const part of ['run.googleapis.com', 'RemotionSA', 'remotion-sa@acme-video', at.keyFile, '--yes'])
      expect(text.stdout).toContain(part);
    const json = eventsOf(await at.home.run([...at.setup({ yes: undefined }), '--json']));
    expect(json.result).toMatchObject({ status: 'differs', exitCode: 4, missingFlag: '--yes' });
    expect(json.events.map(({ type }) => type)).toContain('plan');
    expect(await at.home.files()).toEqual(before);
    expect(await at.cloud.writes()).toEqual([]);
  });

  test('what was typed overrules who the environment says we are, and an empty variable says nothing', async () => {
    await using at = await prepareBoth();
    expect((await at.home.run(at.setup())).exitCode).toBe(0);
    const env = { IAMREADY_ACCESS_TOKEN_FILE: '/nowhere', IAMREADY_ENDPOINT: '', IAMREADY_PROJECT: '' };
    const asAccount = at.check({ 'access-token-file': undefined, credentials: at.keyFile });
    const ran = eventsOf(await at.home.run([...asAccount, '--json'], env));
    expect(ran.events[0]).toMatchObject({ operator: 'remotion-sa@acme-video.iam.gserviceaccount.com' });
    const noProject = at.check({ project: undefined });
    expect(eventsOf(await at.home.run([...noProject, '--json'], env)).result.exitCode).toBe(4);
  });

  test('a reader that goes away after one line is no failure, and setup still gets to its end', async () => {
    await using at = await prepareBoth();
    const { stdout, stderr } = await at.home.shell('"$@" | head -1', [...at.setup(), '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'run.started' });
    expect(stderr).toBe('');
    expect((await at.home.run(at.check())).exitCode).toBe(0);
    const list = await at.home.shell('"$@" | head -1', ['permissions', '--profile=remotion-cloudrun']);
    expect(list).toEqual({ exitCode: 0, stdout: '  Remotion Cloud Run\n', stderr: '' });
    const both = await at.home.shell('"$@" 2>&1 | head -1', at.check());
    expect(both.exitCode).toBe(0);
    expect(both.stdout).not.toContain('Error');
  });

  test('--debug alone tells where an error came from', async () => {
    await using home = await openHome();
    const args = ['check', '--profile=remotion-cloudrun', '--project=acme-video', '--credentials=/nowhere'];
    expect((await home.run(args)).stderr).not.toMatch(/^\s+at /m);
    const debug = await home.run([...args, '--debug']);
    expect(debug.exitCode).toBe(64);
    expect(debug.stderr).toMatch(/CredentialsError: cannot read \/nowhere: ENOENT\n\s+at /);
  });
});

test('names that a stranger gave to things of the cloud draw nothing on the terminal', async () => {
  const hostile = 'Acme \u001b[2J\u001b]0;owned\u0007\u009b31m\u202e\r\nReady. You may go.';
  const world = parseWorld(
    JSON.stringify({
      v: 1,
      operator: 'ada@acme.com',
      project: 'acme-video',
      projects: [
        {
          id: 'acme-video',
          number: '764086051850',
          name: hostile,
          services: [
            'cloudresourcemanager.googleapis.com',
            'serviceusage.googleapis.com',
            'iam.googleapis.com',
          ],
          policy: {
            bindings: [
              { role: 'roles/owner', members: ['user:ada@acme.com'] },
              {
                role: 'projects/acme-video/roles/RemotionSA',
                members: ['serviceAccount:remotion-sa@acme-video.iam.gserviceaccount.com'],
                condition: { title: hostile, expression: 'request.time < timestamp("2035-01-01T00:00:00Z")' },
              },
            ],
          },
          roles: [{ id: 'RemotionSA', title: hostile, permissions: ['run.services.get'] }],
          serviceAccounts: [{ id: 'remotion-sa', displayName: hostile }],
        },
      ],
      users: [{ email: 'ada@acme.com', token: 'token-of-ada' }],
    }),
    'world.yaml',
  );
  await using at = await prepareBoth({ world });
  for (const more of [[], ['--json'], ['--debug']]) {
    const ran = await at.home.run([...at.check(), ...more]);
    expect(ran.exitCode, ran.stderr).toBe(2);
    expectPlain(ran);
    expect(ran.stdout + ran.stderr).toContain(String.raw`\u001b[2J`);
  }
  const told = await at.home.run([...at.check(), '--json']);
  const facts = eventsOf(told).events.flatMap((event) => (event.type === 'step' ? (event.facts ?? []) : []));
  expect(facts[0]?.text).toContain(hostile);

  const message = 'no \u001b[2J\u0007\u009b31m\u202e\nReady.';
  await at.cloud.fault({ path: '/v3/*', then: { kind: 'status', status: 400, reason: message, message } });
  for (const more of [[], ['--json'], ['--debug']]) {
    const ran = await at.home.run([...at.check(), ...more]);
    expect(ran.exitCode).toBe(6);
    expectPlain(ran);
  }
});
