import { expect, test } from 'vitest';
import { loadProfile } from '../../src/profile/load.ts';
import { permissions, scratch, withPermissions } from './scratch.ts';

test('the limits themselves are allowed', async () => {
  await using files = await scratch();
  const text = withPermissions(permissions(3000))
    .replace('id: TeamDeploy', `id: ${'R'.repeat(64)}\n  description: ${'d'.repeat(300)}`)
    .replace('displayName: Team deploy', `displayName: ${'é'.repeat(50)}\n  description: ${'d'.repeat(256)}`)
    .replace('id: team-deploy', `id: a${'-'.repeat(28)}z`);
  const profile = await loadProfile(await files.write(text));
  expect(profile.permissions).toHaveLength(3000);
  expect(profile.role?.id).toHaveLength(64);
  expect(profile.account.id).toHaveLength(30);
});

test('names of permissions that Google really has are allowed in all their shapes', async () => {
  await using files = await scratch();
  const names = [
    'cloudvolumesgcp-api.netapp.com/activeDirectories.create',
    'networkservices.route_views.get',
    'dns.changes.list',
  ];
  const list = names.map((name) => `  - {name: ${name}, why: x}\n`).join('');
  const profile = await loadProfile(await files.write(withPermissions(list)));
  expect(profile.permissions.map(({ name }) => name)).toEqual(names);
});
