import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { people } from '../simulator/kernel-cloud.ts';
import { openStage, type Run, type Stage } from './stage.ts';
import { teamProfile, teamWorld } from './team.ts';

const Policy = z.looseObject({
  bindings: z
    .array(
      z.looseObject({
        role: z.string(),
        members: z.array(z.string()),
        condition: z.object({ title: z.string(), expression: z.string() }).optional(),
      }),
    )
    .default([]),
});

const email = 'team-reports@acme-video.iam.gserviceaccount.com';
const member = `serviceAccount:${email}`;

/** A project with a bucket and a service, in an organisation that its owner may administer, and the profile above. */
async function teamStage() {
  const stage = await openStage({ world: await teamWorld() });
  const file = join(stage.folder, 'team.yaml');
  await writeFile(file, teamProfile);
  const flags = { profile: file, accessTokenFile: await stage.tokenOf(people.olivia) };
  const asOlivia = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${stage.endpoint}/${path}`, {
      method,
      headers: { authorization: `Bearer ${people.olivia}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return Policy.parse(await response.json());
  };
  return { ...stage, flags, asOlivia };
}

/** Every line that the account has, or people have by the profile: "role on what". */
async function linesOf({ asOlivia, cloud }: Awaited<ReturnType<typeof teamStage>>): Promise<string[]> {
  const three = { options: { requestedPolicyVersion: 3 } };
  const policies = {
    project: await asOlivia('POST', 'v3/projects/acme-video:getIamPolicy', three),
    account: await cloud.policyOfAccount(email).catch(() => Policy.parse({})),
    organization: await asOlivia('POST', 'v3/organizations/583920471652:getIamPolicy', three),
    bucket: await asOlivia('GET', 'storage/v1/b/acme-video-reports/iam?optionsRequestedPolicyVersion=3'),
    service: await asOlivia(
      'GET',
      'v2/projects/acme-video/locations/europe-west1/services/render:getIamPolicy',
    ),
  };
  return Object.entries(policies).flatMap(([on, { bindings }]) =>
    bindings.flatMap(({ role, members, condition }) =>
      members
        .filter((each) => each === member || role === 'roles/run.viewer')
        .map(
          (each) =>
            `${role} on ${on}: ${each === member ? 'it' : each}${condition ? ` (${condition.title})` : ''}`,
        ),
    ),
  );
}

const agents = 'roles/run.viewer on project: serviceAccount:764086051850@cloudservices.gserviceaccount.com';
const all = [
  'roles/logging.viewer on project: it',
  'roles/monitoring.viewer on project: it (Until 2035)',
  agents,
  'roles/run.viewer on project: user:vera@acme.com',
  'roles/run.viewer on project: group:platform@acme.com',
  'roles/iam.serviceAccountTokenCreator on account: it',
  'roles/browser on organization: it',
  'roles/storage.objectAdmin on bucket: it',
  'roles/run.invoker on service: it',
];
const grantsOf = ({ result }: Run) =>
  (result.changes ?? []).filter(({ what }) => what === 'grant').map(({ step, name }) => `${step} ${name}`);
const policyWrites = async ({ writes }: Stage) =>
  (await writes()).filter((each) => /iam$|IamPolicy$/i.test(each));

