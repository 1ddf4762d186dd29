import type { Scene } from '../faces/face.ts';
import { namesIn } from '../handoff/env-values.ts';
import type { Journal } from '../wizard/journal.ts';
import { accountEmail, type Goal } from '../steps/goal.ts';
import { steps } from '../steps/index.ts';
import { againCommand } from './again-command.ts';
import type { RunFlags } from './run-flags.ts';

/** What a run is about, from what its command knows. */
export interface About {
  command: Scene['command'];
  flags: RunFlags;
  goal: Goal;
  operator: string;
  endpoint: string | undefined;
  demo: boolean;
  /** The steps that are taken; those that make an account ready, if others are not named. */
  steps?: readonly { id: string; title: string; why: string }[];
  journal: Pick<Journal, 'notice' | 'answers'>;
  /** What the command itself has to say first. */
  notices?: readonly string[] | undefined;
}

function offersEnvFile({ profile, answers }: Goal): boolean {
  return answers.access.kind === 'key' && answers.envFile === undefined && namesIn(profile.env).length > 0;
}

/** What is told first of a profile for something that is not supported any more. */
function ageOf({ title, status }: Goal['profile'], command: Scene['command']): string[] {
  if (status.stage !== 'deprecated' || command === 'undo') return [];
  return [`${title} is deprecated${status.note === undefined ? '' : `: ${status.note.replace(/\.$/u, '')}`}`];
}

/** The scene of a run. */
export function sceneOf({ command, flags, goal, operator, endpoint, demo, journal, ...about }: About): Scene {
  const { profile, answers } = goal;
  const notices = [...ageOf(profile, command), ...(about.notices ?? [])];
  return {
    command,
    profile: { name: profile.name, title: profile.title },
    project: answers.project,
    email: accountEmail(goal),
    keyFile: answers.keyFile.value,
    operator,
    endpoint,
    again: (next) =>
      againCommand(next, flags, {
        profile: profile.name,
        project: answers.project,
        endpoint,
        remembered: journal.answers,
      }),
    steps: (about.steps ?? steps).map(({ id, title, why }) => ({ id, title, why })),
    ...(command === 'setup' && offersEnvFile(goal) && { offersEnvFile: true }),
    next: profile.next.map((command) => command.run),
    dryRun: flags.dryRun === true,
    demo,
    notices: journal.notice === undefined ? notices : [journal.notice, ...notices],
  };
}
