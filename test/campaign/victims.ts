import type { RunFlags } from '../../src/commands/run-flags.ts';
import type { Run, Stage } from '../flows/stage.ts';
import type { Whole } from './nothing-lost.ts';
import type { Command } from './program.ts';
import type { Call, Start } from './starts.ts';
import type { Ending } from './trial.ts';

/** Where a command was killed. */
export interface Scene {
  stage: Stage;
  endpoint: string;
  /** What one that nobody disturbs leaves. */
  undisturbed: Whole;
  /** Runs the same command as a process of its own. */
  again: () => Promise<Run>;
  /** Runs it once all is well: in this process where it can, which takes a third of the time. */
  last: () => Promise<Run>;
  /** Counts trials, for what is done in one of two ways. */
  number: number;
}

/** Proves that nothing was lost by a run that was killed, or that was over before its time. @throws Loss */
export type Prove = (first: Run | 'killed') => Promise<Ending>;

/** A command that is killed at its calls and at its touches of files. */
export interface Victim {
  name: string;
  command: Command;
  /** Where it begins. */
  start: Start;
  flags?: (stage: Stage) => RunFlags;
  env?: (stage: Stage) => Record<string, string>;
  /** The calls at which it is killed, of all that it makes. */
  calls: (all: readonly Call[]) => readonly Call[];
  /** The touches at which it is killed, in the words of kill-at.ts. */
  touches: (all: readonly string[]) => readonly string[];
  /** Takes in how things stand just before it is started. */
  ready: (scene: Scene) => Promise<Prove>;
}

export const all = <T>(list: readonly T[]): readonly T[] => list;
export const none = (): [] => [];

/** A list from the first on that is one, where all before it is covered elsewhere. */
export const from =
  <T>(isFirst: (each: T) => boolean) =>
  (list: readonly T[]): readonly T[] => {
    const at = list.findIndex(isFirst);
    if (at === -1) throw new Error('no such call or touch was made');
    return list.slice(at);
  };