test('roles at every level, under conditions and for people, are planned with their reasons, made, tested, mended and undone', async () => {
  const stage = await teamStage();
  const { setup, check, repair, undo, flags, asOlivia, forgetRequests, writes } = stage;
  const planned = await setup({ ...flags, dryRun: true });
  expect(planned.exit).toBe(2);
  const told = (planned.result.changes ?? []).filter(({ what }) => what === 'grant');
  expect(told.map(({ step, name, to }) => `${step}: ${name} ${to ?? ''}`)).toEqual([
    `grant: roles/logging.viewer granted to ${email} on the project`,
    `grant: roles/monitoring.viewer granted to ${email} on the project, which works until 2035-01-01`,
    'grant: roles/run.viewer granted to user:vera@acme.com on the project',
    'grant: roles/run.viewer granted to group:platform@acme.com on the project',
    `grant-account: roles/iam.serviceAccountTokenCreator granted to ${email} on ${email}`,
    `grant-organization: roles/browser granted to ${email} on the organisation 583920471652`,
    `grant-bucket-acme-video-reports: roles/storage.objectAdmin granted to ${email} on the bucket acme-video-reports`,
    `grant-run-service-europe-west1-render: roles/run.invoker granted to ${email} on the Cloud Run service europe-west1/render`,
  ]);
  expect(told.map(({ why }) => why)).toEqual([
    ...['Read logs.', 'Watch it for a while.', 'Look at it.', 'Look at it.', 'Sign links.'],
    ...['Find projects.', 'Keep reports.', 'Render.'],
  ]);
  const facts = planned.events.flatMap((event) => (event.type === 'step' ? (event.facts ?? []) : []));
  expect(facts).toContainEqual({
    tone: 'note',
    text: "764086051850@cloudservices.gserviceaccount.com, a service agent of Google's, has roles/run.viewer, too, and keeps it",
  });
  expect(told[4]?.gcloud).toContain(
    `gcloud iam service-accounts add-iam-policy-binding ${email} --project=acme-video`,
  );
  expect(await writes()).toEqual([]);

  const made = await setup(flags);
  expect(made).toMatchObject({ exit: 0, result: { status: 'ready' } });
  expect((await linesOf(stage)).toSorted()).toEqual(all.toSorted());
  // One write a policy, however many lines.
  expect(await policyWrites(stage)).toHaveLength(5);
  const validated = made.events.findLast((event) => event.type === 'step' && event.step === 'validate');
  expect(validated).toMatchObject({ checks: Array(5).fill(expect.objectContaining({ ok: true })) });

  await forgetRequests();
  expect((await check(flags)).exit).toBe(0);
  expect((await setup(flags)).exit).toBe(0);
  expect(await writes()).toEqual([]);

  const bucket = await asOlivia('GET', 'storage/v1/b/acme-video-reports/iam');
  await asOlivia('PUT', 'storage/v1/b/acme-video-reports/iam', {
    ...bucket,
    bindings: bucket.bindings.filter(({ role }) => role !== 'roles/storage.objectAdmin'),
  });
  const found = await check(flags);
  expect(found.exit).toBe(2);
  expect(grantsOf(found)).toEqual(['grant-bucket-acme-video-reports roles/storage.objectAdmin']);
  expect((await repair(flags)).exit).toBe(0);
  expect((await linesOf(stage)).toSorted()).toEqual(all.toSorted());

  const undone = await undo(flags);
  expect(undone.exit).toBe(0);
  expect(await linesOf(stage)).toEqual([agents]);
});

test('a custom role of the organisation is granted like one of Google’s, and stays as it is', async () => {
  const stage = await teamStage();
  const { setup, undo, folder, flags, asOlivia, cloud } = stage;
  const role = 'organizations/583920471652/roles/TeamReports';
  const policy = await asOlivia('POST', 'v3/organizations/583920471652:getIamPolicy', {});
  const admin = { role: 'roles/iam.organizationRoleAdmin', members: ['user:olivia@acme.com'] };
  await asOlivia('POST', 'v3/organizations/583920471652:setIamPolicy', {
    policy: { ...policy, bindings: [...policy.bindings, admin] },
  });
  await asOlivia('POST', 'v1/organizations/583920471652/roles', {
    roleId: 'TeamReports',
    role: { title: 'Team reports', stage: 'GA', includedPermissions: ['logging.logEntries.list'] },
  });
  const grants = `grants:\n  - {role: ${role}, on: project, why: Read logs.}\n`;
  const asked = 'permissions:\n  - {name: logging.logEntries.list, why: Read logs.}\n';
  await writeFile(join(folder, 'team.yaml'), teamProfile.replace(/^grants:[^]*$/mu, grants + asked));
  expect((await setup(flags)).exit).toBe(0);
  const lines = async () => (await cloud.policy()).bindings.filter((binding) => binding.role === role);
  expect(await lines()).toMatchObject([{ members: [member] }]);
  expect((await undo(flags)).exit).toBe(0);
  expect(await lines()).toEqual([]);
});

