import type { Scene } from '../faces/face.ts';
import { accountEmail, type Goal } from '../steps/goal.ts';
import { steps } from '../steps/index.ts';
import type { RunFlags } from './run-flags.ts';

/** What a run is about, from what its command knows. */
export interface About {
  command: Scene['command'];
  flags: Pick<RunFlags, 'dryRun'>;
  goal: Goal;
  operator: string;
  endpoint: string | undefined;
  demo: boolean;
}

/** The scene of a run. */
export function sceneOf({ command, flags, goal, operator, endpoint, demo }: About): Scene {
  const { profile, answers } = goal;
  return {
    command,
    profile: { name: profile.name, title: profile.title },
    project: answers.project,
    email: accountEmail(goal),
    keyFile: answers.keyFile.value,
    operator,
    endpoint,
    steps: steps.map(({ id, title, why }) => ({ id, title, why })),
    next: profile.next.map((command) => command.run),
    dryRun: flags.dryRun === true,
    demo,
  };
}
