import fc from 'fast-check';
import { openSetting } from './drifted-stage.ts';
import { answerTrial } from './fuzz-answers.ts';
import { envTrial, profileTrial, worldTrial } from './fuzz-texts.ts';
import { credentialsTrial, journalTrial, keyTrial } from './fuzz-runs.ts';
import { anyMutation, type Mutation } from './mutations.ts';
import type { Ending, Part, Trial } from './trial.ts';

/** Everything that a run reads, spoiled. */
export const fuzz: Part = {
  name: 'fuzz',
  about:
    'spoiled journals, key files, credentials, profiles, worlds, env files and answers: one clear error, or none',
  atOnce: 6,
  limitMs: 120_000,
  async trials(seed) {
    const setting = await openSetting();
    const drawn = (
      kind: string,
      count: number,
      salt: number,
      run: (mutation: Mutation, index: number) => Promise<Ending>,
    ): Trial[] =>
      fc.sample(anyMutation, { seed: seed + salt, numRuns: count }).map((mutation, index) => ({
        name: `fuzz: ${kind}, ${String(index + 1).padStart(3, '0')}`,
        kind,
        drawn: mutation,
        run: () => run(mutation, index),
      }));
    return [
      ...drawn('journals', 250, 1, (mutation) => journalTrial(mutation, setting)),
      ...drawn('key files', 250, 2, (mutation) => keyTrial(mutation, setting)),
      ...drawn('credentials', 150, 3, (mutation) => credentialsTrial(mutation, setting)),
      ...drawn('answers', 500, 4, (mutation, index) => answerTrial(mutation, index)),
      ...drawn('profiles', 300, 5, (mutation) => profileTrial(mutation)),
      ...drawn('world files', 300, 6, (mutation) => worldTrial(mutation)),
      ...drawn('env files', 300, 7, (mutation) => envTrial(mutation)),
    ];
  },
};
