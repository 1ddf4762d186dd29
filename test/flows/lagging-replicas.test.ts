import { expect, test } from 'vitest';
import type { LagProfile } from '../../src/simulator/server.ts';
import { openStage } from './stage.ts';

/** Two setups on a fresh cloud: how each ended, and what the second wrote. */
async function setUpTwice(lag: LagProfile, seed: number, clockSpeed: number) {
  const { setup, writes, forgetRequests, close } = await openStage({ lag, seed, clockSpeed });
  const first = await setup();
  await forgetRequests();
  const second = await setup();
  const written = await writes();
  await close();
  return { seed, first: first.exit, second: second.exit, written };
}

/** Every seed, a few at a time, so that their waits overlap and their work does not pile up. */
async function overSeeds(lag: LagProfile, seeds: readonly number[], clockSpeed: number) {
  const endings = [];
  for (let at = 0; at < seeds.length; at += 5)
    endings.push(
      ...(await Promise.all(seeds.slice(at, at + 5).map((seed) => setUpTwice(lag, seed, clockSpeed)))),
    );
  return endings;
}

const clean = (seeds: readonly number[]) =>
  seeds.map((seed) => ({ seed, first: 0, second: 0, written: [] as string[] }));

test('under rough lag, over 20 seeds, the first setup ends ready and the second writes nothing', async () => {
  const seeds = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(await overSeeds('rough', seeds, 200)).toEqual(clean(seeds));
});

test('under typical lag the first setup ends ready and the second writes nothing', async () => {
  const seeds = [101, 102, 103, 104, 105];
  expect(await overSeeds('typical', seeds, 60)).toEqual(clean(seeds));
});