test('an operator who may grant everywhere but above the project is told so of the organisation, and may do the rest', async () => {
  const stage = await teamStage();
  const flags = { profile: stage.flags.profile };
  const refused = await stage.setup(flags);
  expect(refused.exit).toBe(3);
  expect(await stage.writes()).toEqual([]);
  const found = refused.events.find((event) => event.type === 'preflight');
  expect(found).toMatchObject({
    lacks: [
      {
        permission: 'resourcemanager.organizations.setIamPolicy',
        on: 'organization/583920471652',
        stops: [{ what: 'grant', name: 'roles/browser' }],
      },
      { permission: 'resourcemanager.organizations.getIamPolicy' },
    ],
    remedies: [{ role: { role: 'roles/resourcemanager.organizationAdmin' } }],
    // The operator may not read who that is.
    ask: [],
    possible: expect.arrayContaining(['grant', 'grant-account', 'grant-bucket-acme-video-reports', 'key']),
  });
  const part = await stage.setup({ ...flags, partial: true });
  expect(part).toMatchObject({ exit: 3, result: { states: { 'grant-organization': 'blocked' } } });
  expect((await linesOf(stage)).toSorted()).toEqual(
    all.filter((line) => !line.includes('organization')).toSorted(),
  );
});

test('a bucket that is not there stops the run before anything is written, and says how to make it', async () => {
  const stage = await teamStage();
  const { setup, folder, flags, writes } = stage;
  await writeFile(join(folder, 'team.yaml'), teamProfile.replaceAll('{project}-reports', 'acme-other'));
  const run = await setup(flags);
  expect(run.exit).toBe(3);
  expect(run.result.problem).toMatchObject({
    what: 'the bucket acme-other is not there, and a role is to be granted on it',
    next: 'make it: gcloud storage buckets create gs://acme-other --project=acme-video',
  });
  expect(await writes()).toEqual([]);
});

test('who may not change the policy of the organisation is told so before anything is written', async () => {
  const { setup, flags, writes } = await teamStage();
  const run = await setup({ profile: flags.profile });
  expect(run.exit).toBe(3);
  expect(run.result.problem?.what).toBe(
    'you may not read or change the allow policy of the organisation of acme-video',
  );
  expect(run.result.problem?.next).toContain('roles/resourcemanager.organizationAdmin');
  expect(await writes()).toEqual([]);
});

test('a basic role is granted on the project, with a warning', async () => {
  const { check, folder, flags } = await teamStage();
  const basic = teamProfile.replace('roles/logging.viewer', 'roles/viewer');
  await writeFile(join(folder, 'team.yaml'), basic);
  const { events } = await check(flags);
  const facts = events.flatMap((event) => (event.type === 'step' ? (event.facts ?? []) : []));
  expect(facts.map(({ text }) => text)).toContain(
    'roles/viewer is a basic role: thousands of permissions, on everything in the project. A narrower one is safer',
  );
});

test('people who are named get what a profile grants to people, and agents of Google are nobody to name', async () => {
  const { setup, check, undo, cloud, writes } = await openStage();
  const refused = await check({
    profile: 'deployment-manager-viewer',
    member: 'user:vera@acme.com,serviceAccount:764086051850@cloudservices.gserviceaccount.com',
  });
  expect(refused.exit).toBe(64);
  expect(refused.result.problem?.what).toContain('agent of Google itself');
  expect((await check({ member: 'user:vera@acme.com' })).result.problem?.what).toContain(
    'remotion-cloudrun grants nothing to people',
  );
  expect(await writes()).toEqual([]);

  const flags = { profile: 'deployment-manager-viewer' };
  const made = await setup({ ...flags, member: 'user:vera@acme.com, group:platform@acme.com' });
  expect(made.exit).toBe(0);
  const held = async () =>
    (await cloud.policy()).bindings.find(({ role }) => role === 'roles/deploymentmanager.viewer')?.members;
  expect(await held()).toEqual([
    'serviceAccount:deployment-manager-viewer@acme-video.iam.gserviceaccount.com',
    ...['user:vera@acme.com', 'group:platform@acme.com'],
  ]);
  expect((await check(flags)).exit).toBe(0);
  expect((await undo(flags)).exit).toBe(0);
  expect(await held()).toBeUndefined();
});
