import { readFile } from 'node:fs/promises';
import { openCloud } from '../../src/google/cloud.ts';
import { serviceAccountKey } from '../../src/google/credentials.ts';
import { demandFiles, demandGoodEnding, wholeOf } from './nothing-lost.ts';
import { untouched } from './starts.ts';
import { demand, demandAll, demandSame } from './trial.ts';
import { all, type Scene, type Victim } from './victims.ts';

/** Whoever reads the key file at this moment can sign in. */
async function demandSignsIn({ stage, endpoint }: Scene): Promise<void> {
  const credentials = serviceAccountKey(await readFile(stage.keyFile, 'utf8'));
  await openCloud({ endpoint, credentials }).projects.test(stage.project, ['resourcemanager.projects.get']);
}

/** A setup comes first: it ends ready, and of keys there are at most the old one and the one in the file. */
async function demandNoOrphan({ stage, endpoint }: Scene, old: string): Promise<void> {
  const { exit, result } = await stage.setup({ endpoint });
  demand(exit === 0, () => `setup ended with ${exit}: ${JSON.stringify(result.problem)}`);
  const known = [old, (await stage.heldKey()).id];
  const orphans = (await stage.cloud.keys()).filter((id) => !known.includes(id));
  demandAll(orphans, [], 'keys that are in no file');
}

/**
 * Killed at any moment, a rotation leaves a file whose key signs in. The next one, or a setup before it, ends ready: there is
 * one key then, a new one, and one more run writes nothing.
 */
const ready: Victim['ready'] = async (scene) => {
  const { stage, endpoint, again, undisturbed, number } = scene;
  const { id: old } = await stage.heldKey();
  return async (first) => {
    await demandSignsIn(scene);
    const atOnce = first !== 'killed';
    if (atOnce) demandGoodEnding(first, []);
    else {
      if (number % 2 === 1) await demandNoOrphan(scene, old);
      const { exit, result } = await again();
      demand(exit === 0, () => `the next run ended with ${exit}: ${JSON.stringify(result.problem)}`);
      await demandSignsIn(scene);
    }
    const { id, mode } = await stage.heldKey();
    demand(id !== old, () => 'the old key is still in the file');
    demandSame(mode, 0o600, 'the permissions of the key file');
    demandSame(await stage.cloud.keys(), [id], 'the keys of the account, and the one in the file');
    demandAll((await wholeOf(stage)).world, undisturbed.world, 'the world is another one');
    await demandFiles(stage, ['keys/remotion-sa.json']);
    await stage.forgetRequests();
    const last = await stage.setup({ endpoint });
    demand(
      last.exit === 0,
      () => `one more run ended with ${last.exit}: ${JSON.stringify(last.result.problem)}`,
    );
    demandAll(await stage.writes(), [], 'one more run wrote');
    return atOnce ? 'ready at once' : 'ready on the next run';
  };
};

/** A new key in place of the old one, which goes at once. */
export const rotate: Victim = {
  name: 'rotate',
  command: 'rotate',
  start: {
    ...untouched,
    prepare: async ({ setup }, endpoint) => {
      const { exit } = await setup({ endpoint });
      if (exit !== 0) throw new Error(`preparing ended with ${exit}`);
    },
  },
  flags: () => ({ grace: '0' }),
  calls: all,
  touches: all,
  ready,
};
