import { join } from 'node:path';
import { demandFiles, demandGoodEnding, wholeOf } from './nothing-lost.ts';
import { isWrite, untouched } from './starts.ts';
import { demand, demandAll } from './trial.ts';
import { all, type Victim } from './victims.ts';

/** The next undo finishes what one that was killed has begun: nothing of ours is left, and one more has nothing to do. */
const ready: Victim['ready'] = ({ stage, again, last, undisturbed }) =>
  Promise.resolve(async (first) => {
    const atOnce = first !== 'killed';
    if (atOnce) demandGoodEnding(first, []);
    else {
      const { exit, result } = await again();
      demand(exit === 0, () => `the next undo ended with ${exit}: ${JSON.stringify(result.problem)}`);
      demandAll(
        (result.refused ?? []).map(({ step }) => step),
        [],
        'the next undo left',
      );
    }
    // The journal remembers for some minutes what it found gone: a replica that lags may just not know it yet.
    demandAll((await wholeOf(stage)).world, undisturbed.world, 'the world is another one');
    await demandFiles(stage, []);
    await stage.forgetRequests();
    const more = await last();
    demand(
      more.exit === 0,
      () => `one more undo ended with ${more.exit}: ${JSON.stringify(more.result.problem)}`,
    );
    demandAll(await stage.writes(), [], 'one more undo wrote');
    return atOnce ? 'ready at once' : 'ready on the next run';
  });

/** All that a setup has made, taken away again: services and an env file, too. */
export const undo: Victim = {
  name: 'undo',
  command: 'undo',
  start: {
    ...untouched,
    prepare: async ({ setup, folder }, endpoint) => {
      const { exit } = await setup({ endpoint, envFile: join(folder, '.env') });
      if (exit !== 0) throw new Error(`preparing ended with ${exit}`);
    },
  },
  flags: () => ({ services: true }),
  calls: (list) => list.filter(isWrite),
  touches: all,
  ready,
};
