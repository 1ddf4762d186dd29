import { join } from 'node:path';
import { graphOf, type GraphFlags } from '../../src/commands/graph.ts';
import { looking } from '../../src/commands/look.ts';
import type { Stage } from '../flows/stage.ts';

/** The flags with which a command looks at what a stage's setup has made. */
export function flagsOf({ project, endpoint, keyFile, folder }: Stage): GraphFlags {
  return {
    ...{ profile: 'remotion-cloudrun', project, endpoint, keyFile },
    accessTokenFile: join(folder, 'access-token'),
    stateDir: join(folder, 'state'),
  };
}

/** The graph as `iamready graph --json` has it. */
export function lookAt(stage: Stage, given: GraphFlags = {}) {
  const flags = { ...flagsOf(stage), ...given };
  return looking(flags, new AbortController().signal, (at) => graphOf(at, flags));
}
