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
  const credentials = await resolveCredentials({ ...credentialChoice(flags), endpoint });
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  const cloud = openCloud({ endpoint, credentials, signal, log: callLog(flags) });
  const { subjectTokenFile } = flags;
  const tools = toolsFor(cloud, project, permissionsToLook, [], process.env, subjectTokenFile);
  try {
    await askAhead(tools);
    const profile = await load();
    const state = flags.stateDir ?? stateFolder(process.env);
    const journal = await readJournal(journalFile(state, project, profile.name, endpoint));
    const email = await operatorEmail(cloud, flags, journal.answers);
    const answers = answersFrom(flags, profile, endpoint, journal.answers, {}, email);
    const goal = goalFor(profile, answers);
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
