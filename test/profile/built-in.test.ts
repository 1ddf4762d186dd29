import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogFolder } from '../../src/profile/catalog-folder.ts';
import { loadCatalog } from '../../src/simulator/catalog.ts';
import { listProfiles, loadProfile } from '../../src/profile/load.ts';

// Both lists were read off https://www.remotion.dev/docs/cloudrun/permissions, in its order.
const onThePage = [
  'iam.serviceAccounts.actAs',
  'run.operations.get',
  'run.routes.invoke',
  'run.services.create',
  'run.services.get',
  'run.services.delete',
  'run.services.list',
  'run.services.update',
  'storage.buckets.create',
  'storage.buckets.get',
  'storage.buckets.list',
  'storage.objects.create',
  'storage.objects.delete',
  'storage.objects.list',
  'logging.logEntries.list',
];
const explainedThere = [
  'iam.serviceAccounts.actAs',
  'run.operations.get',
  'run.routes.invoke',
  'run.services.create',
  'run.services.list',
  'run.services.update',
  'storage.buckets.create',
  'storage.buckets.list',
  'storage.objects.create',
  'logging.logEntries.list',
];

describe('the profile remotion-cloudrun', () => {
  test("asks for exactly the permissions of Remotion's page, in its order", async () => {
    const { permissions } = await loadProfile('remotion-cloudrun');
    expect(permissions.map(({ name }) => name)).toEqual(onThePage);
  });

  test("says why of every permission, and calls a reason Remotion's only where its page gives one", async () => {
    const { permissions } = await loadProfile('remotion-cloudrun');
    for (const { name, why, source } of permissions) {
      expect(why, name).toMatch(/^[A-Z].{20,}\.$/u);
      expect(source, name).toBe(explainedThere.includes(name) ? 'remotion' : 'ours');
    }
    expect(permissions.filter(({ source }) => source === 'remotion')).toHaveLength(10);
  });

  test('warns of acting as every account, and of nothing else', async () => {
    const { permissions } = await loadProfile('remotion-cloudrun');
    const warned = permissions.filter(({ warning }) => warning !== undefined);
    expect(warned.map(({ name }) => name)).toEqual(['iam.serviceAccounts.actAs']);
    expect(warned[0]?.warning).toContain('every service account');
  });

  test("uses the names that Remotion's own installer gives, so that its work is adopted", async () => {
    const profile = await loadProfile('remotion-cloudrun');
    expect(profile.role).toMatchObject({
      id: 'RemotionSA',
      title: 'Remotion API Service Account',
      stage: 'GA',
    });
    expect(profile.account).toMatchObject({ id: 'remotion-sa', displayName: 'Remotion Service Account' });
    expect(profile.services.map(({ name }) => name)).toEqual([
      'run.googleapis.com',
      'cloudresourcemanager.googleapis.com',
      'iam.googleapis.com',
    ]);
    expect(profile.env).toEqual({
      privateKey: 'REMOTION_GCP_PRIVATE_KEY',
      clientEmail: 'REMOTION_GCP_CLIENT_EMAIL',
      projectId: 'REMOTION_GCP_PROJECT_ID',
    });
    expect(profile.next.map(({ run }) => run)).toEqual(['npx remotion cloudrun services deploy']);
    expect(profile.status.stage).toBe('alpha');
  });
});

test('every built-in profile is valid, and has the name of its file', async () => {
  const files = await readdir(path.join(catalogFolder(), 'profiles'));
  const listed = await listProfiles();
  expect(listed.map(({ name }) => `${name}.yaml`).toSorted()).toEqual(files.toSorted());
  expect(listed[0]?.name).toBe('remotion-cloudrun');
  expect(listed.at(-1)?.status.stage).toBe('deprecated');
  for (const { name, title, summary } of listed) {
    const profile = await loadProfile(name);
    expect({ name: profile.name, title: profile.title, summary: profile.summary }).toEqual({
      name,
      title,
      summary,
    });
  }
});

test('the embedded cloud knows every permission of every built-in profile, and takes it in a role of a project', async () => {
  const { permissions: known } = await loadCatalog();
  for (const { name } of await listProfiles())
    for (const permission of (await loadProfile(name)).permissions) {
      const facts = known.get(permission.name);
      expect(facts?.customRole, permission.name).toBe('SUPPORTED');
      expect(facts?.levels, permission.name).toContain('project');
    }
});
