import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CatalogError } from '../../src/catalog/catalog-error.ts';
import { listedRoles } from '../../src/catalog/listed-roles.ts';
import { liveOf, type ListedRole, type Testable } from '../../src/catalog/live.ts';
import { liveFrom, textOf } from '../../src/catalog/live-text.ts';
import { objectsIn } from '../../src/catalog/objects-in.ts';
import { indexIn, pick, rangesOf, sizeOf, within } from '../../src/catalog/ranges.ts';

const about = { date: '2026-11-25T10:00:00.000Z', from: 'roles.json', project: 'acme-video' };
const role = (name: string, ...includedPermissions: string[]): ListedRole => ({
  ...{ name, title: `${name} title`, description: 'What it does.', stage: 'GA', includedPermissions },
});
const testable = new Map<string, Testable>([
  ['run.jobs.run', { customRole: 'SUPPORTED', stage: 'GA' }],
  ['run.jobs.get', { customRole: 'NOT_SUPPORTED', stage: 'ALPHA' }],
]);
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

test('what was refreshed is read again as it was written', () => {
  const roles = [
    role('roles/b', 'run.jobs.run', 'run.jobs.get', 'run.jobs.run'),
    role('roles/a', 'run.jobs.run'),
    role('roles/none'),
  ];
  const live = liveOf(roles, testable, about);
  const again = liveFrom(textOf(live), 'catalog.txt');
  for (const each of [live, again]) {
    expect(each).toMatchObject({ ...about, names: ['run.jobs.get', 'run.jobs.run'] });
    expect(
      each.roles.map(({ name, size, title, stage, description }) => ({
        name,
        size,
        title,
        stage,
        description,
      })),
    ).toEqual([
      { name: 'roles/a', size: 1, title: 'roles/a title', stage: 'GA', description: 'What it does.' },
      { name: 'roles/b', size: 2, title: 'roles/b title', stage: 'GA', description: 'What it does.' },
      { name: 'roles/none', size: 0, title: 'roles/none title', stage: 'GA', description: 'What it does.' },
    ]);
    expect(pick(each.roles, each.holders('run.jobs.run')).map(({ name }) => name)).toEqual([
      'roles/a',
      'roles/b',
    ]);
    expect(each.holders('run.jobs.nobody')).toEqual([]);
    expect(each.testable('run.jobs.get')).toEqual({ customRole: 'NOT_SUPPORTED', stage: 'ALPHA' });
    expect(each.testable('run.jobs.nobody')).toBeUndefined();
  }
});

test.each([
  ['half a file', (text: string) => text.slice(0, text.length / 2)],
  ['nothing', () => ''],
  ['something else', () => 'hello\nthere\n'],
  ['another version', (text: string) => text.replace('"v":1', '"v":2')],
])('%s is not taken for what was refreshed', (_, spoil) => {
  const text = textOf(liveOf([role('roles/a', 'run.jobs.run')], testable, about));
  expect(() => liveFrom(spoil(text), 'catalog.txt')).toThrow(CatalogError);
});

describe('a list of roles', () => {
  const roles = [role('roles/a', 'run.jobs.run'), role('projects/p/roles/b')];
  test.each([
    ['an answer of roles.list', { roles, nextPageToken: 'more' }],
    ['several of them', [{ roles: roles.slice(0, 1), nextPageToken: 'more' }, { roles: roles.slice(1) }]],
    ['roles alone', roles],
  ])('is taken as %s', (_, value) => {
    expect([...listedRoles(bytes(value), 'roles.json')]).toEqual(roles);
  });

  test('has the defaults that proto3 JSON leaves out', () => {
    const [found] = listedRoles(
      bytes({ roles: [{ name: 'roles/a', includedPermissions: ['run.jobs.run'] }] }),
      'f',
    );
    expect(found).toEqual({
      name: 'roles/a',
      title: '',
      description: '',
      stage: 'ALPHA',
      includedPermissions: ['run.jobs.run'],
    });
  });

  test.each([
    ['no JSON at all', Buffer.from('Not JSON'), /holds no role/],
    ['half of it', bytes({ roles }).subarray(0, 60), /ends in the middle/],
    ['a role that is no JSON', Buffer.from('{"roles":[{name}]}'), /role 1 is no JSON/],
    ['no roles', bytes({ roles: [] }), /holds no role/],
    ['roles without permissions', bytes({ roles: [role('roles/a')] }), /no role with permissions/],
    ['a role without a name', bytes([role('roles/a', 'x.y.z'), { title: 'x' }]), /role 2 has no name/],
    [
      'permissions that are no names',
      bytes([{ name: 'roles/a', includedPermissions: [7] }]),
      /role 1 has includedPermissions/,
    ],
    ['a title that is no text', bytes([{ name: 'roles/a', title: 7 }]), /role 1 has a title/],
  ])('is refused where it is %s', (_, value, says) => {
    const read = () => [...listedRoles(value, 'roles.json')];
    expect(read).toThrow(CatalogError);
    expect(read).toThrow(says);
    expect(read).toThrow(/^roles\.json /);
  });
});

test('objects are taken out of JSON whatever stands in their texts', () => {
  const value = fc.dictionary(
    fc.string(),
    fc.oneof(fc.string(), fc.constant('}"{\\'), fc.dictionary(fc.string(), fc.string())),
  );
  fc.assert(
    fc.property(fc.array(value), fc.nat(3), (list, spaces) => {
      const found = [...objectsIn(Buffer.from(JSON.stringify(list, null, spaces)), 1)];
      expect(found.map((text): unknown => JSON.parse(text ?? ''))).toEqual(JSON.parse(JSON.stringify(list)));
    }),
    { numRuns: 60 },
  );
});

test('ranges hold what they were made of, and nothing else', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(60)), (numbers) => {
      const sorted = numbers.toSorted((a, b) => a - b);
      const ranges = rangesOf(sorted);
      const all = Array.from({ length: 62 }, (_, at) => at);
      expect(all.filter((number) => within(ranges, number))).toEqual(sorted);
      expect(pick(all, ranges)).toEqual(sorted);
      expect(sizeOf(ranges)).toBe(sorted.length);
      const words = sorted.map((number) => String(number).padStart(3, '0'));
      expect(words.map((word) => indexIn(words, word))).toEqual(words.map((_, at) => at));
      expect(indexIn(words, '0x')).toBe(-1);
    }),
    { numRuns: 100 },
  );
});
