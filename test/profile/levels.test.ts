import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/simulator/catalog.ts';
import { notInProjectRole, roleFacts } from '../../src/profile/known-facts.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { refusal, scratch, small } from './scratch.ts';

const head = small.slice(0, small.indexOf('role:'));
const account = 'account: {id: team-deploy, displayName: Team deploy}\n';
const granting = (...grants: string[]) =>
  `${head}${account}grants:\n${grants.map((each) => `  - {${each}, why: It is needed.}\n`).join('')}`;

test.each([
  ['role: roles/editor, on: organization', /basic roles .* on projects only/u, /narrower/u],
  ['role: roles/viewer, on: bucket/acme-reports', /basic roles .* on projects only/u, /narrower/u],
  ['role: roles/deploymentmanager.viewer, on: bucket/acme-reports', /lowest/u, /on: project/u],
  ['role: roles/iam.denyAdmin, on: project', /nothing lower than a folder/u, /on: organization/u],
  ['role: roles/storage.legacyBucketOwner, on: project', /single resource/u, /bucket\/NAME/u],
  ['role: roles/run.viewer, on: bucket/acme-reports', /of the service that owns/u, /on the project/u],
  [
    'role: roles/iam.serviceAccountUser, on: account/1@cloudservices.gserviceaccount.com',
    /service agent/u,
    /of your own/u,
  ],
  ['role: roles/run.viewer, on: cluster/acme', /bucket\/NAME/u, /bucket\/acme-reports/u],
])('"%s" is refused with the reason', async (grant, expected, remedy) => {
  await using files = await scratch();
  const error = await refusal(await files.write(granting(grant)));
  expect(error.line).toBe(9);
  expect(error.expected).toMatch(expected);
  expect(error.remedy).toMatch(remedy);
});

test('the role of a project is granted in that project only', async () => {
  await using files = await scratch();
  const error = await refusal(await files.write(`${small}grants: [{role: custom, on: organization}]\n`));
  expect(error).toMatchObject({
    line: 18,
    expected: expect.stringMatching(/granted nowhere else/u) as string,
  });
});

test('a basic role takes no condition, and is granted on a project all the same', async () => {
  await using files = await scratch();
  const condition = 'condition: {title: Now, expression: "true"}';
  const error = await refusal(await files.write(granting(`role: roles/viewer, ${condition}`)));
  expect(error.expected).toContain('Google takes none on a basic role');
  const { grants } = await loadProfile(await files.write(granting('role: roles/viewer')));
  expect(grants).toEqual([{ role: 'roles/viewer', on: 'project', why: 'It is needed.' }]);
});

test.each([
  ['orgpolicy.policy.set', /Reported by users/u],
  ['resourcemanager.organizations.get', /the only place these mean anything/u],
  ['resourcemanager.projects.list', /Asked of the parent/u],
])('%s cannot be in the role of a project, and the catalog says why', async (name, why) => {
  await using files = await scratch();
  const error = await refusal(await files.write(small.replace('run.services.update', name)));
  expect(error).toMatchObject({ line: 16, found: `"${name}"` });
  expect(error.expected).toMatch(why);
});

test('what is known of roles and permissions is what the embedded cloud goes by', async () => {
  const { roles, permissions } = await loadCatalog();
  for (const name of [
    'roles/run.viewer',
    'roles/iam.denyAdmin',
    'roles/storage.legacyBucketOwner',
    'roles/browser',
  ])
    expect(roleFacts(name), name).toEqual({
      lowest: roles.get(name)?.lowest,
      highest: roles.get(name)?.highest,
    });
  expect(roleFacts('roles/nothing.atAll')).toBeUndefined();
  for (const { name, customRole, levels } of permissions.values()) {
    if (!/^(?:iam|orgpolicy|resourcemanager|run|billing)\./u.test(name)) continue;
    const fits = customRole !== 'NOT_SUPPORTED' && levels.includes('project');
    expect(notInProjectRole(name) === undefined, name).toBe(fits);
  }
});

test('mistakes of single fields and those between fields are told in one run, each once', async () => {
  await using files = await scratch();
  const text = `${head.replace('name: team-deploy', 'name: Team Deploy')}${account}grants:
  - {role: roles/editor, on: organization, why: x}
  - {role: run.viewer, why: x}
  - {role: roles/run.viewer}
permissions:
  - {name: run.services.get, why: x}
  - {name: run.services.get, why: x, source: nobody}
  - {name: run, why: x}
team:
  - {role: roles/run.viewer, members: [ada, 'serviceAccount:1@cloudservices.gserviceaccount.com'], why: x}
env: {keyFile: A, projectId: A}
`;
  const error = await refusal(await files.write(text));
  // The name, three grants, a permission twice, its source, the form of one, two members, a variable twice.
  expect(error).toMatchObject({ line: 1, others: 9 });
});
