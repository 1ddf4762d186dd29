import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SimulatorError, parseWorld, startSimulator } from '../../src/simulator/server.ts';

const good = `v: 1
operator: ada@acme.com
project: acme-one
users:
  - email: ada@acme.com
    token: bearer-of-ada
organizations:
  - id: 100200300
    domain: acme.com
projects:
  - id: acme-one
    number: 111122223333
    parent: organizations/100200300
    policy:
      bindings:
        - role: roles/owner
          members: ['user:ada@acme.com']
`;

function refusalOf(text: string): SimulatorError {
  try {
    parseWorld(text, 'world.yaml');
  } catch (error) {
    if (error instanceof SimulatorError) return error;
    throw error;
  }
  throw new Error('The world was accepted.');
}

test('a good world is read', () => {
  expect(parseWorld(good, 'world.yaml').projects[0]?.number).toBe('111122223333');
});

test.each([
  ['a word for the version', ['v: 1', 'v: one'], 1, '"one"', 'expected 1'],
  [
    'a field that is not known',
    ['    domain: acme.com', '    domain: acme.com\n    dominion: x'],
    10,
    'the field dominion',
    'expected no such field',
  ],
  ['a missing field', ['    number: 111122223333\n', ''], 11, 'nothing', 'expected'],
  [
    'a project ID in capitals',
    ['- id: acme-one', '- id: ACME'],
    11,
    '"ACME"',
    'expected 6 to 30 lower-case letters',
  ],
  ['a role that is none', ['roles/owner', 'owner'], 16, '"owner"', 'expected a role'],
  ['a member without a kind', ["'user:ada@acme.com'", 'ada'], 17, '"ada"', 'expected a member'],
  [
    'a parent that is not there',
    ['organizations/100200300', 'folders/5'],
    13,
    '"folders/5"',
    'expected an organisation or folder of this world',
  ],
  [
    'an operator that is not there',
    ['operator: ada', 'operator: bob'],
    2,
    '"bob@acme.com"',
    'expected the e-mail of one of the users',
  ],
  [
    'a user of ours that is not there',
    ["'user:ada@acme.com'", "'user:bob@acme.com'"],
    17,
    '"user:bob@acme.com"',
    'expected one of the users or groups',
  ],
  [
    'a mapping of a provider that is no CEL',
    [
      '    parent: organizations',
      `    workloadIdentityPools:
      - id: pool
        providers:
          - { id: runner, issuerUri: 'https://a.example', attributeMapping: { google.subject: asertion.sub } }
    parent: organizations`,
    ],
    16,
    '"asertion.sub"',
    'expected CEL that gives a string: Unknown variable: asertion',
  ],
] as const)(
  '%s is refused with its line, what was found and what was expected',
  (_, [from, to], line, found, expected) => {
    const text = good.replace(from, to);
    expect(text).not.toBe(good);
    const error = refusalOf(text);
    expect(error.place).toBe(`world.yaml:${line}`);
    expect(error.value).toBe(found);
    expect(error.message).toContain(found);
    expect(error.message).toContain(expected);
    expect(error.remedy).not.toBe('');
  },
);

test('what is not YAML is refused with its line', () => {
  expect(refusalOf('v: 1\nusers: [\nprojects: {').place).toMatch(/^world\.yaml:[234]$/);
});

test('an alias that stands for nothing is refused with its line, and so are too many of them', () => {
  const { message, place } = refusalOf(`v: 1\nname: good\nusers: *nobody\n`);
  expect({ message, place }).toEqual({
    message: expect.stringMatching(/^The world file is not YAML: Unresolved alias .*nobody$/),
    place: 'world.yaml:3',
  });
  const lists = Array.from(
    { length: 9 },
    (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join()}]`,
  );
  expect(refusalOf(`l0: &l0 x\n${lists.join('\n')}\n`).message).toMatch(/not YAML: Excessive alias count/);
});

test('what is wrong is quoted in one line, within reason, and with nothing that a terminal obeys', () => {
  const { message } = refusalOf(good.replace('roles/owner', `"\\e[2J\\u202e${'x'.repeat(500)}"`));
  expect(message).toMatch(/found "\\u001b\[2J\\u202exxx/);
  expect(message.length).toBeLessThan(300);
});

test('folders that are above one another are refused', () => {
  const text = `${good}folders:
  - { id: 50001, displayName: A, parent: folders/50002 }
  - { id: 50002, displayName: B, parent: folders/50001 }
`;
  expect(refusalOf(text).message).toContain('expected a parent that is not below it');
});

test('a project that is named twice is refused at the second', () => {
  const text = `${good}  - { id: acme-one, number: 111122224444 }\n`;
  expect(refusalOf(text)).toMatchObject({ place: 'world.yaml:18', value: '"acme-one"' });
});

test('a billing account that is not there is refused', () => {
  const text = good.replace('number: 1', 'billing: 01A4C7-5E90B2-D3F816\n    number: 1');
  expect(refusalOf(text)).toMatchObject({ place: 'world.yaml:12', value: '"01A4C7-5E90B2-D3F816"' });
});

test('a time can be told as how long ago, and is reckoned when the file is read', () => {
  const created = (text: string) =>
    parseWorld(good.replace('number: 1', `created: ${text}\n    number: 1`), 'world.yaml').projects[0]
      ?.created;
  const days = (time: number | undefined) => (Date.now() - (time ?? 0)) / (24 * 3600_000);
  expect(days(created('-3d'))).toBeCloseTo(3, 3);
  expect(days(created('-36h'))).toBeCloseTo(1.5, 3);
  expect(created('2026-01-31T12:00:00Z')).toBe(Date.parse('2026-01-31T12:00:00Z'));
  expect(refusalOf(good.replace('number: 1', 'created: 3d\n    number: 1')).message).toContain('-3d');
});

test('a world that ships with the package is found by its name', async () => {
  const simulator = await startSimulator({ worldFile: 'blocked' });
  onTestFinished(() => simulator.close());
  expect(simulator.principals.map(({ email }) => email)).toEqual([
    'vera@acme.com',
    'ada@acme.com',
    'liam@acme.com',
    'olivia@acme.com',
  ]);
  const role = await fetch(`${simulator.endpoint}/v1/projects/acme-video/roles/RemotionSA`, {
    headers: { authorization: `Bearer ${simulator.token}` },
  });
  expect(await role.json()).toMatchObject({ deleted: true });
  await expect(startSimulator({ worldFile: 'default.yaml' })).rejects.toMatchObject({
    remedy: expect.stringContaining('blocked, default, repair') as unknown,
  });
});

test('a file that cannot be read is refused by name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iamready-world-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const missing = join(folder, 'none.yaml');
  await expect(startSimulator({ worldFile: missing })).rejects.toMatchObject({
    place: missing,
    value: 'ENOENT',
  });
  await expect(startSimulator({ worldFile: folder })).rejects.toMatchObject({ value: 'EISDIR' });
  await writeFile(join(folder, 'world.yaml'), good);
  const simulator = await startSimulator({ worldFile: join(folder, 'world.yaml') });
  expect(simulator).toMatchObject({ token: 'bearer-of-ada', project: 'acme-one' });
  await simulator.close();
});

test('a port that is taken is refused by number', async () => {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  const port = Number(new URL(simulator.endpoint).port);
  await expect(startSimulator({ port })).rejects.toMatchObject({
    name: 'SimulatorError',
    place: `127.0.0.1:${port}`,
    value: String(port),
  });
});
