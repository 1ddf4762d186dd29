import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStage, type Run } from './stage.ts';

const builtIn = join(import.meta.dirname, '../../catalog/profiles/remotion-cloudrun.yaml');

/** A profile file in a folder: the built-in one, changed as text. */
async function changedProfile(folder: string, change: (text: string) => string): Promise<string> {
  const text = await readFile(builtIn, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  const file = join(folder, 'changed.yaml');
  await writeFile(file, changed);
  return file;
}

const attentions = ({ events }: Run) =>
  events
    .flatMap((event) => (event.type === 'step' ? (event.facts ?? []) : []))
    .filter(({ tone }) => tone === 'attention')
    .map(({ text }) => text);

/** A profile that also asks for a permission that Google does not know any more. */
const withStale = (text: string) =>
  text.replace(
    'permissions:\n',
    'permissions:\n  - name: run.locations.get\n    why: Was asked for once.\n    source: ours\n',
  );

test('a permission that is not valid any more is left out and named, and all else is made ready', async () => {
  const { folder, setup, check, writes, forgetRequests, cloud } = await openStage();
  const profile = await changedProfile(folder, withStale);

  const first = await setup({ profile });
  expect(first.exit).toBe(0);
  expect(attentions(first).join('\n')).toContain('run.locations.get is left out');
  expect((await cloud.role()).includedPermissions).toHaveLength(15);
  expect((await cloud.role()).includedPermissions).not.toContain('run.locations.get');
  const validated = first.events.findLast((event) => event.type === 'step' && event.step === 'validate');
  expect(validated).toMatchObject({
    state: 'ready',
    checks: Array(15).fill(expect.objectContaining({ ok: true })),
  });

  await forgetRequests();
  expect((await setup({ profile })).exit).toBe(0);
  expect(await writes()).toEqual([]);
  expect((await check({ profile })).exit).toBe(0);
});

test('a profile of which Google takes no permission at all stops a run before it writes: an empty role is of no use', async () => {
  const { folder, setup, writes } = await openStage();
  const none = (text: string) => text.replace(/^permissions:\n(?:(?: .*)?\n)+/mu, 'permissions:\n');
  const profile = await changedProfile(folder, (text) => withStale(none(text)));
  const { exit, result } = await setup({ profile });
  expect({ exit, problem: result.problem }).toMatchObject({
    exit: 3,
    problem: { what: 'the role RemotionSA could hold no permission that the profile asks for' },
  });
  expect(await writes()).toEqual([]);
});

test('a profile that grows later completes the role that is there', async () => {
  const { folder, setup, check, writes, forgetRequests, cloud } = await openStage();
  await setup();
  const grown = (text: string) =>
    text.replace(
      'permissions:\n',
      'permissions:\n  - name: run.jobs.run\n    why: Runs jobs as well.\n    source: ours\n',
    );
  const profile = await changedProfile(folder, grown);
  expect((await check({ profile })).result.changes?.filter(({ step }) => step === 'role')).toMatchObject([
    { name: 'RemotionSA', from: expect.stringContaining('run.jobs.run') },
  ]);
  await forgetRequests();
  expect((await setup({ profile })).exit).toBe(0);
  expect(await writes()).toEqual(['PATCH /v1/projects/acme-video/roles/RemotionSA']);
  expect((await cloud.role()).includedPermissions).toHaveLength(16);
});

test('an API that is off, and that the profile does not turn on, blocks before anything is written', async () => {
  const { folder, setup, check, writes, cloud } = await openStage();
  const without = (text: string) => text.replace(/ {2}- name: iam\.googleapis\.com\n {4}why: .*\n/, '');
  const profile = await changedProfile(folder, without);

  for (const run of [await check({ profile }), await setup({ profile })]) {
    expect(run).toMatchObject({ exit: 3, result: { status: 'blocked' } });
    expect(run.result.problem?.next).toContain(
      'gcloud services enable iam.googleapis.com --project=acme-video',
    );
  }
  expect(await writes()).toEqual([]);

  await cloud.enableService('iam.googleapis.com');
  expect((await setup({ profile })).exit).toBe(0);
});
