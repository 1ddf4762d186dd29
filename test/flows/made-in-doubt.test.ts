import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJournal } from '../../src/wizard/journal.ts';
import { standBetween } from './between.ts';
import { openStage, type Stage } from './stage.ts';

/** What the journal remembers of a step as made by runs. */
async function made({ folder, endpoint, project }: Stage, step: string): Promise<string[]> {
  const host = new URL(endpoint).host.replaceAll(':', '_');
  const journal = await readJournal(join(folder, 'state', host, project, 'remotion-cloudrun.json'));
  return journal.made.filter((each) => each.step === step).map(({ did }) => did);
}

test.each(['roles', 'serviceAccounts'])(
  'when Google fails and has made the %s all the same, the repeated call finds it there, and it counts as ours',
  async (what) => {
    const stage = await openStage();
    const then = { kind: 'status', status: 503 };
    await stage.fault({ method: 'POST', path: `*/${what}`, times: 1, when: 'after', then });
    expect((await stage.setup()).exit).toBe(0);
    expect(await made(stage, what === 'roles' ? 'role' : 'account')).toEqual(['created']);
  },
);

test('a grant that somebody else makes between our reading and our writing counts as theirs', async () => {
  const stage = await openStage();
  const { cloud } = stage;
  const grant = { role: cloud.roleName, members: [cloud.member] };
  let overtaken = false;
  const endpoint = await standBetween(stage.endpoint, async ({ path, pass }) => {
    if (path.endsWith(':setIamPolicy') && !overtaken) {
      overtaken = true;
      await cloud.changePolicy((policy) => ({ ...policy, bindings: [...policy.bindings, grant] }));
    }
    return pass();
  });
  expect((await stage.setup({ endpoint })).exit).toBe(0);
  expect(overtaken).toBe(true);
  expect(await made({ ...stage, endpoint }, 'grant')).toEqual([]);
});

test('of an act that was interrupted halfway, the next run remembers the half that was done', async () => {
  const stage = await openStage();
  const { setup, cloud, fault } = stage;
  await setup();
  const { includedPermissions } = await cloud.role();
  await cloud.patchRole({ includedPermissions: includedPermissions.slice(1) }, 'includedPermissions');
  await cloud.deleteRole();
  await fault({ method: 'PATCH', path: '*/roles/*', times: 1, then: { kind: 'reset' } });
  expect((await setup()).exit).toBe(6);
  expect(await cloud.role()).toMatchObject({ deleted: false });

  expect((await setup()).exit).toBe(0);
  expect(await made(stage, 'role')).toEqual(['created', 'restored', 'extended']);
});
