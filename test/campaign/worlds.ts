import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { loadProfile } from '../../src/profile/load.ts';
import { readWorldFile, type WorldFile } from '../../src/simulator/server.ts';
import { defaultWorldFile } from '../../src/simulator/world-file.ts';
import { openStage, type Run, type Stage } from '../flows/stage.ts';
import { driftedWorld } from './drifted-world.ts';
import { anyDrift, isOccupied, type Drift } from './drift.ts';
import { earlierRun, type EarlierRun } from './earlier-run.ts';
import { keyPairs } from '../simulator/key-pairs.ts';
import { demandForeignKept, demandKey, demandMended, keysIn } from './mended.ts';
import { readWorld, type World } from './same-world.ts';
import { demandAll, demandSame, Loss, type Ending, type Part } from './trial.ts';

const WORLDS = 2000;

/** What a trial works on, made once a worker. */
interface Setting {
  base: WorldFile;
  earlier: EarlierRun;
  permissions: readonly string[];
}

const worldNow = async ({ cloud }: Stage): Promise<World> => readWorld(await cloud.call('GET', '_/world'));

/** Opens the drifted world, mends it, and demands that all is well. */
async function mend(drift: Drift, { base, earlier, permissions }: Setting): Promise<Ending> {
  const world = await driftedWorld(base, drift, earlier);
  // The first pair, and the unique ID of the first account under the first seed, are the earlier run's.
  const stage = await openStage({ world, keyPairs: keyPairs(1), seed: 2 }, () => undefined);
  try {
    if (drift.remembered) await earlier.remember(stage);
    await placeFile(stage, drift, earlier);
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
  } catch (error) {
    const what = error instanceof Loss ? error.message : error instanceof Error ? error.stack : String(error);
    throw new Loss(`${what ?? ''}\n  the drift: ${JSON.stringify(drift)}`);
  } finally {
    await stage.close();
  }
}

/** The key that is to be kept: it is in the file, and it works. */
function keptKey(before: World, { file }: Drift, { keyId }: EarlierRun): string | undefined {
  const isThere = file === 'its key' || file === 'open to others';
  return isThere && keysIn(before).some(({ id, disabled }) => id === keyId && !disabled) ? keyId : undefined;
}

async function placeFile(stage: Stage, { file }: Drift, earlier: EarlierRun): Promise<void> {
  const key = earlier.keyFor(stage);
  const contents: Record<Drift['file'], string | undefined> = {
    'its key': key,
    'open to others': key,
    nothing: undefined,
    empty: '',
    garbled: key.slice(0, -40),
    'of another account': key.replace('"client_email": "remotion-sa@', '"client_email": "someone-else@'),
  };
  const text = contents[file];
  if (text === undefined) return;
  await mkdir(dirname(stage.keyFile), { mode: 0o700 });
  await writeFile(stage.keyFile, text, { mode: 0o600 });
  if (file === 'open to others') await chmod(stage.keyFile, 0o644);
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
  limitMs: 60_000,
  async trials(seed) {
    const profile = await loadProfile('remotion-cloudrun');
    const permissions = profile.permissions.map(({ name }) => name);
    const [base, earlier] = await Promise.all([readWorldFile(defaultWorldFile()), earlierRun()]);
    const drifts = fc.sample(anyDrift(permissions), { seed, numRuns: WORLDS });
    return drifts.map((drift, index) => ({
      name: `worlds: ${String(index + 1).padStart(4, '0')}`,
      kind: `${drift.command}, ${drift.remembered ? 'after a run of ours' : 'of what somebody else made'}`,
      run: () => mend(drift, { base, earlier, permissions }),
    }));
  },
};
