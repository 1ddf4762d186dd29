import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Run, Stage } from '../flows/stage.ts';
import { readWorld, sameWorld } from './same-world.ts';
import { demand, demandSame, type Ending } from './trial.ts';

/** The world as `sameWorld` tells it. */
export const worldOf = async ({ cloud }: Pick<Stage, 'cloud'>): Promise<string[]> =>
  sameWorld(readWorld(await cloud.call('GET', '_/world')));

/** A run that was disturbed says so in one of the right ways: never as a bug of ours, never without a next step. */
export function demandGoodEnding({ exit, result }: Run, allowed: readonly number[]): void {
  const { what = '', why = '', next = '', mover } = result.problem ?? {};
  demand([0, ...allowed].includes(exit), () => `it ended with ${exit}: ${what} (${why})`);
  if (exit === 0) return;
  demand(what !== '' && next !== '', () => `it ended with ${exit} and did not say what to do`);
  demand(mover !== 'us', () => `it took it for a bug of ours: ${what} (${why})`);
}

/** What must hold after a disturbed run, and how it is shown. */
export interface Proof {
  /** The run that was disturbed. */
  first: Run;
  /** Exit codes that it may end with, besides 0. */
  allowed: readonly number[];
  /** Runs setup once more, undisturbed. */
  again: () => Promise<Run>;
  /** What the world is to be in the end, as `worldOf` tells it. */
  undisturbed: readonly string[];
}

/**
 * The disturbed run ended as it may, and if not ready, then the next run does; the world is what it would be without the
 * disturbance; there is one key of ours, in its file, for its owner only; nothing half-written is left; and one more run
 * writes nothing.
 * @throws Loss for the first thing that is not so
 */
export async function demandNothingLost(stage: Stage, proof: Proof): Promise<Ending> {
  const { first, allowed, again, undisturbed } = proof;
  demandGoodEnding(first, allowed);
  if (first.exit !== 0) {
    const { exit, result } = await again();
    demand(exit === 0, () => `the next run ended with ${exit}: ${JSON.stringify(result.problem)}`);
  }
  await demandWhole(stage, undisturbed);
  await stage.forgetRequests();
  const { exit, result } = await again();
  demand(exit === 0, () => `one more run ended with ${exit}: ${JSON.stringify(result.problem)}`);
  demandSame(await stage.writes(), [], 'one more run wrote');
  return first.exit === 0 ? 'ready at once' : 'ready on the next run';
}

/** World, key and files are as after an undisturbed run. @throws Loss */
export async function demandWhole(stage: Stage, undisturbed: readonly string[]): Promise<void> {
  const world = await worldOf(stage);
  demandSame(without(world, undisturbed), [], 'the world has what it should not have');
  demandSame(without(undisturbed, world), [], 'the world lacks what it should have');
  const { id, mode } = await stage.heldKey();
  demandSame(mode, 0o600, 'the permissions of the key file');
  demandSame(await stage.cloud.keys(), [id], 'the keys of the account, and the one in the file');
  const journal = `state/CLOUD/${stage.project}/remotion-cloudrun.json`;
  demandSame(await filesOf(stage), ['access-token', 'keys/remotion-sa.json', journal], 'the files');
}

/** What of the first list is left when all of the second are struck out, each as often as it is there. */
function without(list: readonly string[], others: readonly string[]): string[] {
  const left = [...list];
  for (const other of others) if (left.includes(other)) left.splice(left.indexOf(other), 1);
  return left;
}

async function filesOf({ folder }: Stage): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .map((name) => name.replace(/127\.0\.0\.1_\d+/, 'CLOUD'))
    .toSorted();
}
