import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parseWorld } from '../../src/simulator/server.ts';
import { cloudWithGcloud, gcloudTest } from './gcloud.ts';

const account = 'robot-one@sample.iam.gserviceaccount.com';
const world = `
v: 1
operator: owner@example.com
project: sample
users: [{ email: owner@example.com, token: token-of-the-owner }]
organizations:
  - id: 1234567890
    domain: example.org
    policy:
      bindings:
        - { role: roles/iam.denyAdmin, members: [user:owner@example.com] }
        - { role: roles/iam.securityReviewer, members: [user:owner@example.com] }
        - { role: roles/iam.principalAccessBoundaryAdmin, members: [user:owner@example.com] }
        - { role: roles/resourcemanager.organizationAdmin, members: [user:owner@example.com] }
projects:
  - id: sample
    number: 123456789012
    parent: organizations/1234567890
    services: [iam.googleapis.com, cloudresourcemanager.googleapis.com, policytroubleshooter.googleapis.com]
    serviceAccounts: [{ id: robot-one }]
    policy:
      bindings:
        - { role: roles/owner, members: [user:owner@example.com] }
        - { role: roles/viewer, members: ['serviceAccount:${account}'] }
  - { id: elsewhere, number: 123456789013, parent: organizations/1234567890 }
`;

gcloudTest('gcloud writes, reads and removes deny policies, and troubleshoots what they take', async () => {
  const { gcloud, folder } = await cloudWithGcloud({ world: parseWorld(world, 'gcloud.yaml') });
  const file = join(folder, 'policy.json');
  const rule = {
    deniedPrincipals: [`principal://iam.googleapis.com/projects/-/serviceAccounts/${account}`],
    deniedPermissions: ['cloudresourcemanager.googleapis.com/projects.get'],
  };
  const iam = (verb: string, ...more: string[]) =>
    gcloud(
      ...['iam', 'policies', verb, ...more, '--kind=denypolicies'],
      '--attachment-point=cloudresourcemanager.googleapis.com/organizations/1234567890',
    );
  await writeFile(file, JSON.stringify({ displayName: 'No reading', rules: [{ denyRule: rule }] }));
  await iam('create', 'no-reading', `--policy-file=${file}`);
  const name =
    'policies/cloudresourcemanager.googleapis.com%2Forganizations%2F1234567890/denypolicies/no-reading';
  const [listed, read, troubleshot] = await Promise.all([
    iam('list'),
    iam('get', 'no-reading'),
    gcloud(
      ...['policy-intelligence', 'troubleshoot-policy', 'iam'],
      '//cloudresourcemanager.googleapis.com/projects/sample',
      ...[`--principal-email=${account}`, '--permission=resourcemanager.projects.get'],
    ),
  ]);
  expect(listed).toMatchObject({ policies: [{ name, displayName: 'No reading' }] });
  expect(read).toMatchObject({ name, rules: [{ denyRule: rule }] });
  expect(troubleshot).toMatchObject({
    overallAccessState: 'CANNOT_ACCESS',
    denyPolicyExplanation: { denyAccessState: 'DENY_ACCESS_STATE_DENIED' },
  });
  await writeFile(file, JSON.stringify({ ...Object(read), displayName: 'Renamed' }));
  expect(await iam('update', 'no-reading', `--policy-file=${file}`)).toMatchObject({
    response: { displayName: 'Renamed' },
  });
  await iam('delete', 'no-reading');
  expect(await iam('list')).toEqual({});
});

gcloudTest('gcloud writes, binds, searches and removes principal access boundaries', async () => {
  const { gcloud } = await cloudWithGcloud({ world: parseWorld(world, 'gcloud.yaml') });
  const pab = (verb: string, ...more: string[]) =>
    gcloud(
      ...['iam', 'principal-access-boundary-policies', verb, ...more],
      ...['--organization=1234567890', '--location=global'],
    );
  const bindings = (verb: string, ...more: string[]) =>
    gcloud('iam', 'policy-bindings', verb, ...more, '--project=sample', '--location=global');
  const policy = 'organizations/1234567890/locations/global/principalAccessBoundaryPolicies/elsewhere';
  const resources = '//cloudresourcemanager.googleapis.com/projects/elsewhere';
  await pab(
    'create',
    'elsewhere',
    '--display-name=Elsewhere',
    `--details-rules=effect=ALLOW,resources=[${resources}]`,
  );
  await pab('update', 'elsewhere', '--details-enforcement-version=2');
  const target = '//cloudresourcemanager.googleapis.com/projects/123456789012';
  const name = 'projects/123456789012/locations/global/policyBindings/robots';
  await bindings(
    'create',
    'robots',
    `--policy=${policy}`,
    `--target-principal-set=${target}`,
    '--display-name=Robots',
  );
  await bindings(
    ...['update', 'robots', '--condition-title=robots'],
    "--condition-expression=principal.type == 'iam.googleapis.com/ServiceAccount'",
  );
  const answers = await Promise.all([
    pab('list'),
    pab('describe', 'elsewhere'),
    pab('search-policy-bindings', 'elsewhere'),
    bindings('list'),
    bindings('describe', 'robots'),
    bindings('search-target-policy-bindings', `--target=${target}`),
  ]);
  const details = { enforcementVersion: '2', rules: [{ effect: 'ALLOW', resources: [resources] }] };
  const boundary = { name: policy, displayName: 'Elsewhere', details };
  const condition = { title: 'robots', expression: expect.stringContaining('principal.type') };
  const binding = { name, displayName: 'Robots', policy, target: { principalSet: target }, condition };
  expect(answers).toMatchObject([[boundary], boundary, [binding], [binding], binding, [binding]]);
  await bindings('delete', 'robots');
  await pab('delete', 'elsewhere');
  expect(await pab('list')).toEqual([]);
});
