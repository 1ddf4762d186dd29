import { expect, test } from 'vitest';
import { openStage, type Run, type Stage } from './stage.ts';
import { worldWhere } from './worlds.ts';

const DAY = 24 * 3600;
const account = (id: string) => ({ id, disabled: false, created: Date.parse('2024-02-29'), keys: [] });

/** Blocked, with exit 3: gives the problem that says what a person must do. */
function blocked(run: Run) {
  expect(run).toMatchObject({ exit: 3, result: { status: 'blocked', problem: { mover: 'person' } } });
  return run.result.problem;
}

async function writesNothingMore({ setup, writes, forgetRequests }: Stage, flags = {}): Promise<void> {
  await forgetRequests();
  expect((await setup(flags)).exit).toBe(0);
  expect(await writes()).toEqual([]);
}

test('a role that was deleted within the week is restored and completed, not made anew', async () => {
  const stage = await openStage();
  const { setup, writes, forgetRequests, advance, cloud } = stage;
  await setup();
  await cloud.patchRole({ includedPermissions: ['run.services.get', 'run.jobs.get'] }, 'includedPermissions');
  await cloud.deleteRole();
  await advance(6 * DAY);
  await forgetRequests();

  expect((await setup()).exit).toBe(0);
  expect(await writes()).toEqual([
    'POST /v1/projects/acme-video/roles/RemotionSA:undelete',
    'PATCH /v1/projects/acme-video/roles/RemotionSA',
  ]);
  const { deleted, includedPermissions } = await cloud.role();
  expect(deleted).toBe(false);
  expect(includedPermissions).toHaveLength(16);
  expect(includedPermissions).toContain('run.jobs.get');
  await writesNothingMore(stage);
});

test('a role ID marked for deletion blocks, another is offered, and that one works', async () => {
  const stage = await openStage();
  const { setup, check, advance, cloud } = stage;
  await setup();
  await cloud.deleteRole();
  await advance(8 * DAY);

  const offered = /--role-id=(?<id>\w+)$/.exec(blocked(await setup())?.next ?? '')?.groups?.['id'];
  expect(offered).toMatch(/^RemotionSA./);
  const flags = { roleId: offered };
  expect((await setup(flags)).exit).toBe(0);
  expect((await cloud.role(offered)).includedPermissions).toHaveLength(15);
  expect((await check(flags)).exit).toBe(0);
  await writesNothingMore(stage, flags);
});

test('an account that has ten keys gets no eleventh, and none is deleted to make room', async () => {
  const { setup, writes, forgetRequests, cloud } = await openStage();
  await cloud.enableService('iam.googleapis.com');
  await cloud.createAccount();
  const keys = await Promise.all(Array.from({ length: 10 }, async () => (await cloud.createKey()).id));
  await forgetRequests();

  const problem = blocked(await setup());
  expect(problem?.what).toContain('ten keys');
  expect(problem?.next).toContain('--delete-key=ID');
  expect(problem?.keys?.map(({ id }) => id).toSorted()).toEqual(keys.toSorted());
  expect(await writes()).toEqual([]);

  await cloud.deleteKey(keys[0] ?? '');
  expect((await setup()).exit).toBe(0);
  expect((await cloud.keys()).toSorted()).toEqual(expect.arrayContaining(keys.slice(1)));
});

test('where an organisation policy forbids keys, the constraint is named', async () => {
  const { setup } = await openStage();
  const run = await setup({ project: 'acme-live' });
  expect(blocked(run)?.why).toContain('constraints/iam.disableServiceAccountKeyCreation');
  expect(run.result.states).toMatchObject({ grant: 'ready', key: 'failed', validate: 'differs' });
});

test('a project with a hundred service accounts takes no more, and what is made already is kept', async () => {
  const robots = Array.from({ length: 100 }, (_, n) => account(`robot-${n}-of-others`));
  const { setup, cloud } = await openStage({ world: await worldWhere(() => ({ serviceAccounts: robots })) });
  expect(blocked(await setup())?.what).toContain('as many service accounts as it may');

  await cloud.call(
    'DELETE',
    'v1/projects/-/serviceAccounts/robot-0-of-others@acme-video.iam.gserviceaccount.com',
  );
  expect((await setup()).exit).toBe(0);
});

test('a project without a billing account is sent to link one, and nothing is made in it', async () => {
  const { setup, writes } = await openStage();
  const run = await setup({ project: 'acme-sandbox' });
  expect(blocked(run)?.next).toContain('gcloud billing projects link acme-sandbox');
  expect(run.result.states).toMatchObject({ role: 'differs', account: 'differs', key: 'differs' });
  expect(await writes()).toEqual(['POST /v1/projects/acme-sandbox/services:batchEnable']);
});

test('a role of that ID that a colleague made is adopted and completed', async () => {
  const stage = await openStage();
  const { setup, cloud } = stage;
  await cloud.enableService('iam.googleapis.com');
  const theirs = {
    title: 'Render bot',
    stage: 'BETA',
    includedPermissions: ['run.services.get', 'run.jobs.get'],
  };
  await cloud.createRole('RemotionSA', theirs);

  expect((await setup()).exit).toBe(0);
  const role = await cloud.role();
  expect(role).toMatchObject({ title: 'Render bot', stage: 'BETA' });
  expect(role.includedPermissions).toHaveLength(16);
  await writesNothingMore(stage);
});
