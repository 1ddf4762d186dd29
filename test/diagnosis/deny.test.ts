import { expect, test } from 'vitest';
import * as z from 'zod';
import { findDenials } from '../../src/diagnosis/deny.ts';
import { EMAIL, ORGANIZATION, startGuarded } from './guarded.ts';

const GET = 'resourcemanager.projects.get';
const LIST = 'storage.buckets.list';
const BLOCKED = { project: 'acme-one', email: EMAIL, permissions: [GET, LIST] };
const EXCEPTION = `principal://iam.googleapis.com/projects/-/serviceAccounts/${EMAIL}`;

const onTheOrganization = `denyPolicies:
      - id: no-looking
        displayName: No looking
        rules:
          - deniedPrincipals: ['principal://goog/subject/vera@acme.com']
            deniedPermissions: ['cloudresourcemanager.googleapis.com/projects.get']
          - deniedPrincipals: ['principalSet://goog/public:all']
            exceptionPrincipals: ['principal://goog/subject/ada@acme.com']
            deniedPermissions: ['cloudresourcemanager.googleapis.com/projects.*']
            exceptionPermissions: ['cloudresourcemanager.googleapis.com/projects.delete']`;

test('the policy, the rule, what it denies and the exception that is missing are named, and adding it mends it', async () => {
  const { cloud, simulator, log, holds } = await startGuarded({ organization: onTheOrganization });
  expect(await holds(GET, LIST)).toEqual([LIST]);
  const { causes, unread } = await findDenials(cloud, BLOCKED);
  expect(unread).toEqual([]);
  expect(causes).toMatchInlineSnapshot(`
    [
      {
        "command": "gcloud iam policies get no-looking --attachment-point=cloudresourcemanager.googleapis.com/organizations/100200300 --kind=denypolicies --format=json | jq '.rules[1].denyRule.exceptionPrincipals += ["principal://iam.googleapis.com/projects/-/serviceAccounts/robot-one@acme-one.iam.gserviceaccount.com"]' > no-looking.json && gcloud iam policies update no-looking --attachment-point=cloudresourcemanager.googleapis.com/organizations/100200300 --kind=denypolicies --policy-file=no-looking.json",
        "evidence": [
          {
            "call": "iam policies.get",
            "resource": "policies/cloudresourcemanager.googleapis.com/organizations/100200300/denypolicies/no-looking",
            "said": "rule 2 denies cloudresourcemanager.googleapis.com/projects.* to principalSet://goog/public:all and excepts principal://goog/subject/ada@acme.com only",
          },
        ],
        "kind": "denied",
        "permissions": [
          "resourcemanager.projects.get",
        ],
        "remedy": "whoever holds roles/iam.denyAdmin on the organisation 100200300 can add principal://iam.googleapis.com/projects/-/serviceAccounts/robot-one@acme-one.iam.gserviceaccount.com to the exceptionPrincipals of rule 2",
        "what": "the deny policy no-looking ("No looking") on the organisation 100200300 takes resourcemanager.projects.get from robot-one@acme-one.iam.gserviceaccount.com: its rule 2 denies cloudresourcemanager.googleapis.com/projects.* to principalSet://goog/public:all",
      },
    ]
  `);
  expect(log.filter((call) => call.startsWith('iam policies')).toSorted()).toEqual([
    'iam policies.get',
    ...Array.from({ length: 3 }, () => 'iam policies.listPolicies'),
  ]);

  const path = `/v2/policies/cloudresourcemanager.googleapis.com%2Forganizations%2F${ORGANIZATION}/denypolicies/no-looking`;
  const policy = z
    .looseObject({
      rules: z.array(
        z.looseObject({ denyRule: z.looseObject({ exceptionPrincipals: z.array(z.string()).default([]) }) }),
      ),
    })
    .parse(await simulator.get(path));
  policy.rules[1]?.denyRule.exceptionPrincipals.push(EXCEPTION);
  expect(await simulator.ask('bearer-of-ada', 'PUT', path, policy)).toMatchObject({ status: 200 });
  cloud.denyPolicies.forget();
  await simulator.advance(60);
  expect(await findDenials(cloud, BLOCKED)).toEqual({ causes: [], unread: [] });
  expect(await holds(GET, LIST)).toEqual([GET, LIST]);
});

