import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { standBetween, type Answer } from './between.ts';
import { openStage, type Stage } from './stage.ts';

/** Where the journal of a stage's project is. */
const journalOf = ({ folder, endpoint, project }: Stage) =>
  join(folder, 'state', new URL(endpoint).host.replaceAll(':', '_'), project, 'remotion-cloudrun.json');

/** A journal with an intent to make a key, now, and no receipt: as a run leaves it that dies in between. */
async function dieAfterTheIntent(stage: Stage, existing: readonly string[]): Promise<void> {
  const file = journalOf(stage);
  await mkdir(join(file, '..'), { recursive: true });
  const at = (await stage.now()).toISOString();
  const intent = { at, evidence: { existing: existing.join(' '), at, file: stage.keyFile } };
  await writeFile(file, JSON.stringify({ v: 1, answers: {}, intents: { key: intent }, receipts: {} }));
}

/** The list of keys as a replica answers that has not heard of one of them. */
function withoutKey(answer: Answer, id: string): Answer {
  const { keys = [] } = z
    .object({ keys: z.array(z.looseObject({ name: z.string() })).optional() })
    .parse(JSON.parse(answer.body.toString()));
  const known = keys.filter(({ name }) => !name.endsWith(`/${id}`));
  const body = Buffer.from(JSON.stringify({ keys: known }));
  const { 'content-type': type, date } = answer.headers;
  return { status: answer.status, headers: { 'content-type': type, date }, body };
}

const attentions = ({ events }: Awaited<ReturnType<Stage['setup']>>) =>
  events
    .flatMap((event) => (event.type === 'step' ? (event.facts ?? []) : []))
    .filter(({ tone }) => tone === 'attention')
    .map(({ text }) => text);

test('a key whose answer was lost is removed by the next run, which makes one of its own', async () => {
  const { setup, check, writes, forgetRequests, fault, heldKey, cloud } = await openStage();
  await fault({ method: 'POST', path: '*/keys', times: 1, then: { kind: 'lose-answer' } });
  const cut = await setup();
  expect(cut.exit).toBe(6);
  expect(cut.result.states).toMatchObject({ grant: 'ready', key: 'failed', validate: 'differs' });
  const [orphan = ''] = await cloud.keys();

  const checked = await check();
  expect(checked.result.changes).toContainEqual(
    expect.objectContaining({ step: 'key', sign: '-', name: orphan }),
  );
  await forgetRequests();
  expect((await setup()).exit).toBe(0);
  expect(await cloud.keys()).toEqual([(await heldKey()).id]);
  expect((await heldKey()).id).not.toBe(orphan);
  expect(await writes()).toEqual([
    expect.stringMatching(`^DELETE .*/keys/${orphan}$`),
    expect.stringMatching(/^POST .*\/keys$/),
  ]);
});

test('an interrupted run removes only its own key: those that were there before stay', async () => {
  const stage = await openStage();
  const { setup, cloud } = stage;
  await cloud.enableService('iam.googleapis.com');
  await cloud.createAccount();
  const before = [(await cloud.createKey()).id, (await cloud.createKey()).id];
  await dieAfterTheIntent(stage, before);
  const orphan = await cloud.createKey();

  const { exit } = await setup();
  expect(exit).toBe(0);
  const { id } = await stage.heldKey();
  expect(id).not.toBe(orphan.id);
  expect((await cloud.keys()).toSorted()).toEqual([...before, id].toSorted());
});

test('of two keys that appeared since an interrupted run none is removed, and both are named', async () => {
  const stage = await openStage();
  const { setup, cloud } = stage;
  await cloud.enableService('iam.googleapis.com');
  await cloud.createAccount();
  await dieAfterTheIntent(stage, []);
  const unknown = [(await cloud.createKey()).id, (await cloud.createKey()).id];

  const run = await setup();
  expect(run.exit).toBe(0);
  const named = attentions(run).join('\n');
  for (const id of unknown) expect(named).toContain(id);
  expect((await cloud.keys()).toSorted()).toEqual([...unknown, (await stage.heldKey()).id].toSorted());
});

test("a colleague's key, made after a run was interrupted before it made any, is nobody's orphan", async () => {
  const stage = await openStage();
  const { setup, check, advance, heldKey, cloud } = stage;
  await setup();
  const ours = await heldKey();
  await dieAfterTheIntent(stage, [ours.id]);
  await advance(3600);
  const theirs = await cloud.createKey();

  expect((await check()).exit).toBe(0);
  expect((await setup()).exit).toBe(0);
  expect((await cloud.keys()).toSorted()).toEqual([ours.id, theirs.id].toSorted());
});

