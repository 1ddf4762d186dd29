import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Event } from '../../src/faces/json/events.ts';
import { openHome } from './iamready.ts';
import { expectRefused } from './refused.ts';

const rest = `operator: ada@acme.com
project: acme-video
projects: [{ id: acme-video, number: 764086051850 }]
users: [{ email: ada@acme.com, token: token-of-ada }]
`;

describe.concurrent('simulate', () => {
  test.each([
    [
      'a port that is no number',
      ['--port=abc'],
      /option '--port <n>' argument 'abc' is invalid. It takes a whole number/,
    ],
    ['a port that is not whole', ['--port=80.5'], /It takes a whole number from 0 to 65535/],
    ['a port out of range', ['--port=65536'], /It takes a whole number from 0 to 65535/],
    ['a negative latency', ['--latency=-1'], /It takes a whole number from 0 to 60000/],
    ['a clock that stands still', ['--clock-speed=0'], /It takes a number from 0.001 to 1000000/],
    ['a lag that there is not', ['--lag=bad'], /Allowed choices are none, typical, rough/],
    ['a quota that is neither on nor off', ['--quota=maybe'], /Allowed choices are on, off/],
    [
      'a world that is not there',
      ['--world=./nowhere.yaml'],
      /\.\/nowhere\.yaml: the world file cannot be read: ENOENT/,
    ],
    ['a world that is a folder', ['--world=.'], /\.: the world file cannot be read: EISDIR/],
  ])('refuses %s', async (name, flags, what) => {
    await using home = await openHome();
    const asText = name === 'a port that is no number' || name === 'a world that is not there';
    await expectRefused({ home }, ['simulate', ...flags], { exit: 64, what, next: /./, asText });
  });

  test.each([
    ['that is not YAML', 'v: 1\nprojects: [', /world\.yaml:2: the world file is not YAML/],
    [
      'with a wrong value',
      'v: 1\noperator: ada\n',
      /world\.yaml:2: .* at operator: found "ada", expected an e-mail address/,
    ],
    [
      'with a field that there is not',
      `v: 1\ncolour: red\n${rest}`,
      /world\.yaml:2: .*found the field colour/,
    ],
    ['that would draw on the terminal', 'v: 1\noperator: "\\e[2J"\n', /world\.yaml:2: .* at operator/],
    ['that is binary', Uint8Array.from([0, 1, 2, 0x1b, 0xff]), /world\.yaml:1: /],
  ])('refuses a world %s, naming the line', async (name, content, what) => {
    await using home = await openHome();
    await home.write('world.yaml', content);
    const problem = await expectRefused({ home }, ['simulate', '--world=world.yaml'], {
      exit: 64,
      what,
      next: /^mend the world file/,
      asText: name === 'that would draw on the terminal',
    });
    expect(problem.mover).toBe('person');
  });

  test('refuses a port that is taken', async () => {
    await using home = await openHome();
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expectRefused({ home }, ['simulate', `--port=${port}`], {
      exit: 64,
      what: new RegExp(`127\\.0\\.0\\.1:${port}: port ${port} is taken`),
      next: /^stop what listens there, or choose another port/,
    });
    server.close();
  });

  test('prints its one line as an event, and goes on when whoever read it is gone', async () => {
    await using home = await openHome();
    const running = home.start(['simulate']);
    const [line] = (await once(running.stdout, 'data')) as [Buffer];
    const ready = Event.parse(JSON.parse(line.toString()));
    if (ready.type !== 'simulator.ready') throw new Error(`the first line is ${ready.type}`);
    running.stdout.destroy();
    expect((await fetch(`${ready.endpoint}/_/clock`)).status).toBe(200);
    running.kill('SIGINT');
    expect(await running).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
