import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { catalogFolder } from '../../src/profile/catalog-folder.ts';
import { fieldsOf, isRuleId, rules } from '../../src/profile/rules.ts';
import { profileSchema } from '../../src/profile/schema.ts';

const file = path.join(catalogFolder(), 'profile.schema.json');

/** What editors complete and check by: the form that the program checks by, with what each rule expects as its description. */
function published() {
  return z.toJSONSchema(profileSchema, {
    io: 'input',
    override({ zodSchema, jsonSchema }) {
      const { error } = zodSchema._zod.def;
      const said: unknown = error && Reflect.apply(error, undefined, [{}]);
      if (typeof said === 'string' && isRuleId(said)) jsonSchema.description ??= rules[said].expected;
    },
  });
}

test('the JSON Schema in the catalog is the form that profiles are checked by', async () => {
  const text = await format(JSON.stringify(published()), { ...(await resolveConfig(file)), parser: 'json' });
  // After a change of the form: npm run unit -- -u test/profile
  await expect(text).toMatchFileSnapshot(file);
});

test('every built-in profile names the JSON Schema in its first line, where editors look for it', async () => {
  const folder = path.join(catalogFolder(), 'profiles');
  for (const name of await readdir(folder)) {
    const [first = ''] = (await readFile(path.join(folder, name), 'utf8')).split('\n');
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)$/u.exec(first) ?? [];
    expect(path.resolve(folder, schema), name).toBe(file);
  }
});

test('the fields that "did you mean" knows are those of the form, at every depth', () => {
  const Node = z.looseObject({
    properties: z.record(z.string(), z.unknown()).optional(),
    items: z.unknown().optional(),
    additionalProperties: z.unknown().optional(),
  });
  const told: string[] = [];
  const visit = (schema: unknown, at: (string | number)[]): void => {
    const node = Node.safeParse(schema).data;
    if (node === undefined) return;
    if (node.properties) {
      told.push(at.join('.'));
      expect(fieldsOf(at), at.join('.')).toEqual(Object.keys(node.properties));
      for (const [name, each] of Object.entries(node.properties)) visit(each, [...at, name]);
    }
    visit(node.items, [...at, 0]);
    visit(node.additionalProperties, [...at, 'label']);
  };
  visit(published(), []);
  expect(told).toContain('grants.0.condition');
});
