import { describe, expect, test } from 'vitest';
import { loadProfile } from '../../src/profile/load.ts';
import { refusal, scratch, small } from './scratch.ts';

/** Replaces `from`, which must stand in the small profile, by `to`. */
function changed(from: string, to: string): string {
  expect(small).toContain(from);
  return small.replace(from, () => to);
}

const permissions = (count: number, resource = 'r') =>
  Array.from({ length: count }, (_, at) => `  - {name: run.${resource}.a${at}, why: x}\n`).join('');
const withPermissions = (list: string) =>
  small.slice(0, small.indexOf('permissions:')) + `permissions:\n${list}`;

interface Refused {
  readonly text: string;
  readonly line: number;
  readonly found: string | RegExp;
  readonly remedy: RegExp;
}

const forms: Record<string, Refused> = {
  'a role ID with a dash': {
    text: changed('id: TeamDeploy', 'id: Team-Deploy'),
    line: 8,
    found: '"Team-Deploy"',
    remedy: /TeamDeploy/u,
  },
  'a role ID of two letters': {
    text: changed('id: TeamDeploy', 'id: TD'),
    line: 8,
    found: '"TD"',
    remedy: /ID/u,
  },
  'a role ID of 65 letters': {
    text: changed('id: TeamDeploy', `id: ${'a'.repeat(65)}`),
    line: 8,
    found: /65 bytes/u,
    remedy: /ID/u,
  },
  'a role title of 101 bytes in 51 letters': {
    text: changed('TeamDeploy\n  title: Team deploy', `TeamDeploy\n  title: ${'é'.repeat(50)}x`),
    line: 9,
    found: /101 bytes/u,
    remedy: /100 bytes/u,
  },
  'a role description of 301 bytes': {
    text: changed('id: TeamDeploy', `id: TeamDeploy\n  description: ${'a'.repeat(301)}`),
    line: 9,
    found: /301 bytes/u,
    remedy: /shorter/u,
  },
  'a role that would be disabled': {
    text: changed('id: TeamDeploy', 'id: TeamDeploy\n  stage: DISABLED'),
    line: 9,
    found: '"DISABLED"',
    remedy: /GA/u,
  },
  'an account ID of five letters': {
    text: changed('id: team-deploy', 'id: teams'),
    line: 11,
    found: '"teams"',
    remedy: /before the @/u,
  },
  'an account ID of 31 letters': {
    text: changed('id: team-deploy', `id: ${'a'.repeat(31)}`),
    line: 11,
    found: `"${'a'.repeat(31)}"`,
    remedy: /before the @/u,
  },
  'an account ID that ends in a dash': {
    text: changed('id: team-deploy', 'id: team-deploy-'),
    line: 11,
    found: '"team-deploy-"',
    remedy: /before the @/u,
  },
  'an email where the account ID belongs': {
    text: changed('id: team-deploy', 'id: sa@p.iam.gserviceaccount.com'),
    line: 11,
    found: '"sa@p.iam.gserviceaccount.com"',
    remedy: /before the @/u,
  },
  'a display name of 101 bytes': {
    text: changed('displayName: Team deploy', `displayName: ${'a'.repeat(101)}`),
    line: 12,
    found: /101 bytes/u,
    remedy: /100 bytes/u,
  },
  'an account description of 257 bytes': {
    text: changed('id: team-deploy', `id: team-deploy\n  description: ${'a'.repeat(257)}`),
    line: 12,
    found: /257 bytes/u,
    remedy: /shorter/u,
  },
  'a service that is not Google’s': {
    text: changed('name: run.googleapis.com', 'name: run.example.com'),
    line: 5,
    found: '"run.example.com"',
    remedy: /run\.googleapis\.com/u,
  },
  'a service twice': {
    text: changed('services:\n', 'services:\n  - {name: run.googleapis.com, why: a}\n'),
    line: 6,
    found: '"run.googleapis.com" again, first on line 5',
    remedy: /Remove/u,
  },
  'a permission of two parts': {
    text: changed('run.services.get', 'run.services'),
    line: 14,
    found: '"run.services"',
    remedy: /run\.services\.get/u,
  },
  'a permission with a wildcard': {
    text: changed('run.services.get', 'run.services.*'),
    line: 14,
    found: '"run.services.*"',
    remedy: /not allowed/u,
  },
  'a permission twice': {
    text: changed('run.services.update', 'run.services.get'),
    line: 16,
    found: '"run.services.get" again, first on line 14',
    remedy: /Remove/u,
  },
  'a permission without a reason': {
    text: changed('    why: To deploy.\n', ''),
    line: 16,
    found: 'nothing',
    remedy: /sentence/u,
  },
  'a permission as bare text': {
    text: changed('  - name: run.services.get\n    why: To look first.', '  - run.services.get'),
    line: 14,
    found: '"run.services.get"',
    remedy: /name:.*why:/u,
  },
  'a reason that is blank': {
    text: changed('To look first.', '"  "'),
    line: 15,
    found: '" "',
    remedy: /sentence/u,
  },
  'a reason with an escape sequence': {
    text: changed('To look first.', '"To \\e[2J look"'),
    line: 15,
    found: '"To look" with control characters',
    remedy: /sentence/u,
  },
  'a reason with text that runs backwards': {
    text: changed('To look first.', '"To \\u202e look"'),
    line: 15,
    found: /with control characters/u,
    remedy: /sentence/u,
  },
  'a reason with half a surrogate pair': {
    text: changed('To look first.', '"To \\uD800 look"'),
    line: 15,
    found: /with control characters/u,
    remedy: /sentence/u,
  },
  'no permission at all': { text: withPermissions('  []'), line: 14, found: 'a list of 0', remedy: /name:/u },
  '3,001 permissions': {
    text: withPermissions(permissions(3001)),
    line: 14,
    found: 'a list of 3001',
    remedy: /name:/u,
  },
  'permissions of more than 64 KB together': {
    text: withPermissions(permissions(1000, 'r'.repeat(64))),
    line: 14,
    found: 'a list of 1000',
    remedy: /two profiles/u,
  },
  'a source that nobody introduced': {
    text: changed('why: To deploy.', 'why: To deploy.\n    source: google'),
    line: 18,
    found: '"google"',
    remedy: /under sources/u,
  },
  'a source named ours': {
    text: `${small}sources:\n  ours:\n    title: Us\n`,
    line: 19,
    found: '"ours"',
    remedy: /another label/u,
  },
  'a field with a slip': {
    text: changed('summary:', 'sumary:'),
    line: 3,
    found: '"sumary"',
    remedy: /Write "summary"/u,
  },
  'a field of no profile': { text: `${small}cost: 3\n`, line: 18, found: '"cost"', remedy: /^Remove it\.$/u },
  'a number where text belongs': {
    text: changed('title: Team', 'title: 12 #'),
    line: 2,
    found: '12, which is no text',
    remedy: /in quotes: "12"/u,
  },
  'an empty role': {
    text: changed('role:\n  id: TeamDeploy\n  title: Team deploy', 'role:'),
    line: 7,
    found: 'empty',
    remedy: /id: TeamDeploy/u,
  },
  'a link that is not https': {
    text: `${small}link: javascript:alert(1)\n`,
    line: 18,
    found: '"javascript:alert(1)"',
    remedy: /address/u,
  },
  'a name that would leave a folder': {
    text: changed('name: team-deploy', 'name: ../../team'),
    line: 1,
    found: '"../../team"',
    remedy: /team-deploy/u,
  },
  'the name of a variable with a dollar': {
    text: `${small}env:\n  projectId: $TEAM\n`,
    line: 19,
    found: '"$TEAM"',
    remedy: /without \$/u,
  },
  'one variable for two things': {
    text: `${small}env:\n  clientEmail: TEAM\n  projectId: TEAM\n`,
    line: 20,
    found: '"TEAM" again, first on line 19',
    remedy: /of its own/u,
  },
  'a private key in place of a name': {
    text: changed('name: team-deploy', 'name: "-----BEGIN PRIVATE KEY-----MIIEvQ"'),
    line: 1,
    found: 'a key or certificate',
    remedy: /name/u,
  },
  'a tab for indentation': {
    text: changed('  id: TeamDeploy', '\tid: TeamDeploy'),
    line: 8,
    found: /tab/iu,
    remedy: /spaces/u,
  },
  'a key twice': {
    text: changed('  id: TeamDeploy', '  id: TeamDeploy\n  id: Other'),
    line: 9,
    found: 'the key "id" again, first on line 8',
    remedy: /Remove/u,
  },
  'two documents': { text: `${small}---\n${small}`, line: 18, found: /document/iu, remedy: /one profile/u },
  'a tag': { text: changed('title: Team', 'title: !secret Team'), line: 2, found: /tag/iu, remedy: /tag/u },
  'an alias without its anchor': {
    text: changed('title: Team deploy', 'title: *team'),
    line: 2,
    found: /alias/iu,
    remedy: /quotes/u,
  },
  'an alias of itself': {
    text: changed('summary: Deploys what the team builds.', 'summary: &s [*s]'),
    line: 3,
    found: /alias/u,
    remedy: /Write the values out/u,
  },
  'an alias bomb': {
    text: `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h']
      .map(
        (key, at) =>
          `${key}: &${key} [${Array(9)
            .fill(`*${'abcdefg'.charAt(at)}`)
            .join(', ')}]`,
      )
      .join('\n')}\n`,
    line: 2,
    found: 'aliases ("*name") that stand for more than 100 values',
    remedy: /Write the values out/u,
  },
  'aliases in masses': {
    text: `a: &a x\nb: [\n${'  *a,\n'.repeat(101)}]\n`,
    line: 103,
    found: 'more than 100 aliases ("*a")',
    remedy: /Write the values out/u,
  },
  'a key that is a list': { text: '? [a, b]\n: c\n', line: 1, found: /no plain text/u, remedy: /name out/u },
  'lists without end': {
    text: `name: ${'['.repeat(1900)}\n`,
    line: 1,
    found: 'lists and maps nested too deep',
    remedy: /Nest less/u,
  },
  'a line without end': {
    text: '? '.repeat(200_000),
    line: 1,
    found: /2000 characters/u,
    remedy: /Break it/u,
  },
  'an empty file': { text: '', line: 1, found: 'empty', remedy: /example/u },
  'a list instead of a map': { text: '- a\n', line: 1, found: 'a list of 1', remedy: /example/u },
};

