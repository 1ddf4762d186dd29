import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coversPermission } from '../../src/diagnosis/deny-permission.ts';
import { readRule } from '../../src/diagnosis/deny-rule.ts';
import type { DenyRule } from '../../src/google/deny-policies.ts';

const EMAIL = 'robot@acme-one.iam.gserviceaccount.com';
const PRINCIPAL = `principal://iam.googleapis.com/projects/-/serviceAccounts/${EMAIL}`;
const EVERYBODY = 'principalSet://goog/public:all';
const GROUP = 'principalSet://goog/group/robots@acme.com';
const HOME = ['projects/764086051850', 'folders/418820519377', 'organizations/583920471652'];
const CREATE = 'run.services.create';

function ruleOf(rule: Partial<DenyRule>): DenyRule {
  return {
    deniedPrincipals: [EVERYBODY],
    exceptionPrincipals: [],
    deniedPermissions: ['run.googleapis.com/services.create'],
    exceptionPermissions: [],
    ...rule,
  };
}

/** What a rule does to the account: takes, may take, or leaves. */
function effect(rule: Partial<DenyRule>, account: { groups?: string[]; home?: string[] } = { home: HOME }) {
  const { takes, mayTake } = readRule(ruleOf(rule), { email: EMAIL, ...account }, [CREATE]);
  return takes.has(CREATE) ? 'takes' : mayTake.has(CREATE) ? 'may take' : 'leaves';
}

test.each<[string, Parameters<typeof effect>, string]>([
  ['everybody', [{}], 'takes'],
  ['the account by name', [{ deniedPrincipals: [PRINCIPAL] }], 'takes'],
  ['another account', [{ deniedPrincipals: [PRINCIPAL.replace('robot', 'other')] }], 'leaves'],
  ['a person', [{ deniedPrincipals: [`principal://goog/subject/${EMAIL}`] }], 'leaves'],
  [
    'a deleted account of its name',
    [{ deniedPrincipals: [`deleted:${PRINCIPAL}?uid=110000000000000000001`] }],
    'leaves',
  ],
  [
    'all accounts of its organisation',
    [
      {
        deniedPrincipals: [
          `principalSet://cloudresourcemanager.googleapis.com/${HOME[2]}/type/ServiceAccount`,
        ],
      },
    ],
    'takes',
  ],
  [
    'all agents of its organisation',
    [
      {
        deniedPrincipals: [`principalSet://cloudresourcemanager.googleapis.com/${HOME[2]}/type/ServiceAgent`],
      },
    ],
    'leaves',
  ],
  [
    'all principals of another folder',
    [{ deniedPrincipals: ['principalSet://cloudresourcemanager.googleapis.com/folders/1'] }],
    'leaves',
  ],
  [
    'all principals of a folder, when nobody knows in which it is',
    [{ deniedPrincipals: ['principalSet://cloudresourcemanager.googleapis.com/folders/1'] }, {}],
    'may take',
  ],
  ['a group, when nobody knows who is in it', [{ deniedPrincipals: [GROUP] }], 'may take'],
  ['a group that it is in', [{ deniedPrincipals: [GROUP] }, { groups: ['robots@acme.com'] }], 'takes'],
  ['a group that it is not in', [{ deniedPrincipals: [GROUP] }, { groups: [] }], 'leaves'],
  ['everybody but a group, when nobody knows who is in it', [{ exceptionPrincipals: [GROUP] }], 'may take'],
  ['everybody but the account', [{ exceptionPrincipals: [GROUP, PRINCIPAL] }], 'leaves'],
  ['another permission', [{ deniedPermissions: ['run.googleapis.com/services.get'] }], 'leaves'],
  [
    'a group of permissions without this one',
    [
      {
        deniedPermissions: ['run.googleapis.com/services.*'],
        exceptionPermissions: ['run.googleapis.com/*.create'],
      },
    ],
    'leaves',
  ],
  [
    'under a condition on tags',
    [{ denialCondition: { expression: "resource.matchTag('1/env', 'prod')" } }],
    'may take',
  ],
  [
    'under a condition on tags, of which the rest decides',
    [{ denialCondition: { expression: "resource.matchTag('1/env', 'prod') && false" } }],
    'leaves',
  ],
  ['under a condition that holds', [{ denialCondition: { expression: 'true' } }], 'takes'],
])('a rule that denies %s', (_, [rule, account], expected) => {
  expect(effect(rule, account)).toBe(expected);
});

test.each([
  ['resourcemanager.projects.get', 'cloudresourcemanager.googleapis.com/projects.get', true],
  ['iam.googleapis.com/workloadIdentityPools.get', 'iam.googleapis.com/workloadIdentityPools.*', true],
  ['storage.objects.get', 'storage.googleapis.com/*.*', true],
  ['storage.objects.get', 'storage.googleapis.com/*.list', false],
  ['storage.objects.get', '*', false],
  ['storage.objects.get', 'storage.objects.get', false],
])('%s is covered by %s: %s', (permission, pattern, expected) => {
  expect(coversPermission(pattern, permission)).toBe(expected);
});

const word = fc.stringMatching(/^[a-z][a-zA-Z]{0,5}$/u);
const names = fc.subarray([EVERYBODY, PRINCIPAL, GROUP, 'principal://goog/subject/ada@acme.com']);

test('what is excepted by name is never taken, whatever else a rule says', () => {
  fc.assert(
    fc.property(names, names, word, word, (deniedPrincipals, others, resource, verb) => {
      const rule = ruleOf({
        ...{ deniedPrincipals, exceptionPrincipals: [...others, PRINCIPAL] },
        deniedPermissions: [`run.googleapis.com/${resource}.*`, `run.googleapis.com/*.${verb}`],
      });
      const reading = readRule(rule, { email: EMAIL }, [`run.${resource}.${verb}`]);
      expect(reading.takes.size + reading.mayTake.size).toBe(0);
      const bare = { ...rule, exceptionPrincipals: [], deniedPrincipals: [EVERYBODY] };
      expect(readRule(bare, { email: EMAIL }, [`run.${resource}.${verb}`]).takes.size).toBe(1);
    }),
    { numRuns: 30 },
  );
});
