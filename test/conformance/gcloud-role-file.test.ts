import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as z from 'zod';
import { roleFile } from '../../src/commands/permissions-yaml.ts';
import { loadProfile } from '../../src/profile/load.ts';
import { cloudWithGcloud, gcloudTest } from './gcloud.ts';

gcloudTest('gcloud makes the role of a profile from its role file', async () => {
  const { gcloud, owner, folder } = await cloudWithGcloud();
  const profile = await loadProfile('remotion-cloudrun');
  const file = join(folder, 'role.yaml');
  await writeFile(file, roleFile(profile));
  await gcloud('iam', 'roles', 'create', 'RemotionSA', '--project=sample', `--file=${file}`);
  const made = await owner.get('projects/sample/roles/RemotionSA');
  expect(made).toMatchObject({ title: 'Remotion API Service Account', stage: 'GA' });
  const { includedPermissions } = z.looseObject({ includedPermissions: z.array(z.string()) }).parse(made);
  expect(includedPermissions.toSorted()).toEqual(profile.permissions.map(({ name }) => name).sort());
});
