import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as z from 'zod';
import type { Run, Stage } from '../flows/stage.ts';
import { readWorld, sameWorld } from './same-world.ts';
import { demand, demandAll, demandSame, without, type Ending } from './trial.ts';

/** What runs leave in the end, in the cloud and in the journal, without what differs from run to run; sorted. */
export interface Whole {
  /** As `sameWorld` tells it. */
  world: readonly string[];
  /** What the journal says that runs made. */
  made: readonly string[];
}

const Journal = z.object({
  made: z.array(
    z.object({
      what: z.string(),
      did: z.string(),
      name: z.string(),
      evidence: z.record(z.string(), z.string()),
    }),
  ),
});

/** What was left on a stage. */
export async function wholeOf(stage: Stage): Promise<Whole> {
  const world = sameWorld(readWorld(await stage.cloud.call('GET', '_/world')));
  const made = await madeOf(join(stage.folder, 'state'));
  const told = made.map(({ what, did, name }) => `${what} ${did} ${name.replace(stage.folder, 'FOLDER')}`);
  return { world, made: told.toSorted() };
}

/** What the one journal below a state folder says that runs made. */
export async function madeOf(state: string): Promise<z.infer<typeof Journal>['made']> {
  const files = await readdir(state, { recursive: true });
  const journal = files.find((name) => name.endsWith('.json')) ?? '';
  return Journal.parse(JSON.parse(await readFile(join(state, journal), 'utf8'))).made;
}

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
  first: Run | 'killed';
  /** Exit codes that it may end with, besides 0. */
  allowed?: readonly number[];
  /** Runs setup once more, undisturbed. */
  again: () => Promise<Run>;
  /** Runs it a last time, if in another way. */
  last?: () => Promise<Run>;
  /** What undisturbed runs leave. */
  undisturbed: Whole;
  /** One thing may count as somebody else's: the cloud refused to make it, and has made it all the same. */
  disowned?: boolean;
  /** What must hold once a run was ready; `demandWhole` where it is absent. */
  whole?: () => Promise<void>;
}

/**
 * The disturbed run ended as it may, and if not ready, then the next run does; the world is what it would be without the
 * disturbance, and the journal knows what runs made of it; there is one key of ours, in its file, for its owner only; nothing
 * half-written is left; and one more run writes nothing.
 * @throws Loss for the first thing that is not so
 */
export async function demandNothingLost(stage: Stage, proof: Proof): Promise<Ending> {
  const { first, allowed = [], again, last = again, undisturbed, disowned = false } = proof;
  const { whole = () => demandWhole(stage, undisturbed, disowned) } = proof;
  if (first !== 'killed') demandGoodEnding(first, allowed);
  const atOnce = first !== 'killed' && first.exit === 0;
  if (!atOnce) {
    const { exit, result } = await again();
    demand(exit === 0, () => `the next run ended with ${exit}: ${JSON.stringify(result.problem)}`);
  }
  await whole();
  await stage.forgetRequests();
  const { exit, result } = await last();
  demand(exit === 0, () => `one more run ended with ${exit}: ${JSON.stringify(result.problem)}`);
  demandAll(await stage.writes(), [], 'one more run wrote');
  return atOnce ? 'ready at once' : 'ready on the next run';
}

/** World, journal, key and files are as after undisturbed runs. @throws Loss */
export async function demandWhole(
  stage: Stage,
  undisturbed: Whole,
  disowned = false,
  more: readonly string[] = [],
): Promise<void> {
  await demandSameWhole(stage, undisturbed, disowned);
  const { id, mode } = await stage.heldKey();
  demandSame(mode, 0o600, 'the permissions of the key file');
  demandSame(await stage.cloud.keys(), [id], 'the keys of the account, and the one in the file');
  const keysMade = (await madeOf(join(stage.folder, 'state'))).filter(({ what }) => what === 'key');
  demandSame(
    keysMade.map(({ evidence }) => evidence['id']),
    [id],
    'the keys that the journal says runs made',
  );
  await demandFiles(stage, ['keys/remotion-sa.json', ...more]);
}

/** World and journal are as after undisturbed runs. @throws Loss */
export async function demandSameWhole(stage: Stage, undisturbed: Whole, disowned = false): Promise<void> {
  const { world, made } = await wholeOf(stage);
  demandAll(world, undisturbed.world, 'the world is another one');
  const theirs = disowned ? without(undisturbed.made, made).slice(0, 1) : [];
  demandAll([...made, ...theirs], undisturbed.made, 'the journal knows otherwise what runs made');
}

/** Besides the operator's token and the journal there are these files and no others. @throws Loss */
export async function demandFiles(stage: Stage, files: readonly string[]): Promise<void> {
  const journal = `state/CLOUD/${stage.project}/remotion-cloudrun.json`;
  demandAll(await filesOf(stage), ['access-token', ...files, journal], 'other files are left');
}

async function filesOf({ folder }: Stage): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .map((name) => name.replace(/127\.0\.0\.1_\d+/, 'CLOUD'))
    .toSorted();
}
