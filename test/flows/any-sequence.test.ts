import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyBindings, foreignPart } from './any-policy.ts';
import type { CloudByHand } from './cloud-by-hand.ts';
import { openStage } from './stage.ts';

// One seed, so that what fails here fails everywhere.
const seed = 20_260_101;
const owner = { role: 'roles/owner', members: ['user:ada@acme.com'] };
const role = 'projects/acme-video/roles/RemotionSA';

/** What others may do between two runs of ours; what is not there to be changed is left. */
const drifts: Record<string, (cloud: CloudByHand, key: () => Promise<string>) => Promise<unknown>> = {
  'takes a permission': async (cloud) => {
    const { includedPermissions, deleted } = await cloud.role();
    if (!deleted)
      await cloud.patchRole({ includedPermissions: includedPermissions.slice(1) }, 'includedPermissions');
  },
  'adds a permission': async (cloud) => {
    const { includedPermissions, deleted } = await cloud.role();
    const more = [...new Set([...includedPermissions, 'run.jobs.get'])];
    if (!deleted) await cloud.patchRole({ includedPermissions: more }, 'includedPermissions');
  },
  'deletes the role': async (cloud) => {
    if (!(await cloud.role()).deleted) await cloud.deleteRole();
  },
  'disables the role': async (cloud) => {
    if (!(await cloud.role()).deleted) await cloud.patchRole({ stage: 'DISABLED' }, 'stage');
  },
  'disables the account': (cloud) => cloud.disableAccount(),
  'makes the account anew': async (cloud) => {
    await cloud.deleteAccount();
    await cloud.createAccount();
  },
  'deletes the key': async (cloud, key) => {
    const held = await key();
    if ((await cloud.keys()).includes(held)) await cloud.deleteKey(held);
  },
  'turns off a service': (cloud) => cloud.disableService('run.googleapis.com'),
  'revokes the grant': (cloud) =>
    cloud.changePolicy((policy) => ({ ...policy, ...foreignPart(policy, cloud) })),
};

test('whatever the policy of others, our grant leaves it as found and a second run writes nothing', async () => {
  const { folder, setup, writes, forgetRequests, cloud } = await openStage({ quota: false });
  await setup();
  let runs = 0;
  const oneRun = async (theirs: object[]): Promise<void> => {
    const before = await cloud.changePolicy((policy) => ({ ...policy, bindings: [owner, ...theirs] }));
    const stateDir = join(folder, `state-${runs++}`);
    expect((await setup({ stateDir })).exit).toBe(0);
    const after = await cloud.policy();
    expect(foreignPart(after, cloud)).toEqual(foreignPart(before, cloud));
    expect(after.bindings).toContainEqual({ role, members: expect.arrayContaining([cloud.member]) });
    await forgetRequests();
    expect((await setup({ stateDir })).exit).toBe(0);
    expect(await writes()).toEqual([]);
  };
  await fc.assert(fc.asyncProperty(anyBindings(role), oneRun), { numRuns: 25, seed });
});

test("others' bindings survive any sequence of setup, drift and repair, and a run after a repair writes nothing", async () => {
  const drift = fc.constantFrom(...Object.keys(drifts));
  const round = fc.record({
    drift: fc.array(drift, { minLength: 1, maxLength: 3 }),
    theirs: anyBindings(role),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 3 }), async (rounds) => {
      const { setup, check, writes, forgetRequests, heldKey, cloud, close } = await openStage({
        quota: false,
      });
      expect((await setup()).exit).toBe(0);
      for (const { drift, theirs } of rounds) {
        for (const name of drift) await drifts[name]?.(cloud, async () => (await heldKey()).id);
        const ours = (await cloud.policy()).bindings.filter((binding) => binding.role === role);
        const before = await cloud.changePolicy((policy) => ({
          ...policy,
          bindings: [owner, ...ours, ...theirs.filter((binding) => binding.role !== role)],
        }));
        expect((await setup()).exit).toBe(0);
        expect(foreignPart(await cloud.policy(), cloud)).toEqual(foreignPart(before, cloud));
        await forgetRequests();
        expect((await setup()).exit).toBe(0);
        expect((await check()).exit).toBe(0);
        expect(await writes()).toEqual([]);
      }
      await close();
    }),
    { numRuns: 8, seed },
  );
});
