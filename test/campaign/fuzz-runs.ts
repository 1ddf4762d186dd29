import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Run, Stage } from '../flows/stage.ts';
import { noDrift, onDrifted, type Setting } from './drifted-stage.ts';
import { mutated, type Mutation } from './mutations.ts';
import { demandGoodEnding } from './nothing-lost.ts';
import { readWorld, sameWorld } from './same-world.ts';
import { demand, demandAll, demandSame, type Ending } from './trial.ts';

const Journal = z.looseObject({ answers: z.record(z.string(), z.unknown()) });
const worldOf = async ({ cloud }: Stage) => sameWorld(readWorld(await cloud.call('GET', '_/world')));

/** What a person has chosen, as a journal tells it; nothing where it tells none. */
function answersIn(text: Buffer): string {
  try {
    return JSON.stringify(Journal.parse(JSON.parse(text.toString())).answers);
  } catch {
    return '';
  }
}

/**
 * All is as it should be, and the journal says otherwise: nothing is written to the cloud, whatever it says; only other answers
 * of a person's are followed. Where it stops the run, moving it away helps.
 */
export const journalTrial = (mutation: Mutation, setting: Setting): Promise<Ending> =>
  onDrifted(noDrift(setting), setting, async (stage) => {
    const state = join(stage.folder, 'state');
    const name = (await readdir(state, { recursive: true })).find((each) => each.endsWith('.json')) ?? '';
    const file = join(state, name);
    const whole = await readFile(file);
    const spoiled = mutated(whole, mutation);
    await writeFile(file, spoiled);
    await stage.forgetRequests();
    const before = await worldOf(stage);
    const first = await stage.setup();
    const answers = answersIn(spoiled);
    const isOther = answers !== '' && answers !== answersIn(whole);
    if (!isOther) demandAll(await stage.writes(), [], 'it wrote');
    const kept = isOther ? before.filter((fact) => !/RemotionSA|remotion-sa@/.test(fact)) : before;
    return recovered(stage, first, [3, 64], kept, () => rename(file, `${file}.away`));
  });

/** A key file that is none stops the run and stays; one whose key is none that works is replaced, or named. */
export const keyTrial = (mutation: Mutation, setting: Setting): Promise<Ending> =>
  onDrifted(noDrift(setting), setting, async (stage) => {
    const spoiled = mutated(await readFile(stage.keyFile), mutation);
    await writeFile(stage.keyFile, spoiled);
    const before = await worldOf(stage);
    const first = await stage.setup();
    if (first.exit !== 0)
      demand(
        spoiled.equals(await readFile(stage.keyFile)),
        () => 'it was stopped, and the key file is another one',
      );
    return recovered(stage, first, [3, 5, 6, 64], before, () => rm(stage.keyFile));
  });

/** The account's key file as the credentials of the operator: refused, or not enough, but never a bug of ours. */
export const credentialsTrial = (mutation: Mutation, setting: Setting): Promise<Ending> =>
  onDrifted(noDrift(setting), setting, async (stage): Promise<Ending> => {
    const credentials = join(stage.folder, 'credentials.json');
    await writeFile(credentials, mutated(await readFile(stage.keyFile), mutation), { mode: 0o600 });
    const run = await stage.check({ credentials, accessTokenFile: undefined });
    demandGoodEnding(run, [2, 3, 6, 64]);
    return 'ready on the next run';
  });

/** The first run ended as it may; after what a person does about it the next is ready, the one after writes nothing. */
async function recovered(
  stage: Stage,
  first: Run,
  allowed: readonly number[],
  before: readonly string[],
  remedy: () => Promise<void>,
): Promise<Ending> {
  demandGoodEnding(first, allowed);
  if (first.exit !== 0) {
    await remedy();
    const { exit, result } = await stage.setup();
    demandSame(exit, 0, `the next run ended with ${JSON.stringify(result.problem)}`);
  }
  const after = await worldOf(stage);
  demandAll(
    after.filter((fact) => before.includes(fact)),
    before,
    'what was there before',
  );
  await stage.forgetRequests();
  demandSame((await stage.setup()).exit, 0, 'one more run');
  demandAll(await stage.writes(), [], 'one more run wrote');
  return first.exit === 0 ? 'ready at once' : 'ready on the next run';
}
