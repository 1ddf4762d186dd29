import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** The arguments of a command as a shell takes it. */
function argumentsOf(line = ''): string[] {
  const each = `for word in ${line}; do printf '%s\\0' "$word"; done`;
  return execFileSync('sh', ['-c', each]).toString().split('\0').slice(1, -1);
}

gcloudTest(
  'the commands of a plan do on a bucket what the program does, also under a condition',
  async () => {
    const { gcloud, folder, setup, check, undo } = await stageWithColleague();
    await gcloud('storage', 'buckets', 'create', 'gs://acme-video-reports');
    const profile = join(folder, 'team.yaml');
    await writeFile(
      profile,
      `name: team-reports
title: Team reports
summary: Keeps reports.
services: [{name: iam.googleapis.com, why: It makes the account.}]
account: {id: team-reports, displayName: Team reports}
grants:
  - role: roles/storage.objectUser
    on: bucket/{project}-reports
    why: Keep reports.
    condition:
      title: Until 2035, at most
      description: 'For the move; it ends then.'
      expression: request.time < timestamp("2035-01-01T00:00:00Z")
permissions: [{name: storage.objects.create, why: Keep reports.}]
`,
    );
    expect((await setup({ profile })).exit).toBe(0);
    const going = (await undo({ profile, dryRun: true })).result.changes?.find(
      ({ what }) => what === 'grant',
    );
    await gcloud(...argumentsOf(going?.gcloud));
    const found = await check({ profile });
    const lost = found.result.changes?.find(({ what }) => what === 'grant');
    expect([found.exit, lost?.from]).toEqual([2, 'not granted']);
    await gcloud(...argumentsOf(lost?.gcloud));
    expect((await check({ profile })).exit).toBe(0);
  },
);