test('an attempt that Google refused leaves no memory of a key that could be taken for an orphan', async () => {
  const stage = await openStage();
  const { setup, heldKey, cloud, fault } = stage;
  await fault({ method: 'POST', path: '*/keys', times: 1, then: { kind: 'status', status: 400 } });
  expect((await setup()).result.states).toMatchObject({ key: 'failed' });
  const theirs = await cloud.createKey();

  expect((await setup()).exit).toBe(0);
  expect((await cloud.keys()).toSorted()).toEqual([theirs.id, (await heldKey()).id].toSorted());
});

test('an orphan that no list shows yet is removed by a later run, once it shows', async () => {
  const stage = await openStage();
  const { setup, check, heldKey, endpoint, cloud } = stage;
  let orphan: string | undefined;
  let hidden = true;
  const slow = await standBetween(endpoint, async ({ method, path, pass }) => {
    const answer = await pass();
    if (!path.endsWith('/keys')) return answer;
    if (method === 'POST' && orphan === undefined) {
      [orphan] = await cloud.keys();
      return undefined;
    }
    return method === 'GET' && hidden && orphan !== undefined ? withoutKey(answer, orphan) : answer;
  });
  expect((await setup({ endpoint: slow })).exit).toBe(6);
  expect((await setup({ endpoint: slow })).exit).toBe(0);
  const { id } = await heldKey();
  expect((await cloud.keys()).toSorted()).toEqual([orphan, id].toSorted());

  hidden = false;
  expect((await check({ endpoint: slow })).result.changes).toMatchObject([
    { step: 'key', sign: '-', name: orphan },
  ]);
  expect((await setup({ endpoint: slow })).exit).toBe(0);
  expect(await cloud.keys()).toEqual([id]);
  expect((await check({ endpoint: slow })).exit).toBe(0);
});

test('an orphan that somebody removed first, while a replica still lists it, is no failure', async () => {
  const { setup, check, heldKey, endpoint, cloud } = await openStage();
  let lost = false;
  let lagging = false;
  let known: Answer | undefined;
  const behind = await standBetween(endpoint, async ({ method, path, pass }) => {
    if (method === 'DELETE') lagging = false;
    if (lagging && method === 'GET' && path.endsWith('/keys')) return (known ??= await pass());
    const answer = await pass();
    if (lost || method !== 'POST' || !path.endsWith('/keys')) return answer;
    lost = true;
    return undefined;
  });
  expect((await setup({ endpoint: behind })).exit).toBe(6);
  lagging = true;
  expect((await check({ endpoint: behind })).exit).toBe(2);
  const [orphan = ''] = await cloud.keys();
  await cloud.deleteKey(orphan);

  expect((await setup({ endpoint: behind })).exit).toBe(0);
  expect(await cloud.keys()).toEqual([(await heldKey()).id]);
});

test('a key that reached its file before the run died is kept', async () => {
  const stage = await openStage();
  const { setup, writes, forgetRequests, cloud } = stage;
  await setup();
  const { id } = await stage.heldKey();
  await dieAfterTheIntent(stage, []);
  await forgetRequests();

  expect((await setup()).exit).toBe(0);
  expect(await cloud.keys()).toEqual([id]);
  expect(await writes()).toEqual([]);
});

test('the lock of a run that was killed is taken over', async () => {
  const stage = await openStage();
  const { pid } = spawnSync(process.execPath, ['--version']);
  await mkdir(join(journalOf(stage), '..'), { recursive: true });
  await writeFile(`${journalOf(stage)}.lock`, String(pid));
  expect((await stage.setup()).exit).toBe(0);
});

test('an orphan that came to light only after the approval is not removed by that run, but by the next', async () => {
  const stage = await openStage();
  const { setup, cloud, forgetRequests, writes } = stage;
  await cloud.enableService('iam.googleapis.com');
  await cloud.createAccount();
  await dieAfterTheIntent(stage, []);
  const orphan = await cloud.createKey();
  await cloud.disableService('iam.googleapis.com');
  await forgetRequests();

  const { exit, result } = await setup();
  expect({ exit, problem: result.problem }).toMatchObject({
    exit: 3,
    problem: { what: expect.stringContaining(orphan.id), next: expect.stringContaining('run this again') },
  });
  expect((await writes()).filter((write) => write.includes('/keys'))).toEqual([]);
  expect(await cloud.keys()).toEqual([orphan.id]);

  expect((await setup()).exit).toBe(0);
  expect(await cloud.keys()).toEqual([(await stage.heldKey()).id]);
});
