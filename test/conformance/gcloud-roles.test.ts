import { expect } from 'vitest';
import { names } from '../simulator/iam-cloud.ts';
import { cloudWithGcloud, gcloudTest } from './gcloud.ts';

const ROLE = 'projects/sample/roles/Renderer';

/** gcloud prints etags in the URL's base64 alphabet, the API in the plain one. */
function inOneAlphabet(role: unknown): unknown {
  return JSON.parse(
    JSON.stringify(role, (key, value: unknown) =>
      key === 'etag' ? Buffer.from(String(value), 'base64').toString('hex') : value,
    ),
  );
}

gcloudTest('gcloud makes, changes, deletes and undeletes a role, and the API agrees each time', async () => {
  const { gcloud, owner } = await cloudWithGcloud();
  const flags = ['--project=sample', '--title=Renderer', '--stage=GA'];
  const made = await gcloud(
    'iam',
    'roles',
    'create',
    'Renderer',
    ...flags,
    '--permissions=run.services.get,run.routes.invoke',
  );
  expect(inOneAlphabet(made)).toEqual(inOneAlphabet(await owner.get(ROLE)));

  await gcloud(
    'iam',
    'roles',
    'update',
    'Renderer',
    '--project=sample',
    '--add-permissions=run.services.list',
    '--title=New',
  );
  expect(await owner.get(ROLE)).toMatchObject({
    title: 'New',
    stage: 'GA',
    includedPermissions: ['run.routes.invoke', 'run.services.get', 'run.services.list'],
  });

  await gcloud('iam', 'roles', 'delete', 'Renderer', '--project=sample');
  expect(await gcloud('iam', 'roles', 'list', '--project=sample')).toEqual([]);
  expect(await gcloud('iam', 'roles', 'list', '--project=sample', '--show-deleted')).toMatchObject([
    { name: ROLE, deleted: true },
  ]);
  await gcloud('iam', 'roles', 'undelete', 'Renderer', '--project=sample');
  expect(await owner.get(ROLE)).not.toHaveProperty('deleted');
});

gcloudTest(
  'gcloud reads and changes a role that the API made, and says in its words what is refused',
  async () => {
    const { gcloud, complaint, owner } = await cloudWithGcloud();
    const role = { title: 'Renderer', includedPermissions: ['run.services.get'] };
    await owner.post('projects/sample/roles', { roleId: 'Renderer', role });
    expect(await gcloud('iam', 'roles', 'describe', 'Renderer', '--project=sample')).toMatchObject({
      name: ROLE,
      ...role,
    });
    const [stale, absent] = await Promise.all([
      complaint('iam', 'roles', 'create', 'Other', '--project=sample', '--permissions=run.locations.get'),
      complaint('iam', 'roles', 'describe', 'Nobody', '--project=sample'),
    ]);
    expect(stale).toContain('INVALID_ARGUMENT: Permission run.locations.get is not valid.');
    expect(absent).toContain('NOT_FOUND: The role named projects/sample/roles/Nobody was not found.');
    await owner.delete(ROLE);
    expect(
      await complaint(
        'iam',
        'roles',
        'create',
        'Renderer',
        '--project=sample',
        '--permissions=run.services.get',
      ),
    ).toContain(
      "You can't create a role with role_id (Renderer) where there is an existing role with that role_id in a deleted state.",
    );
  },
);

gcloudTest('gcloud makes a role of the organization', async () => {
  const { gcloud, owner } = await cloudWithGcloud();
  await gcloud(
    'iam',
    'roles',
    'create',
    'Lister',
    '--organization=1234567890',
    '--permissions=resourcemanager.projects.list',
  );
  expect(names(await owner.get('organizations/1234567890/roles'), 'roles')).toEqual([
    'organizations/1234567890/roles/Lister',
  ]);
});

gcloudTest('gcloud lists what can be tested and granted on a project, page after page', async () => {
  const { gcloud } = await cloudWithGcloud();
  const project = '//cloudresourcemanager.googleapis.com/projects/sample';
  const [permissions, roles, predefined] = await Promise.all([
    gcloud('iam', 'list-testable-permissions', project),
    gcloud('iam', 'list-grantable-roles', project),
    gcloud('iam', 'roles', 'describe', 'roles/run.invoker'),
  ]);
  expect((permissions as object[]).length).toBeGreaterThan(1000);
  expect(permissions).toContainEqual({ name: 'iam.serviceAccounts.actAs', stage: 'GA' });
  expect(roles).toContainEqual({ name: 'roles/run.invoker', title: 'Cloud Run Invoker' });
  expect(predefined).toMatchObject({
    includedPermissions: ['run.instances.invoke', 'run.jobs.run', 'run.routes.invoke'],
  });
});
