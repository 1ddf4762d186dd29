import { openCloud, type Cloud } from '../google/cloud.ts';
import { resolveCredentials } from '../google/credentials.ts';
import { isCloudError } from '../google/errors.ts';
import type { Profile } from '../profile/profile.ts';
import { goalFor } from '../steps/goal-for.ts';
import { cloudProblem } from '../steps/cloud-problem.ts';
import { accountEmail, type Goal, type Tools } from '../steps/goal.ts';
import { permissionsToLook } from '../steps/permissions.ts';
import { readJournal, type Journal } from '../wizard/journal.ts';
import { ProblemError } from '../wizard/problem.ts';
import { operatorEmail } from './access-answer.ts';
import { answersFrom, projectAnswer } from './answers.ts';
import { credentialChoice } from './credential-choice.ts';
import { callLog } from './debug-log.ts';
import { customEndpoint } from './endpoint-flag.ts';
import { journalFile, stateFolder } from './folders.ts';
import { profileAnswer } from './profile-answer.ts';
import type { RunFlags } from './run-flags.ts';
import { askAhead, toolsFor } from './tools.ts';

/** What a command has that only looks at what a profile made in a project. */
export interface Looking {
  readonly cloud: Cloud;
  readonly tools: Tools;
  /** With all of its permissions. */
  readonly profile: Profile;
  readonly goal: Goal;
  /** Opened to be read. */
  readonly journal: Journal;
  readonly endpoint: string | undefined;
}

/** Where a command that only looks does so. */
interface Place {
  project: string;
  endpoint: string | undefined;
  env: NodeJS.ProcessEnv;
}

/** Opens the cloud for a command that only looks. @throws CredentialsError */
export async function openToLook(
  flags: RunFlags,
  { project, endpoint, env }: Place,
  signal: AbortSignal,
): Promise<{ cloud: Cloud; tools: Tools }> {
  const credentials = await resolveCredentials({ ...credentialChoice(flags), endpoint });
  const cloud = openCloud({ endpoint, credentials, signal, log: callLog(flags) });
  return { cloud, tools: toolsFor(cloud, project, permissionsToLook, [], env, flags.subjectTokenFile) };
}

/** What flags and journal want of a profile there; nothing is written. @throws ProblemError for an answer that is wrong */
export async function goalIn(
  { project, endpoint, env }: Place,
  flags: RunFlags,
  profile: Profile,
  cloud: Cloud,
): Promise<{ journal: Journal; goal: Goal }> {
  const state = flags.stateDir ?? stateFolder(env);
  const journal = await readJournal(journalFile(state, project, profile.name, endpoint));
  const email = await operatorEmail(cloud, flags, journal.answers);
  return {
    journal,
    goal: goalFor(profile, answersFrom(flags, profile, endpoint, journal.answers, {}, email)),
  };
}

/**
 * Opens cloud and journal as `check` does, and gives them to `use`. Writes nothing.
 * @throws ProblemError, CredentialsError, ProfileError or EndpointError for what is wrong before anything is looked at
 */
export async function looking<T>(
  flags: RunFlags,
  stop: AbortSignal,
  use: (looking: Looking, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const load = await profileAnswer(flags);
  const endpoint = customEndpoint(flags);
  const project = projectAnswer(flags);
  const place = { project, endpoint, env: process.env };
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  const { cloud, tools } = await openToLook(flags, place, signal);
  try {
    await askAhead(tools);
    const profile = await load();
    const { journal, goal } = await goalIn(place, flags, profile, cloud);
    return await use({ cloud, tools, profile, goal, journal, endpoint }, signal).catch((error: unknown) => {
      if (stop.aborted || !isCloudError(error)) throw error;
      const doing = `look at ${accountEmail(goal)} and at who has what in ${project}`;
      throw new ProblemError(cloudProblem(error, { project, doing }), { cause: error });
    });
  } finally {
    // Where it ended early, nobody waits for those answers.
    over.abort();
  }
}
