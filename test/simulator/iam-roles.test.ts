import { expect, test } from 'vitest';
import { DAY, cloud, errorOf, names, statusOf } from './iam-cloud.ts';

const ROLES = 'projects/sample/roles';
const make = (roleId: string, role: object = {}) => ({ roleId, role });

test('a created role answers itself, and reads like it', async () => {
  const { owner } = await cloud();
  const made = await owner.post(
    ROLES,
    make('Renderer', {
      title: 'Renderer',
      description: 'Renders',
      stage: 'GA',
      includedPermissions: ['run.services.get', 'run.routes.invoke'],
    }),
  );
  expect(made).toEqual({
    name: 'projects/sample/roles/Renderer',
    title: 'Renderer',
    description: 'Renders',
    stage: 'GA',
    includedPermissions: ['run.routes.invoke', 'run.services.get'],
    etag: expect.stringMatching(/^Bw[A-Za-z0-9+/]{9}=$/) as string,
  });
  expect(await owner.get(`${ROLES}/Renderer`)).toEqual(made);
});

test('stage ALPHA and empty fields are left out', async () => {
  const { owner } = await cloud();
  const made = await owner.post(ROLES, make('bare.role_1', { stage: 'ALPHA', includedPermissions: [] }));
  expect(Object.keys(made)).toEqual(['name', 'etag']);
});

test.each([
  [
    'no such permission',
    { includedPermissions: ['run.locations.get'] },
    'Permission run.locations.get is not valid.',
  ],
  [
    'a permission of another level',
    { includedPermissions: ['resourcemanager.projects.list'] },
    'Permission resourcemanager.projects.list is not valid.',
  ],
  ['its own name', { name: 'projects/sample/roles/Sample' }, 'Must not specify role.name.'],
])('a role with %s is refused', async (_, role, message) => {
  const { owner } = await cloud();
  const refused = await owner.refused('POST', ROLES, make('Sample', role));
  expect(refused).toEqual({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } });
});

test('a role that breaks a limit is refused', async () => {
  const { owner } = await cloud();
  for (const [id, role] of [
    ['ab', {}],
    ['with-dash', {}],
    ['x'.repeat(65), {}],
    ['Fine', { title: 'x'.repeat(101) }],
    ['Fine', { title: 'é'.repeat(51) }],
    ['Fine', { description: 'x'.repeat(301) }],
    ['Fine', { includedPermissions: ['orgpolicy.policy.set'] }],
    ['Fine', { stage: 'NEVER' }],
    ['Fine', { surprise: true }],
  ] as const) {
    expect(await statusOf(owner, 'POST', ROLES, make(id, role)), JSON.stringify([id, role])).toBe(
      'INVALID_ARGUMENT',
    );
  }
  expect(await statusOf(owner, 'POST', ROLES, make('Fine', { title: 'x'.repeat(100) }))).toBe('OK');
});

test('a permission of the organization is for a role of the organization', async () => {
  const { owner } = await cloud();
  const role = make('Lister', {
    includedPermissions: ['resourcemanager.projects.list', 'resourcemanager.organizations.get'],
  });
  const made = await owner.post('organizations/1234567890/roles', role);
  expect(made.name).toBe('organizations/1234567890/roles/Lister');
  const listed = await owner.get('organizations/1234567890/roles?view=FULL');
  expect(listed.roles).toEqual([made]);
});

test('an ID that is taken is a 409', async () => {
  const { owner } = await cloud();
  await owner.post(ROLES, make('Taken'));
  expect(await owner.refused('POST', ROLES, make('Taken'))).toMatchObject({
    error: { code: 409, status: 'ALREADY_EXISTS', errors: [{ reason: 'alreadyExists' }] },
  });
});

test('patching changes what the mask names and nothing else, and a stale etag is a 409', async () => {
  const { owner } = await cloud();
  const made = await owner.post(
    ROLES,
    make('Changing', { title: 'Old', description: 'Stays', includedPermissions: ['run.services.get'] }),
  );
  const patched = await owner.patch(`${ROLES}/Changing?updateMask=title,included_permissions`, {
    title: 'New',
    description: 'Ignored',
    includedPermissions: ['run.services.list'],
    etag: made.etag,
  });
  expect(patched).toMatchObject({
    title: 'New',
    description: 'Stays',
    includedPermissions: ['run.services.list'],
  });
  expect(patched.etag).not.toBe(made.etag);
  expect(await owner.get(`${ROLES}/Changing`)).toEqual(patched);
  expect(
    await owner.refused('PATCH', `${ROLES}/Changing?updateMask=title`, { title: 'Late', etag: made.etag }),
  ).toMatchObject({
    error: { code: 409, status: 'ABORTED' },
  });
  expect(await statusOf(owner, 'PATCH', `${ROLES}/Changing?updateMask=colour`, {})).toBe('INVALID_ARGUMENT');
  const named = await owner.patch(`${ROLES}/Changing`, { stage: 'BETA' });
  expect(named).toMatchObject({ title: 'New', stage: 'BETA' });
});

