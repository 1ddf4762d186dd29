import { expect, test } from 'vitest';
import { calls } from './campaign/calls.ts';
import { editors } from './campaign/editors.ts';
import { fuzz } from './campaign/fuzz.ts';
import { kills } from './campaign/kills.ts';
import { demandNothingLost } from './campaign/nothing-lost.ts';
import { parts } from './campaign/parts.ts';
import { shared } from './campaign/run-part.ts';
import { lossesOf, runSample, spread } from './campaign/sample.ts';
import { onStage, record, untouched } from './campaign/starts.ts';
import type { Trial } from './campaign/trial.ts';
import { wizards } from './campaign/wizards.ts';
import { worlds } from './campaign/worlds.ts';

/** Which trials are drawn: the same ones each time, since a test that fails now and then is of no use. */
const seed = 1;

const samples = [
  { part: calls, only: 'calls: ', count: 5 },
  { part: kills, only: 'kills: setup with an env file, at ', count: 2 },
  { part: editors, only: 'editors: ', count: 1 },
  { part: wizards, only: 'wizards: on one machine, in one process', count: 1 },
  { part: worlds, only: 'worlds: ', count: 6 },
  { part: fuzz, only: 'fuzz: ', count: 14 },
];

test.each(samples)('of a few trials of "$only" none loses anything', async ({ part, only, count }) => {
  const all = (await part.trials(seed, only)).filter(({ name }) => name.startsWith(only));
  const outcomes = await runSample(part, spread(all, count, seed));
  expect(outcomes).toHaveLength(count);
  expect(lossesOf(outcomes, seed)).toEqual([]);
});

test('every part of the campaign is sampled', () => {
  expect(samples.map(({ part }) => part.name).toSorted()).toEqual(parts.map(({ name }) => name).toSorted());
});

test('a key that nobody holds is a loss, and so is whatever fails by itself; each is told with what repeats it', async () => {
  const { undisturbed } = await record(untouched);
  const planted = (name: string, run: Trial['run']): Trial => ({ name, kind: 'planted', run });
  const orphan = (): ReturnType<Trial['run']> =>
    onStage(untouched, async (stage) => {
      const first = await stage.setup();
      await stage.cloud.createKey();
      return demandNothingLost(stage, { first, undisturbed, again: () => stage.setup() });
    });
  const outcomes = await runSample(calls, [
    planted('an orphan', orphan),
    planted("one that can't run", () => Promise.reject(new TypeError('planted'))),
    planted('a good one', () => Promise.resolve('ready at once')),
  ]);
  const told = lossesOf(outcomes, 7).toSorted();
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(/^an orphan\n {2}the world is another one: .*"keys /s);
  expect(told[0]).toMatch(/npm run faults -- --only='an orphan' --seed=7$/);
  expect(told[1]).toMatch(/TypeError: planted/);
});

test('where workers know other trials, each trial is run once, by one that knows it', () => {
  const lists = [
    ['a', 'b', 'c', 'd'],
    ['b', 'c', 'd', 'e'],
  ];
  const shares = shared(lists);
  expect(shares.flat().toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
  for (const [index, share] of shares.entries()) expect(lists[index]).toEqual(expect.arrayContaining(share));
  expect(shares.map(({ length }) => length).toSorted()).toEqual([2, 3]);
});
