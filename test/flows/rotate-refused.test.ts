import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { standBetween } from './between.ts';
import { openStage, type Run, type Stage } from './stage.ts';

const Made = z.object({ name: z.string() });

// How long it is waited for is told by this clock alone: it is moved, and nobody waits.
beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

/**
 * A stage that is ready, and a way to it on which no key that is made is ever accepted, since it is disabled as it is made;
 * until `accept`.
 */
async function openRefusing(meanwhile: () => unknown = () => undefined) {
  const stage = await openStage();
  const made: string[] = [];
  let refuses = false;
  const endpoint = await standBetween(stage.endpoint, async ({ method, path, pass }) => {
    const answer = await pass();
    if (!refuses || method !== 'POST' || !path.endsWith('/keys')) return answer;
    await meanwhile();
    const { name } = Made.parse(JSON.parse(answer.body.toString()));
    made.push(name.slice(name.lastIndexOf('/') + 1));
    await stage.cloud.disableKey(made.at(-1) ?? '');
    return answer;
  });
  expect((await stage.setup({ endpoint })).exit).toBe(0);
  refuses = true;
  const text = await readFile(stage.keyFile, 'utf8');
  const old = (await stage.heldKey()).id;
  return { stage, endpoint, made, old, text, accept: () => void (refuses = false) };
}

/** Rotates; whenever that waits, nine minutes and a second pass. */
const rotate = ({ rotate }: Stage, endpoint: string): Promise<Run> =>
  rotate(
    { endpoint },
    {
      onEvent({ type }) {
        if (type === 'progress') vi.advanceTimersByTime(541_000);
      },
    },
  );

test('a new key that Google never accepts is deleted again; the old one stays in its file and in use, and the next rotation works', async () => {
  const { stage, endpoint, made, old, text, accept } = await openRefusing();
  const run = await rotate(stage, endpoint);
  expect(run).toMatchObject({
    exit: 6,
    result: {
      status: 'failed',
      states: { project: 'ready', key: 'failed' },
      problem: { mover: 'cloud', next: 'wait a few minutes, then run this again' },
    },
  });
  expect(run.result.problem?.what).toMatch(/did not accept it for 9 minutes$/);
  expect(run.events.filter((event) => 'problem' in event && event.type !== 'result')).toHaveLength(1);
  expect(await readFile(stage.keyFile, 'utf8')).toBe(text);
  expect(await stage.cloud.keyStates()).toEqual([{ id: old, disabled: false }]);
  expect(made).toHaveLength(1);

  accept();
  expect((await stage.check({ endpoint })).exit).toBe(0);
  expect((await stage.rotate({ endpoint, grace: '0' })).exit).toBe(0);
  expect(await stage.cloud.keys()).toEqual([(await stage.heldKey()).id]);
});

test.each(['the new key cannot be deleted', 'the clock ran on while it was made'])(
  'where %s, it is named, and the next rotation deletes it first',
  async (why) => {
    const slept = why.startsWith('the clock');
    const { stage, endpoint, made, old, text, accept } = await openRefusing(() => {
      if (slept) vi.advanceTimersByTime(3_600_000);
    });
    if (!slept)
      await stage.fault({ method: 'DELETE', path: '*/keys/*', then: { kind: 'status', status: 403 } });
    const run = await rotate(stage, endpoint);
    expect(run).toMatchObject({ exit: 6, result: { problem: { mover: 'cloud' } } });
    expect(JSON.stringify(run.result.problem)).toContain(made[0]);
    expect(run.result.problem?.next).toContain('run this again');
    expect(await readFile(stage.keyFile, 'utf8')).toBe(text);
    expect(await stage.cloud.keyStates()).toContainEqual({ id: old, disabled: false });

    accept();
    await stage.mend();
    const again = await stage.rotate({ endpoint, grace: '0' });
    expect(again.exit).toBe(0);
    expect(await stage.cloud.keys()).toEqual([(await stage.heldKey()).id]);
  },
);

test('an answer to the sign-in with the new key that is no refusal of it is not taken for a yes', async () => {
  const opened = await openRefusing(() =>
    opened.stage.fault({ path: '/token', then: { kind: 'status', status: 403 } }),
  );
  const { stage, endpoint, old, text, accept } = opened;
  expect((await rotate(stage, endpoint)).exit).toBe(3);
  expect(await readFile(stage.keyFile, 'utf8')).toBe(text);
  expect(await stage.cloud.keyStates()).toContainEqual({ id: old, disabled: false });
  accept();
  await stage.mend();
  expect((await stage.rotate({ endpoint, grace: '0' })).exit).toBe(0);
  expect(await stage.cloud.keys()).toEqual([(await stage.heldKey()).id]);
});
