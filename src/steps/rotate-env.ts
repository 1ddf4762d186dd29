import { envStep } from './env.ts';
import type { Rotation } from './rotation.ts';

/** Puts the new key into the env file, once it is in the key file; the old one is of use until then. */
export function newEnvStep(rotation: Pick<Rotation, 'replaced'>): typeof envStep {
  return {
    ...envStep,
    asked: true,
    async look(tools, wanted, journal) {
      const seen = await envStep.look(tools, wanted, journal);
      // That a replica does not list the new key yet is no reason to wait: Google has accepted it.
      return { ...seen, awaits: rotation.replaced ? undefined : `the new key of ${wanted.key.email}` };
    },
  };
}
