import { expect } from 'vitest';
import * as z from 'zod';
import { loadProfile } from '../../src/profile/load.ts';
import { granted } from '../flows/profiles-granted.ts';
import { stageWithColleague } from './colleague.ts';
import { gcloudTest } from './gcloud.ts';

const Policy = z.object({ bindings: z.array(z.object({ role: z.string(), members: z.array(z.string()) })) });
const Accounts = z.array(z.object({ email: z.string() }));
const Role = z.object({ includedPermissions: z.array(z.string()) });

gcloudTest('gcloud sees what each of the nine profiles has made, and nothing else of it', async () => {
  const { gcloud, project, folder, setup } = await stageWithColleague();
  const members = new Map<string, string>();
  for (const name of Object.keys(granted)) {
    const run = await setup({ profile: name, keyFile: `${folder}/${name}.json` });
    expect(run, name).toMatchObject({ exit: 0 });
    const { account } = await loadProfile(name);
    members.set(name, `serviceAccount:${account.id}@${project}.iam.gserviceaccount.com`);
  }

  const json = '--format=json';
  const list = Accounts.parse(JSON.parse(await gcloud('iam', 'service-accounts', 'list', json)));
  const compute = list.find(({ email }) => email.endsWith('-compute@developer.gserviceaccount.com'));
  const [onProject, onCompute, role] = await Promise.all([
    gcloud('projects', 'get-iam-policy', project, json),
    gcloud('iam', 'service-accounts', 'get-iam-policy', compute?.email ?? '', json),
    gcloud('iam', 'roles', 'describe', 'CloudRunJobs', `--project=${project}`, json),
  ]);
  const rolesOf = (text: string, member: string, on: string) =>
    Policy.parse(JSON.parse(text))
      .bindings.filter((binding) => binding.members.includes(member))
      .map((binding) => [binding.role, on]);
  for (const [name, member] of members) {
    expect(
      [...rolesOf(onProject, member, 'project'), ...rolesOf(onCompute, member, 'compute')],
      name,
    ).toEqual(granted[name]);
    expect(list, name).toContainEqual(
      expect.objectContaining({ email: member.replace('serviceAccount:', '') }),
    );
  }
  const { includedPermissions } = Role.parse(JSON.parse(role));
  expect(includedPermissions).toContain('run.executions.cancel');
  expect(includedPermissions).not.toContain('iam.serviceAccounts.actAs');
});
