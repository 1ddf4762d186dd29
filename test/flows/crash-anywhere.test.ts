import { generateKeyPairSync } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { standBetween } from './between.ts';
import { openStage, type Stage } from './stage.ts';
import { stride } from './stride.ts';
import { worldWhere } from './worlds.ts';

/** Sets up again after a crash: it must end ready, with one key of ours beside those of others, and nothing left to do. */
async function goOn(
  stage: Stage,
  foreign: readonly string[],
  { endpoint }: { endpoint: string },
): Promise<void> {
  const { setup, heldKey, requests, writes, forgetRequests, cloud } = stage;
  // What was on its way when the run was stopped is done by the time that anybody starts another.
  await vi.waitFor(async () => expect((await requests()).filter(({ status }) => status === 0)).toEqual([]), {
    timeout: 20_000,
  });
  expect(await setup({ endpoint })).toMatchObject({ exit: 0 });
  expect((await cloud.keys()).toSorted()).toEqual([...foreign, (await heldKey()).id].toSorted());
  await forgetRequests();
  expect((await setup({ endpoint })).exit).toBe(0);
  expect(await writes()).toEqual([]);
}

test('stopped at any event, a run is taken up by the next, and there is one key in the end', async () => {
  let at: number;
  for (at = 1; ; at += stride) {
    const stage = await openStage();
    const stop = new AbortController();
    let events = 0;
    const onEvent = (): void => {
      if (++events === at) stop.abort(new Error('stopped by the test'));
    };
    const { exit } = await stage.setup({}, { stop, onEvent });
    await goOn(stage, [], stage);
    await stage.close();
    if (exit === 0) break;
    expect(exit).toBe(130);
  }
  expect(at).toBeGreaterThan(25);
});

const foreignKey = '0123456789abcdef0123456789abcdef01234567';

/** A world where the account is there already, disabled, with a key that somebody else made. */
function worldWithForeignKey() {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const key = { id: foreignKey, publicKey: pem, disabled: false };
  const account = { id: 'remotion-sa', disabled: true, created: Date.parse('2024-02-29'), keys: [key] };
  return worldWhere(() => ({ serviceAccounts: [account] }));
}

test.each(['before', 'after'])(
  'cut off just %s Google has done any request, a run is taken up by the next, and no foreign key is deleted',
  async (moment) => {
    const world = await worldWithForeignKey();
    let at: number;
    for (at = 1; ; at += stride) {
      const stage = await openStage({ world });
      const stop = new AbortController();
      const isCut = (): boolean => stop.signal.aborted;
      let requests = 0;
      let crashed = false;
      const endpoint = await standBetween(stage.endpoint, async ({ method, pass }) => {
        if (crashed) return pass();
        if (moment === 'before' && method === 'GET') return pass(); // nothing that "after" does not cover
        const last = ++requests === at;
        if (last && moment === 'before') stop.abort(new Error('cut off by the test'));
        if (isCut()) return undefined;
        const answer = await pass();
        if (last) stop.abort(new Error('cut off by the test'));
        return isCut() ? undefined : answer;
      });
      const { exit } = await stage.setup({ endpoint }, { stop });
      crashed = true;
      await goOn(stage, [foreignKey], { endpoint });
      await stage.close();
      if (exit === 0) break;
      expect(exit).toBe(130);
    }
    expect(at).toBeGreaterThan(moment === 'before' ? 12 : 25);
  },
);
