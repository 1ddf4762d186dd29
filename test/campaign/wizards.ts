import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { RunFlags } from '../../src/commands/run-flags.ts';
import type { Run, Stage } from '../flows/stage.ts';
import { demandGoodEnding, demandWhole, madeOf, wholeOf, type Whole } from './nothing-lost.ts';
import { endingOf, startProgram } from './program.ts';
import { onStage, record, untouched } from './starts.ts';
import { demand, demandAll, demandSame, type Ending, type Part, type Trial } from './trial.ts';

/** When the second wizard begins: at so many calls of the first. */
const beginnings = [1, 4, 8, 12, 16, 20, 24, 28, 32, 36];

type Begin = (stage: Stage, endpoint: string, flags: RunFlags) => Promise<Run>;

/** A process takes long to start: calls that take longer let both be at work at once. */
const ways: Readonly<Record<string, { begin: Begin; latencyMs: number }>> = {
  'in one process': {
    begin: (stage, endpoint, flags) => stage.setup({ endpoint, ...flags }),
    latencyMs: 0,
  },
  'as processes': {
    begin: (stage, endpoint, flags) => endingOf(startProgram(stage, { endpoint, flags })),
    latencyMs: 40,
  },
};

/** Two wizards, the second begun at a call of the first. */
interface Pair {
  begin: Begin;
  latencyMs: number;
  at: number;
  undisturbed: Whole;
}

/** Runs both, the second with flags of its own. */
async function runBoth(
  { begin, latencyMs, at }: Pair,
  flagsOfSecond: (stage: Stage) => RunFlags,
  use: (stage: Stage, endpoint: string, runs: [Run, Run]) => Promise<Ending>,
): Promise<Ending> {
  let calls = 0;
  const begun = Promise.withResolvers<undefined>();
  return onStage(
    untouched,
    async (stage, endpoint) => {
      const first = begin(stage, endpoint, {}).finally(() => begun.resolve(undefined));
      const second = begun.promise.then(() => begin(stage, endpoint, flagsOfSecond(stage)));
      return use(stage, endpoint, await Promise.all([first, second]));
    },
    async ({ pass }) => {
      if (++calls === at) begun.resolve(undefined);
      if (latencyMs > 0) await sleep(latencyMs);
      return pass();
    },
  );
}

/**
 * On one machine the journal is locked: the second is turned away, or comes after the first. What is left is what one run
 * leaves, and one more writes nothing.
 */
const onOneMachine = (pair: Pair): Promise<Ending> =>
  runBoth(
    pair,
    () => ({}),
    async (stage, endpoint, runs) => {
      // Either may have been the first to take the lock.
      const turnedAway = runs.filter(({ exit }) => exit !== 0);
      demand(turnedAway.length < 2, () => 'neither got through');
      for (const run of turnedAway) {
        demandGoodEnding(run, [3]);
        const { what = '' } = run.result.problem ?? {};
        demand(what.includes('another run is at work'), () => `one was turned away: ${what}`);
      }
      await demandWhole(stage, pair.undisturbed);
      await demandWritesNothing(stage, { endpoint });
      return turnedAway.length === 0 ? 'ready at once' : 'ready on the next run';
    },
  );

/** Where the second machine keeps what it keeps. */
const otherMachine = ({ folder }: Stage) => ({
  stateDir: join(folder, 'other', 'state'),
  keyFile: join(folder, 'other', 'keys', 'remotion-sa.json'),
});

/**
 * Two machines know nothing of each other. Each gets a key of its own in a file of its own, which the other leaves alone; of
 * role, account and binding there is one, and one machine says that it made it. Where one meets the other halfway it may end
 * with 6, and is ready on its next run. Then neither writes anything more.
 */
const onTwoMachines = (pair: Pair): Promise<Ending> =>
  runBoth(pair, otherMachine, async (stage, endpoint, runs) => {
    const here = { stateDir: join(stage.folder, 'state'), keyFile: stage.keyFile };
    const machines = [here, otherMachine(stage)];
    for (const [index, run] of runs.entries()) {
      demandGoodEnding(run, [6]);
      if (run.exit === 0) continue;
      const { exit, result } = await stage.setup({ endpoint, ...machines[index] });
      demand(exit === 0, () => `the next run ended with ${exit}: ${JSON.stringify(result.problem)}`);
    }
    await demandBoth(stage, machines, pair.undisturbed);
    for (const machine of machines) await demandWritesNothing(stage, { endpoint, ...machine });
    return runs.every(({ exit }) => exit === 0) ? 'ready at once' : 'ready on the next run';
  });

async function demandBoth(
  stage: Stage,
  machines: readonly { stateDir: string; keyFile: string }[],
  undisturbed: Whole,
): Promise<void> {
  const oneKey = undisturbed.world.filter((fact) => fact.startsWith('keys '));
  demandAll((await wholeOf(stage)).world, [...undisturbed.world, ...oneKey], 'the world is another one');
  const held = await Promise.all(machines.map(({ keyFile }) => keyIn(keyFile)));
  demandAll(await stage.cloud.keys(), held, 'the keys of the account, and those in the two files');
  const made = await Promise.all(machines.map(({ stateDir }) => madeOf(stateDir)));
  for (const [index, list] of made.entries()) {
    const keys = list.filter(({ what }) => what === 'key').map(({ evidence }) => evidence['id']);
    demandSame(keys, [held[index]], 'the keys that a machine says it made');
  }
  // Services are turned on as often as anybody likes; of all else one was the maker.
  demandAll(
    made
      .flat()
      .filter(({ what }) => what !== 'key' && what !== 'service')
      .map(({ what, did, name }) => `${what} ${did} ${name}`),
    undisturbed.made.filter((line) => !/^(?:key|service) /.test(line)),
    'what both say that they made',
  );
}

async function keyIn(file: string): Promise<string> {
  const key: unknown = JSON.parse(await readFile(file, 'utf8'));
  return z.object({ private_key_id: z.string() }).parse(key).private_key_id;
}

async function demandWritesNothing(stage: Stage, flags: RunFlags): Promise<void> {
  await stage.forgetRequests();
  const { exit, result } = await stage.setup(flags);
  demand(exit === 0, () => `one more run ended with ${exit}: ${JSON.stringify(result.problem)}`);
  demandAll(await stage.writes(), [], 'one more run wrote');
}

/** Two wizards at once on one project. */
export const wizards: Part = {
  name: 'wizards',
  about: 'two wizards at once on one project: on one machine, and on two that know nothing of each other',
  atOnce: 2,
  limitMs: 300_000,
  async trials() {
    const { undisturbed } = await record(untouched);
    return Object.entries(ways).flatMap(([how, way]) =>
      beginnings.flatMap((at): Trial[] => {
        const trial = (kind: string, run: (pair: Pair) => Promise<Ending>): Trial => ({
          name: `wizards: ${kind}, ${how}, the second at call ${at}`,
          kind: `${kind}, ${how}`,
          run: () => run({ ...way, at, undisturbed }),
        });
        return [trial('on one machine', onOneMachine), trial('on two machines', onTwoMachines)];
      }),
    );
  },
};
