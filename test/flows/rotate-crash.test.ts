import { promises } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openCloud } from '../../src/google/cloud.ts';
import { serviceAccountKey } from '../../src/google/credentials.ts';
import type { RunFlags } from '../../src/commands/run-flags.ts';
import { startProgram } from '../campaign/program.ts';
import { standBetween } from './between.ts';
import { openStage, type Run, type Stage } from './stage.ts';
import { stride } from './stride.ts';

/** An account that is ready, with a key of ours in its file and one that somebody else has made. */
async function readyStage() {
  const stage = await openStage({ quota: false });
  expect((await stage.setup()).exit).toBe(0);
  return { ...stage, foreign: (await stage.cloud.createKey()).id };
}

/** What must hold once a rotation was cut off: first at once, then after whatever run comes next. */
async function goOn(
  stage: Stage & { foreign: string },
  old: string,
  { setupFirst, ...flags }: RunFlags & { setupFirst: boolean },
): Promise<void> {
  const { keyFile, endpoint, project, foreign, setup, rotate, heldKey, cloud, requests } = stage;
  const credentials = serviceAccountKey(await readFile(keyFile, 'utf8'));
  await openCloud({ endpoint, credentials }).projects.test(project, ['resourcemanager.projects.get']);
  // What was on its way when the run was stopped is done by the time that anybody starts another.
  await vi.waitFor(async () => expect((await requests()).filter(({ status }) => status === 0)).toEqual([]));
  await stage.forgetRequests();
  if (setupFirst) {
    expect(await setup(flags)).toMatchObject({ exit: 0 });
    const allowed = [foreign, old, (await heldKey()).id];
    expect((await cloud.keys()).filter((id) => !allowed.includes(id))).toEqual([]);
  }
  expect(await rotate({ ...flags, grace: '0' })).toMatchObject({ exit: 0 });
  const held = await heldKey();
  expect(held).toMatchObject({ mode: 0o600, id: expect.not.stringMatching(old) });
  expect((await cloud.keys()).toSorted()).toEqual([foreign, held.id].toSorted());
}

test.each(['before', 'after'])(
  'cut off just %s Google has done any request, a rotation leaves a file whose key signs in, and the next run ends ready',
  async (moment) => {
    const stage = await readyStage();
    let at = 1 - stride;
    let requests = 0;
    let stop = new AbortController();
    let crashed = true;
    const endpoint = await standBetween(stage.endpoint, async ({ method, pass }) => {
      if (crashed) return pass();
      if (moment === 'before' && method === 'GET') return pass(); // nothing that "after" does not cover
      const isLast = ++requests === at;
      const isCut = (): boolean => stop.signal.aborted;
      if (isLast && moment === 'before') stop.abort(new Error('cut off by the test'));
      if (isCut()) return undefined;
      const answer = await pass();
      if (isLast) stop.abort(new Error('cut off by the test'));
      return isCut() ? undefined : answer;
    });
    for (let ended: Run | undefined; ended?.exit !== 0;) {
      const { id: old } = await stage.heldKey();
      at += stride;
      requests = 0;
      stop = new AbortController();
      crashed = false;
      ended = await stage.rotate({ endpoint, grace: '0' }, { stop });
      crashed = true;
      if (ended.exit === 0) break;
      expect(ended.exit).toBe(130);
      await goOn(stage, old, { endpoint, setupFirst: at % 2 === 0 });
    }
    expect(at).toBeGreaterThan(moment === 'before' ? 12 : 20);
  },
  60_000,
);

test.each(['before', 'after'])(
  'cut off just %s any file is put in its place, a rotation leaves a file whose key signs in, and the next run ends ready',
  async (moment) => {
    const stage = await readyStage();
    const rename = promises.rename;
    onTestFinished(() => intercept(rename));
    let at = 0;
    for (let ended: Run | undefined; ended?.exit !== 0;) {
      const { id: old } = await stage.heldKey();
      at += 1;
      let files = 0;
      const stop = new AbortController();
      // Journal and key file are written beside their place, and then put there.
      intercept(async (from, to) => {
        const isLast = ++files === at;
        if (isLast) stop.abort(new Error('cut off by the test'));
        if (!stop.signal.aborted || (isLast && moment === 'after')) await rename(from, to);
        else throw Object.assign(new Error('cut off by the test'), { code: 'EIO' });
      });
      ended = await stage.rotate({ grace: '0' }, { stop });
      intercept(rename);
      if (ended.exit !== 0) await goOn(stage, old, { setupFirst: at % 2 === 0 });
    }
    expect(at).toBeGreaterThan(7);
  },
  60_000,
);

test('where the file cannot be replaced after all, the new key is deleted again, and the old one stays in it and in use', async () => {
  const stage = await readyStage();
  const { id: old } = await stage.heldKey();
  const rename = promises.rename;
  onTestFinished(() => intercept(rename));
  intercept((from, to) => {
    if (to !== stage.keyFile) return rename(from, to);
    return Promise.reject(Object.assign(new Error('no room'), { code: 'ENOSPC' }));
  });
  const { exit, result } = await stage.rotate();
  intercept(rename);
  expect({ exit, next: result.problem?.next }).toEqual({
    exit: 3,
    next: 'free some space, then run this again',
  });
  expect((await stage.heldKey()).id).toBe(old);
  expect((await stage.cloud.keys()).toSorted()).toEqual([stage.foreign, old].toSorted());
  expect((await stage.check()).exit).toBe(0);
});

test.each([
  ['has a key that is in no file', 'POST', /\/keys$/],
  ['has the new key in its file and the old one still in use', 'POST', /:disable$/],
])('a process that is killed when it %s is taken up by the next rotation', async (_when, method, path) => {
  const stage = await readyStage();
  const { id: old } = await stage.heldKey();
  const killer = new AbortController();
  const endpoint = await standBetween(stage.endpoint, async (request) => {
    if (killer.signal.aborted || request.method !== method || !path.test(request.path)) return request.pass();
    if (request.path.endsWith('/keys')) await request.pass();
    killer.abort();
    return undefined;
  });
  const victim = startProgram(stage, { command: 'rotate', endpoint });
  killer.signal.addEventListener('abort', () => victim.kill('SIGKILL'));
  expect((await victim).signal).toBe('SIGKILL');
  expect(await stage.cloud.keys()).toHaveLength(3);
  await goOn(stage, old, { endpoint, setupFirst: false });
});

function intercept(rename: typeof promises.rename): void {
  promises.rename = rename;
  syncBuiltinESMExports();
}
