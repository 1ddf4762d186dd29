import { expect, test } from 'vitest';
import * as z from 'zod';
import { listProfiles } from '../../src/profile/load.ts';
import { granted } from './profiles-granted.ts';
import { openStage, type Stage } from './stage.ts';

const Accounts = z.object({ accounts: z.array(z.object({ email: z.string() })).default([]) });

test('there are nine profiles, and each is told of here', async () => {
  const names = (await listProfiles()).map(({ name }) => name);
  expect(names.toSorted()).toEqual(Object.keys(granted).toSorted());
  expect(names).toHaveLength(9);
});

/** Roles of the member on the project, and on the default account of Compute Engine, where there is one. */
async function rolesOf({ cloud, project }: Stage, member: string) {
  const accounts = Accounts.parse(await cloud.call('GET', `v1/projects/${project}/serviceAccounts`)).accounts;
  const compute = accounts.find(({ email }) => email.endsWith('-compute@developer.gserviceaccount.com'));
  const policies = [
    { on: 'project', policy: await cloud.policy() },
    ...(compute ? [{ on: 'compute', policy: await cloud.policyOfAccount(compute.email) }] : []),
  ];
  return policies.flatMap(({ on, policy }) =>
    policy.bindings.filter(({ members }) => members.includes(member)).map(({ role }) => [role, on]),
  );
}

test('each of the nine sets up, is tested as the account, checks and is undone', async () => {
  const stage = await openStage();
  const { setup, check, undo, writes, forgetRequests, project } = stage;
  for (const profile of await listProfiles()) {
    const { name, permissions, account } = profile;
    const member = `serviceAccount:${account.id}@${project}.iam.gserviceaccount.com`;
    const flags = { profile: name, keyFile: `${stage.folder}/${name}.json` };

    const made = await setup(flags);
    const [started] = made.events;
    const notices = started?.type === 'run.started' ? started.notices.join() : '';
    expect(notices.includes('31 March 2026. Move to Infrastructure Manager'), name).toBe(
      name.startsWith('deployment-manager'),
    );
    expect(made, name).toMatchObject({ exit: 0, result: { status: 'ready' } });
    expect(await rolesOf(stage, member), name).toEqual(granted[name]);
    const validated = made.events.findLast((event) => event.type === 'step' && event.step === 'validate');
    expect(validated, name).toMatchObject({
      checks: permissions.map((each) => ({ name: each.name, ok: true })),
    });

    await forgetRequests();
    expect(await check(flags), name).toMatchObject({ exit: 0 });
    expect(await writes(), name).toEqual([]);

    expect(await undo(flags), name).toMatchObject({ exit: 0 });
    expect(await rolesOf(stage, member), name).toEqual([]);
    expect(
      (await stage.world()).serviceAccounts.filter(({ email }) => email === member.slice(15)),
      name,
    ).toEqual([expect.objectContaining({ deleted: expect.any(String) as string })]);
  }
});
