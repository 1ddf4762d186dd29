import { describe, expect, test } from 'vitest';
import { changed, expectRefused } from './refused.ts';
import type { Refused } from './refused.ts';
import { permissions, refusal, scratch, small, withPermissions } from './scratch.ts';

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
  'a key that may be no day old': {
    text: `${small}key:\n  maxAgeDays: 0\n`,
    line: 19,
    found: '0',
    remedy: /such as 90/u,
  },
  'an age of a key in quotes': {
    text: `${small}key:\n  maxAgeDays: "90"\n`,
    line: 19,
    found: '"90"',
    remedy: /without quotes/u,
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
  'the name of a variable with a digit first': {
    text: `${small}env:\n  keyFile: 2TEAM\n`,
    line: 19,
    found: '"2TEAM"',
    remedy: /TEAM_PRIVATE_KEY/u,
  },
  'a variable for what no account has': {
    text: `${small}env:\n  privateKy: TEAM\n`,
    line: 19,
    found: '"privateKy"',
    remedy: /Write "privateKey"/u,
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
};

describe('a profile is refused with line, found and remedy when it has', () => {
  test.each(Object.entries(forms))('%s', (_, form) => expectRefused(form));
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
