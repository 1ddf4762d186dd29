import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBoundaries } from '../../src/diagnosis/boundary.ts';
import { versionBlocks } from '../../src/diagnosis/boundary-versions.ts';
import { EMAIL, ORGANIZATION, startGuarded } from './guarded.ts';

const GET = 'resourcemanager.projects.get';
/** No enforcement version blocks it. */
const LOGS = 'logging.logEntries.list';
const BLOCKED = { project: 'acme-one', email: EMAIL, permissions: [GET, LOGS] };
const POLICY = `organizations/${ORGANIZATION}/locations/global/principalAccessBoundaryPolicies/elsewhere`;

/** A boundary that reaches another folder alone. */
const boundary = (version = 'latest') => `accessBoundaries:
      - id: elsewhere
        displayName: Elsewhere
        rules: [{ resources: [folders/700800900] }]
        enforcementVersion: '${version}'`;
const bound = (condition = '') =>
  `policyBindings: [{ id: stay, policy: elsewhere${condition && `, condition: { title: who, expression: "${condition}" }`} }]`;

test('the binding, the policy and what it reaches are named, and letting it reach the project mends it', async () => {
  const { cloud, simulator, log, holds } = await startGuarded({ organization: boundary(), folder: bound() });
  expect(await holds(GET, LOGS)).toEqual([LOGS]);
  const { causes, unread } = await findBoundaries(cloud, BLOCKED);
  expect(unread).toEqual([]);
  expect(causes).toMatchInlineSnapshot(`
    [
      {
        "command": "gcloud iam principal-access-boundary-policies update elsewhere --organization=100200300 --location=global --add-details-rules=effect=ALLOW,resources=//cloudresourcemanager.googleapis.com/projects/111122223333",
        "evidence": [
          {
            "call": "iam folders.policyBindings.searchTargetPolicyBindings",
            "resource": "folders/400500600",
            "said": "folders/400500600/locations/global/policyBindings/stay binds //cloudresourcemanager.googleapis.com/folders/400500600 to organizations/100200300/locations/global/principalAccessBoundaryPolicies/elsewhere",
          },
          {
            "call": "iam principalAccessBoundaryPolicies.get",
            "resource": "organizations/100200300/locations/global/principalAccessBoundaryPolicies/elsewhere",
            "said": "its rules reach folders/700800900; enforcement version latest",
          },
        ],
        "kind": "outside-boundary",
        "permissions": [
          "resourcemanager.projects.get",
        ],
        "remedy": "whoever holds roles/iam.principalAccessBoundaryAdmin on the organisation 100200300 can add //cloudresourcemanager.googleapis.com/projects/111122223333 to the rules of elsewhere, or leave the account out by a condition on the binding",
        "what": "robot-one@acme-one.iam.gserviceaccount.com may reach the folder 700800900 only, by the principal access boundary elsewhere ("Elsewhere"), which the binding stay lays on the accounts of the folder 400500600; acme-one is outside",
      },
    ]
  `);
  expect(log.filter((call) => /policyBindings|Boundary/u.test(call))).toEqual([
    'iam projects.policyBindings.searchTargetPolicyBindings',
    'iam folders.policyBindings.searchTargetPolicyBindings',
    'iam organizations.policyBindings.searchTargetPolicyBindings',
    'iam principalAccessBoundaryPolicies.get',
  ]);

  const resources = ['//cloudresourcemanager.googleapis.com/projects/111122223333'];
  const patched = await simulator.ask('bearer-of-ada', 'PATCH', `/v3/${POLICY}?updateMask=details`, {
    details: { rules: [{ effect: 'ALLOW', resources }] },
  });
  expect(patched.status).toBe(200);
  cloud.boundaries.forget();
  expect(await findBoundaries(cloud, BLOCKED)).toEqual({ causes: [], unread: [] });
  expect(await holds(GET, LOGS)).toEqual([GET, LOGS]);
});

test.each([
  ['the condition of the binding leaves the account out', `principal.subject != '${EMAIL}'`, 'latest'],
  [
    'its version does not block what is missing',
    `principal.type == 'iam.googleapis.com/ServiceAccount'`,
    '1',
  ],
])('nothing is claimed of a boundary when %s', async (_, condition, version) => {
  const { cloud, holds } = await startGuarded({ organization: boundary(version), project: bound(condition) });
  expect(await holds(GET, LOGS)).toEqual([GET, LOGS]);
  expect(await findBoundaries(cloud, BLOCKED)).toEqual({ causes: [], unread: [] });
});

test('a later version blocks whatever an earlier one does', () => {
  const permission = fc.constantFrom(
    ...[
      'storage.objects.get',
      'storage.objects.create',
      'pubsub.topics.getIamPolicy',
      'iam.roles.get',
      GET,
      LOGS,
    ],
    ...[
      'serviceusage.services.enable',
      'cloudkms.importJobs.useToImport',
      'run.services.create',
      'none.of.these',
    ],
  );
  fc.assert(
    fc.property(
      permission,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      (name, one, other) => {
        const [early, late] = [one, other].toSorted();
        expect(!versionBlocks(String(early), name) || versionBlocks(String(late), name)).toBe(true);
        expect(versionBlocks('latest', name)).toBe(versionBlocks('4', name));
      },
    ),
    { numRuns: 40 },
  );
  expect(versionBlocks('4', LOGS)).toBe(false);
  expect(versionBlocks('1', 'run.services.create')).toBe(true);
  expect(versionBlocks('1', 'pubsub.topics.getIamPolicy')).toBe(false);
});
