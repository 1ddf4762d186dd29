import { expect, test } from 'vitest';
import { account, cloud, errorOf, names, statusOf } from './iam-cloud.ts';

const TESTABLE = 'permissions:queryTestablePermissions';
const GRANTABLE = 'roles:queryGrantableRoles';
const PROJECT = '//cloudresourcemanager.googleapis.com/projects/sample';
const ORGANIZATION = '//cloudresourcemanager.googleapis.com/organizations/1234567890';

type Cloud = Awaited<ReturnType<typeof cloud>>;

async function all(caller: Cloud['owner'], path: string, field: string, fullResourceName: string) {
  const found: Record<string, unknown>[] = [];
  let pageToken: unknown;
  do {
    const page = await caller.post(path, { fullResourceName, pageSize: 1000, pageToken });
    found.push(...(page[field] as Record<string, unknown>[]));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return new Map(found.map((item) => [item.name, item]));
}

test('the testable permissions of a project leave out other levels and what is withdrawn', async () => {
  const { owner } = await cloud();
  const found = await all(owner, TESTABLE, 'permissions', PROJECT);
  expect(found.size).toBeGreaterThan(1000);
  expect(found.has('run.services.get')).toBe(true);
  for (const name of [
    'run.locations.get',
    'resourcemanager.projects.list',
    'resourcemanager.organizations.get',
  ]) {
    expect(found.has(name), name).toBe(false);
  }
  const ofOrganization = await all(owner, TESTABLE, 'permissions', ORGANIZATION);
  expect(ofOrganization.has('resourcemanager.projects.list')).toBe(true);
  expect(ofOrganization.size).toBeGreaterThan(found.size);
});

test('a permission tells what differs from the usual: its support in custom roles, and that its API is off', async () => {
  const { owner } = await cloud();
  const found = await all(owner, TESTABLE, 'permissions', PROJECT);
  expect(found.get('iam.roles.create')).toEqual({ name: 'iam.roles.create', stage: 'GA' });
  expect(found.get('compute.instances.get')).toEqual({
    name: 'compute.instances.get',
    stage: 'GA',
    apiDisabled: true,
  });
  expect(found.get('orgpolicy.policy.set')).toMatchObject({ customRolesSupportLevel: 'NOT_SUPPORTED' });
});

test('pages hold 100 permissions unless more are asked for, and 1,000 at most', async () => {
  const { owner } = await cloud();
  const page = await owner.post(TESTABLE, { fullResourceName: PROJECT });
  expect(page.permissions).toHaveLength(100);
  expect(
    (await owner.post(TESTABLE, { fullResourceName: PROJECT, pageSize: 5000 })).permissions,
  ).toHaveLength(1000);
  const other = { fullResourceName: ORGANIZATION, pageToken: page.nextPageToken };
  expect(await statusOf(owner, 'POST', TESTABLE, other)).toBe('INVALID_ARGUMENT');
});

test('a service account has permissions and roles of its own', async () => {
  const { owner } = await cloud();
  const email = await account(owner, 'renderer');
  const name = `//iam.googleapis.com/projects/sample/serviceAccounts/${email}`;
  const permissions = await all(owner, TESTABLE, 'permissions', name);
  expect(permissions.has('iam.serviceAccounts.actAs')).toBe(true);
  expect(permissions.has('iam.roles.get')).toBe(false);
  const roles = await all(owner, GRANTABLE, 'roles', name);
  expect(roles.has('roles/iam.serviceAccountUser')).toBe(true);
  expect(roles.has('roles/run.invoker')).toBe(false);
});

test('a project can grant roles from the organization down to single resources, and its own live ones', async () => {
  const { owner } = await cloud();
  for (const roleId of ['Alive', 'Deleted']) {
    await owner.post('projects/sample/roles', {
      roleId,
      role: { title: roleId, includedPermissions: ['run.services.get'] },
    });
  }
  await owner.delete('projects/sample/roles/Deleted');
  const roles = await all(owner, GRANTABLE, 'roles', PROJECT);
  expect(roles.get('projects/sample/roles/Alive')).toEqual({
    name: 'projects/sample/roles/Alive',
    title: 'Alive',
  });
  expect(roles.get('roles/run.invoker')).toEqual({ name: 'roles/run.invoker', title: 'Cloud Run Invoker' });
  for (const name of [
    'projects/sample/roles/Deleted',
    'roles/resourcemanager.organizationAdmin',
    'roles/storage.legacyBucketReader',
  ]) {
    expect(roles.has(name), name).toBe(false);
  }
  const ofOrganization = await all(owner, GRANTABLE, 'roles', ORGANIZATION);
  expect(ofOrganization.has('roles/resourcemanager.organizationAdmin')).toBe(true);
  const full = await owner.post(GRANTABLE, { fullResourceName: PROJECT, view: 'FULL', pageSize: 1 });
  expect(full).toHaveProperty('roles.0.includedPermissions', ['run.services.get']);
});

test('a name that gcloud made out of the endpoint is understood', async () => {
  const { owner, endpoint } = await cloud();
  const page = await owner.post(TESTABLE, {
    fullResourceName: `${endpoint.replace('http:', '')}/projects/sample`,
  });
  expect(page.permissions).toEqual((await owner.post(TESTABLE, { fullResourceName: PROJECT })).permissions);
  expect(await statusOf(owner, 'POST', TESTABLE, { fullResourceName: '//example.com/projects/sample' })).toBe(
    'INVALID_ARGUMENT',
  );
});

test('what is not a full resource name is refused, and so is what is not there', async () => {
  const { owner } = await cloud();
  for (const path of [TESTABLE, GRANTABLE]) {
    expect(await statusOf(owner, 'POST', path, { fullResourceName: 'projects/sample' })).toBe(
      'INVALID_ARGUMENT',
    );
    const nowhere = { fullResourceName: '//cloudresourcemanager.googleapis.com/projects/nowhere-at-all' };
    expect(await errorOf(owner, 'POST', path, nowhere)).toBe('The caller does not have permission');
  }
  const bucket = await owner.post(TESTABLE, {
    fullResourceName: '//storage.googleapis.com/projects/_/buckets/b',
  });
  expect(names(bucket, 'permissions')).toContain('storage.objects.create');
  expect(names(bucket, 'permissions')).not.toContain('storage.hmacKeys.create');
});