describe('a profile is refused with line, found and remedy when it has', () => {
  test.each(Object.entries(forms))('%s', async (_, { text, line, found, remedy }) => {
    await using files = await scratch();
    const file = await files.write(text);
    const error = await refusal(file);
    expect(error).toMatchObject({ kind: 'invalid', file, line });
    expect(error.column).toBeGreaterThan(0);
    expect(error.message.startsWith(`${file}:${error.line}:${error.column}: `)).toBe(true);
    if (typeof found === 'string') expect(error.found).toBe(found);
    else expect(error.found).toMatch(found);
    expect(error.remedy).toMatch(remedy);
    expect(error.message).not.toContain('MIIEvQ');
  });
});

test('of several problems the first of the file is told, and how many more there are', async () => {
  await using files = await scratch();
  const text = changed('displayName: Team deploy', 'displayName: ""')
    .replace('id: TeamDeploy', 'id: "?"')
    .replace('run.services.get', 'get');
  const error = await refusal(await files.write(text));
  expect(error.line).toBe(8);
  expect(error.others).toBe(2);
  expect(error.message).toMatch(/role\.id is "\?", expected .*; 2 more problems$/u);
});

test('a file of nothing but mistakes is refused in reasonable time', { timeout: 20_000 }, async () => {
  await using files = await scratch();
  const fields = Array.from({ length: 80_000 }, (_, at) => `k${at}: 1\n`).join('');
  const error = await refusal(await files.write(fields));
  expect(error.others).toBeGreaterThan(80_000);
});

test('the limits themselves are allowed', async () => {
  await using files = await scratch();
  const text = withPermissions(permissions(3000))
    .replace('id: TeamDeploy', `id: ${'R'.repeat(64)}\n  description: ${'d'.repeat(300)}`)
    .replace('displayName: Team deploy', `displayName: ${'é'.repeat(50)}\n  description: ${'d'.repeat(256)}`)
    .replace('id: team-deploy', `id: a${'-'.repeat(28)}z`);
  const profile = await loadProfile(await files.write(text));
  expect(profile.permissions).toHaveLength(3000);
  expect(profile.role.id).toHaveLength(64);
  expect(profile.account.id).toHaveLength(30);
});

test('names of permissions that Google really has are allowed in all their shapes', async () => {
  await using files = await scratch();
  const names = [
    'iam.googleapis.com/workforcePools.get',
    'networkservices.route_views.get',
    'dns.changes.list',
  ];
  const list = names.map((name) => `  - {name: ${name}, why: x}\n`).join('');
  const profile = await loadProfile(await files.write(withPermissions(list)));
  expect(profile.permissions.map(({ name }) => name)).toEqual(names);
});