const forTheGroup = `denyPolicies:
      - id: no-robots
        rules:
          - deniedPrincipals: ['principal://goog/subject/vera@acme.com']
            deniedPermissions: ['storage.googleapis.com/*.*']
          - deniedPrincipals: ['principalSet://goog/group/robots@acme.com']
            deniedPermissions: ['storage.googleapis.com/buckets.*']`;

test('a rule for a group is no cause until the Policy Troubleshooter says that it reaches the account', async () => {
  const { cloud, holds, log } = await startGuarded({ folder: forTheGroup });
  expect(await holds(GET, LIST)).toEqual([GET]);
  const { causes, unread } = await findDenials(cloud, BLOCKED);
  expect(unread).toEqual([]);
  expect(causes).toMatchObject([
    {
      permissions: [LIST],
      what: `the deny policy no-robots on the folder 400500600 takes ${LIST} from ${EMAIL}: its rule 2 denies storage.googleapis.com/buckets.* to principalSet://goog/group/robots@acme.com`,
      evidence: [
        { call: 'iam policies.get' },
        {
          call: 'policytroubleshooter iam.troubleshoot',
          said: 'DENY_ACCESS_STATE_DENIED on folders/400500600',
        },
      ],
    },
  ]);
  expect(log.filter((call) => call.startsWith('policytroubleshooter'))).toHaveLength(1);
  // Who knows the groups need not ask.
  expect(await findDenials(cloud, { ...BLOCKED, groups: [] })).toEqual({ causes: [], unread: [] });
  expect(log.filter((call) => call.startsWith('policytroubleshooter'))).toHaveLength(1);
});

test('a rule for the tags of a resource is left out when the Policy Troubleshooter says that it does not hold', async () => {
  const { cloud } = await startGuarded({
    project: `denyPolicies:
      - id: no-production
        rules:
          - deniedPrincipals: ['principalSet://goog/public:all']
            deniedPermissions: ['storage.googleapis.com/buckets.*']
            denialCondition: { title: production, expression: "resource.matchTag('acme.com/env', 'prod')" }`,
  });
  expect(await findDenials(cloud, BLOCKED)).toEqual({ causes: [], unread: [] });
});

test('whoever may not read the policies is told which could not be read and what that takes, and of no cause', async () => {
  const { vera } = await startGuarded({ organization: onTheOrganization, folder: forTheGroup });
  const { causes, unread } = await findDenials(vera, { ...BLOCKED, permissions: [LIST] });
  expect(causes).toEqual([]);
  expect(unread).toMatchInlineSnapshot(`
    [
      {
        "needs": "resourcemanager.projects.get",
        "said": "The caller does not have permission",
        "what": "what acme-one lies in",
      },
      {
        "needs": "iam.denypolicies.list and iam.denypolicies.get there (roles/iam.denyReviewer on the organisation)",
        "said": "Permission iam.googleapis.com/denypolicies.list denied on resource cloudresourcemanager.googleapis.com/projects/acme-one",
        "what": "the deny policies of the project acme-one",
      },
      {
        "needs": "roles/iam.denyReviewer on the organisation, for the Policy Troubleshooter to tell",
        "said": "Google's Policy Troubleshooter does not tell it to whoever may not read the policies",
        "what": "whether a deny policy takes storage.buckets.list",
      },
    ]
  `);
});

test('the sixth read of a minute is waited for, which is said, and can be given up', async () => {
  const policy = (id: string) =>
    `{ id: ${id}, rules: [{ deniedPrincipals: ['principal://goog/subject/vera@acme.com'], deniedPermissions: ['storage.googleapis.com/*.*'] }] }`;
  const { cloud, log, stop } = await startGuarded({
    project: `denyPolicies: [${['one', 'two', 'three', 'four', 'five'].map((id) => policy(`rule-${id}`)).join(', ')}]`,
  });
  const waits: string[] = [];
  const search = findDenials(cloud, {
    ...BLOCKED,
    onWait({ what, ms }) {
      waits.push(what);
      expect(ms).toBeLessThanOrEqual(60_000);
      stop.abort();
    },
  });
  await expect(search).rejects.toMatchObject({ kind: 'cancelled' });
  expect(waits).toEqual(['iam policies.get']);
  expect(log.filter((call) => call.startsWith('iam policies'))).toHaveLength(6);
});
