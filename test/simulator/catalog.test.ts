import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { catalogFolder } from '../../src/simulator/catalog-folder.ts';
import { loadCatalog, readCatalog } from '../../src/simulator/catalog.ts';

const catalog = await loadCatalog();
const folder = await mkdtemp(join(tmpdir(), 'iamready-catalog-'));
afterAll(() => rm(folder, { recursive: true }));

const permissionsOf = (role: string) => {
  const found = catalog.roles.get(role);
  if (!found) throw new Error(`${role} is not in the catalog`);
  return found.permissions;
};

/** A catalog of one permission file and one role file, as a person might have edited them. */
async function edited(permissions: string, roles: string) {
  await Promise.all(['permissions', 'roles'].map((name) => mkdir(join(folder, name), { recursive: true })));
  await writeFile(join(folder, 'permissions', 'run.yaml'), permissions);
  await writeFile(join(folder, 'roles', 'run.yaml'), roles);
  return readCatalog(folder);
}
const run =
  'service: run.googleapis.com\ntitle: Cloud Run\nprefix: run\nresources: |\n  services: create get list\n';

test('every predefined role expands to permissions that the catalog knows', () => {
  expect(catalog.roles.size).toBeGreaterThan(300);
  for (const role of catalog.roles.values()) {
    expect(role.permissions.size, role.name).toBeGreaterThan(0);
    expect(role.title).not.toBe('');
    for (const name of role.permissions)
      expect(catalog.permissions.has(name), `${role.name}: ${name}`).toBe(true);
  }
});

test('Viewer is part of Editor, and Editor of Owner', () => {
  for (const [less, more] of [
    ['roles/viewer', 'roles/editor'],
    ['roles/editor', 'roles/owner'],
  ] as const) {
    const wider = permissionsOf(more);
    expect([...permissionsOf(less)].filter((name) => !wider.has(name))).toEqual([]);
    expect(wider.size).toBeGreaterThan(permissionsOf(less).size);
  }
});

test('permissions that Google has withdrawn are absent', () => {
  for (const name of [
    'run.locations.get',
    'deploymentmanager.compositeTypes.patch',
    'deploymentmanager.typeProviders.patch',
  ]) {
    expect(catalog.permissions.has(name), name).toBe(false);
  }
});

test('roles hold what Google says they hold', () => {
  expect([...permissionsOf('roles/run.invoker')].sort()).toEqual([
    'run.instances.invoke',
    'run.jobs.run',
    'run.routes.invoke',
  ]);
  expect([...permissionsOf('roles/iam.serviceAccountUser')].sort()).toEqual([
    'iam.serviceAccounts.actAs',
    'iam.serviceAccounts.get',
    'iam.serviceAccounts.list',
    'resourcemanager.projects.get',
    'resourcemanager.projects.list',
  ]);
  expect(permissionsOf('roles/run.admin').has('run.services.setIamPolicy')).toBe(true);
  expect(permissionsOf('roles/run.developer').has('run.services.setIamPolicy')).toBe(false);
  expect(permissionsOf('roles/editor').has('iam.serviceAccounts.actAs')).toBe(true);
  expect(permissionsOf('roles/owner').has('iam.serviceAccounts.getAccessToken')).toBe(false);
});

test('a permission says at which levels it can be used, and whose it is', () => {
  const facts = (name: string) => catalog.permissions.get(name);
  expect(facts('resourcemanager.organizations.get')?.levels).toEqual(['organization']);
  expect(facts('resourcemanager.folders.get')?.levels).toEqual(['organization', 'folder']);
  expect(facts('resourcemanager.projects.list')?.levels).not.toContain('project');
  expect(facts('resourcemanager.projects.get')?.levels).toContain('project');
  expect(facts('billing.accounts.get')?.levels).not.toContain('project');
  expect(facts('iam.serviceAccounts.actAs')?.levels).toContain('resource');
  expect(facts('iam.roles.create')?.levels).not.toContain('resource');
  expect(facts('resourcemanager.projects.get')?.service).toBe('cloudresourcemanager.googleapis.com');
  expect(facts('orgpolicy.policy.set')?.customRole).toBe('NOT_SUPPORTED');
  expect(catalog.services.get('run.googleapis.com')).toBe('Cloud Run Admin API');
});

test('the catalog is read once a process', async () => {
  expect(await loadCatalog()).toBe(catalog);
});

test('"all but" leaves out what it names, and "includes" adds another role', async () => {
  const { roles } = await edited(
    run,
    'roles/a:\n  title: A\n  lowest: project\n  permissions: |\n    run.services: all but get\n      list\n' +
      'roles/b:\n  title: B\n  lowest: project\n  includes: roles/a\n  permissions: |\n    run.services: get\n',
  );
  expect([...(roles.get('roles/a')?.permissions ?? [])]).toEqual(['run.services.create']);
  expect([...(roles.get('roles/b')?.permissions ?? [])].sort()).toEqual([
    'run.services.create',
    'run.services.get',
  ]);
});

test('an edit that means nothing is refused, and the error says which', async () => {
  const role = 'roles/a:\n  title: A\n  lowest: project\n';
  await expect(edited(`${run}alsoOnResource: servces.*\n`, role)).rejects.toThrow('servces.*');
  await expect(edited(run.replace('title', 'titel'), role)).rejects.toThrow(/run\.yaml.*titel/s);
  await expect(edited(`${run}  jobs\n`, role)).rejects.toThrow('"jobs" is not "resource: actions"');
  const { roles } = await edited(run, `${role}  permissions: |\n    run.services: fetch\n`);
  expect(() => roles.get('roles/a')?.permissions).toThrow('run.services.fetch');
  const { roles: others } = await edited(run, `${role}  permissions: |\n    run.services: all but fetch\n`);
  expect(() => others.get('roles/a')?.permissions).toThrow('run.services.fetch');
});

test('each folder says at the head of one file how its files are written', async () => {
  for (const file of ['permissions/iam.yaml', 'roles/basic.yaml']) {
    expect(await readFile(join(catalogFolder(), file), 'utf8')).toMatch(/^# The form of this folder/);
  }
});