test('a deleted role can be undeleted for 7 days, and its ID is taken until day 37', async () => {
  const { owner, advance } = await cloud();
  const made = await owner.post(ROLES, make('Mortal', { includedPermissions: ['run.services.get'] }));
  expect(await owner.delete(`${ROLES}/Mortal`)).toMatchObject({
    name: made.name,
    deleted: true,
    includedPermissions: ['run.services.get'],
  });
  expect(await owner.get(`${ROLES}/Mortal`)).toMatchObject({ deleted: true });
  expect(await owner.refused('POST', ROLES, make('Mortal'))).toMatchObject({
    error: {
      code: 400,
      status: 'FAILED_PRECONDITION',
      message:
        "You can't create a role with role_id (Mortal) where there is an existing role with that role_id in a deleted state.",
    },
  });
  expect(await statusOf(owner, 'PATCH', `${ROLES}/Mortal`, { title: 'Ghost' })).toBe('FAILED_PRECONDITION');
  await advance(6 * DAY);
  const back = await owner.post(`${ROLES}/Mortal:undelete`, {});
  expect(back).not.toHaveProperty('deleted');
  expect(await owner.get(`${ROLES}/Mortal`)).toEqual(back);

  await owner.delete(`${ROLES}/Mortal`);
  await advance(8 * DAY);
  expect(await owner.refused('GET', `${ROLES}/Mortal`)).toMatchObject({
    error: {
      code: 404,
      status: 'NOT_FOUND',
      message: 'The role named projects/sample/roles/Mortal was not found.',
    },
  });
  expect(await statusOf(owner, 'POST', `${ROLES}/Mortal:undelete`, {})).toBe('NOT_FOUND');
  expect(await errorOf(owner, 'POST', ROLES, make('Mortal'))).toBe(
    "You can't create a role_id (Mortal) which has been marked for deletion.",
  );
  await advance(30 * DAY);
  expect(await statusOf(owner, 'POST', ROLES, make('Mortal'))).toBe('OK');
});

test('a deleted role gives nothing until it is undeleted', async () => {
  const { owner, stranger } = await cloud();
  await owner.post(ROLES, make('Keeper', { includedPermissions: ['iam.roles.list'] }));
  const policy = await owner.post('projects/sample:getIamPolicy', {});
  await owner.post('projects/sample:setIamPolicy', {
    policy: {
      ...policy,
      bindings: [
        ...(policy.bindings as object[]),
        { role: 'projects/sample/roles/Keeper', members: ['user:stranger@example.com'] },
      ],
    },
  });
  expect(await statusOf(stranger, 'GET', ROLES)).toBe('OK');
  await owner.delete(`${ROLES}/Keeper`);
  expect(await statusOf(stranger, 'GET', ROLES)).toBe('PERMISSION_DENIED');
  await owner.post(`${ROLES}/Keeper:undelete`, {});
  expect(await statusOf(stranger, 'GET', ROLES)).toBe('OK');
});

test('lists hold permissions only with view=FULL, deleted roles only when asked, and come in pages', async () => {
  const { owner } = await cloud();
  for (const id of ['One', 'Two', 'Three'])
    await owner.post(ROLES, make(`Role${id}`, { includedPermissions: ['run.services.get'] }));
  await owner.delete(`${ROLES}/RoleTwo`);
  expect(names(await owner.get(ROLES), 'roles')).toEqual([`${ROLES}/RoleOne`, `${ROLES}/RoleThree`]);
  expect(await owner.get(ROLES)).not.toHaveProperty('roles.0.includedPermissions');
  expect(await owner.get(`${ROLES}?view=FULL`)).toHaveProperty('roles.0.includedPermissions');
  const first = await owner.get(`${ROLES}?showDeleted=true&pageSize=2`);
  expect(names(first, 'roles')).toHaveLength(2);
  const second = await owner.get(
    `${ROLES}?showDeleted=true&pageSize=2&pageToken=${String(first.nextPageToken)}`,
  );
  expect(names(second, 'roles')).toEqual([`${ROLES}/RoleThree`]);
  expect(second).not.toHaveProperty('nextPageToken');
});

test('a project has 300 roles at most', async () => {
  const { owner } = await cloud();
  const ids = Array.from({ length: 300 }, (_, i) => `Role${i}`);
  await Promise.all(ids.map((id) => owner.post(ROLES, make(id))));
  expect(await owner.refused('POST', ROLES, make('OneMore'))).toMatchObject({
    error: { code: 429, message: 'Maximum number of roles reached. Maximum is: 300' },
  });
});

test('predefined roles are there for everybody to read', async () => {
  const { stranger } = await cloud();
  const role = await stranger.get('roles/run.invoker');
  expect(role).toEqual({
    name: 'roles/run.invoker',
    title: 'Cloud Run Invoker',
    includedPermissions: ['run.instances.invoke', 'run.jobs.run', 'run.routes.invoke'],
    stage: 'GA',
    etag: 'AA==',
  });
  const page = await stranger.get('roles?pageSize=1000');
  expect(names(page, 'roles')).toContain('roles/owner');
  expect(page).not.toHaveProperty('roles.0.includedPermissions');
  expect(await errorOf(stranger, 'GET', 'roles/run.nobody')).toBe(
    'The role named roles/run.nobody was not found.',
  );
  expect(await statusOf(stranger, 'GET', 'roles/no-such')).toBe('INVALID_ARGUMENT');
});

test('a caller without the permission is refused, for a project that is there and for one that is not', async () => {
  const { stranger } = await cloud();
  for (const project of ['sample', 'nowhere-at-all']) {
    expect(await stranger.refused('GET', `projects/${project}/roles`)).toEqual({
      error: {
        code: 403,
        message: "Permission 'iam.roles.list' denied on resource (or it may not exist).",
        status: 'PERMISSION_DENIED',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'IAM_PERMISSION_DENIED',
            domain: 'iam.googleapis.com',
            metadata: { permission: 'iam.roles.list' },
          },
        ],
      },
    });
  }
});
