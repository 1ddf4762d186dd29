import { readFile, rm } from 'node:fs/promises';
import fc from 'fast-check';
import type { Run, Stage } from '../flows/stage.ts';
import { onDrifted, openSetting, type Setting } from './drifted-stage.ts';
import { anyDrift, isOccupied, type Drift } from './drift.ts';
import type { EarlierRun } from './earlier-run.ts';
import { demandForeignKept, demandKey, demandMended, keysIn } from './mended.ts';
import { readWorld, type World } from './same-world.ts';
import { demandAll, demandSame, type Ending, type Part } from './trial.ts';

const WORLDS = 2000;

const worldNow = async ({ cloud }: Stage): Promise<World> => readWorld(await cloud.call('GET', '_/world'));

/** Mends what has drifted, and demands that all is well. */
async function mend(drift: Drift, { earlier, permissions }: Setting, stage: Stage): Promise<Ending> {
  const before = await worldNow(stage);
  const run = () => (drift.command === 'setup' ? stage.setup() : stage.repair());
  const ending = isOccupied(drift) ? await turnedAway(stage, run) : 'ready at once';
  const { exit, result } = await run();
  demandSame(exit, 0, `it ended with ${JSON.stringify(result.problem)}`);
  const after = await worldNow(stage);
  demandMended(before, after, permissions, drift);
  demandForeignKept(before, after, stage, drift);
  await demandKey(before, after, stage, keptKey(before, drift, earlier));
  await stage.forgetRequests();
  demandSame((await run()).exit, 0, 'the second run');
  demandAll(await stage.writes(), [], 'the second run wrote');
  return ending;
}

/** The key that is to be kept: it is in the file, and it works. */
function keptKey(before: World, { file }: Drift, { keyId }: EarlierRun): string | undefined {
  const isThere = file === 'its key' || file === 'open to others';
  return isThere && keysIn(before).some(({ id, disabled }) => id === keyId && !disabled) ? keyId : undefined;
}

/** What somebody else keeps at the place of the key stops a run before it writes anything; then it is moved away. */
async function turnedAway(stage: Stage, run: () => Promise<Run>): Promise<Ending> {
  const found = await readFile(stage.keyFile, 'utf8');
  await stage.forgetRequests();
  const { exit, result } = await run();
  demandSame(exit, 3, `it ended with ${JSON.stringify(result.problem)}`);
  demandAll(await stage.writes(), [], 'it was stopped, and wrote');
  demandSame(await readFile(stage.keyFile, 'utf8'), found, 'what was in the place of the key');
  await rm(stage.keyFile);
  return 'ready on the next run';
}

/** Random worlds, drifted at random. */
export const worlds: Part = {
  name: 'worlds',
  about: `${WORLDS} random worlds that have drifted at random: mended in one run, and others' things left alone`,
  atOnce: 6,
  limitMs: 120_000,
  async trials(seed) {
    const setting = await openSetting();
    const drifts = fc.sample(anyDrift(setting.permissions), { seed, numRuns: WORLDS });
    return drifts.map((drift, index) => ({
      name: `worlds: ${String(index + 1).padStart(4, '0')}`,
      kind: `${drift.command}, ${drift.remembered ? 'after a run of ours' : 'of what somebody else made'}`,
      drawn: drift,
      run: () => onDrifted(drift, setting, (stage) => mend(drift, setting, stage)),
    }));
  },
};
