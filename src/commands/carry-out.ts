import type { Face } from '../faces/face.ts';
import { openCloud } from '../google/cloud.ts';
import { resolveCredentials } from '../google/credentials.ts';
import type { Profile } from '../profile/profile.ts';
import { permissionsForAccess, permissionsToLook, permissionsToMend } from '../steps/permissions.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import type { Plan } from '../wizard/runner.ts';
import { projectAnswer } from './answers.ts';
import { credentialChoice } from './credential-choice.ts';
import { customEndpoint } from './endpoint-flag.ts';
import type { Errand } from './errand.ts';
import type { RunFlags } from './run-flags.ts';
import { askAhead, toolsFor } from './tools.ts';

/** An errand, and how it is run. Without steps and permissions of its own it makes an account ready. */
export interface Orders extends Partial<Errand> {
  command: Errand['command'];
  flags: RunFlags;
  /** Loads the profile. */
  profile: () => Promise<Profile>;
  face: Face;
  signal: AbortSignal;
  /** The cloud and the key are gone when this run ends. */
  demo?: boolean;
  /** Asks a person whether to go on; absent where nobody is there. */
  confirm?: (plan: Plan) => Promise<boolean>;
  /** The longest one attempt of a call may take, in ms; 20,000 when absent. */
  deadlineMs?: number;
  /** Told of every call, for --debug. */
  log?: Parameters<typeof openCloud>[0]['log'];
}

/**
 * Takes one service account through the steps, as `setup` or `check`, and gives the ending.
 * @throws ProblemError, CredentialsError or EndpointError for what is wrong before a session can begin.
 */
export async function carryOut(errand: Orders): Promise<ExitName> {
  const began = performance.now();
  const { command, flags } = errand;
  const endpoint = customEndpoint(flags);
  const project = projectAnswer(flags);
  const credentials = await resolveCredentials({ ...credentialChoice(flags), endpoint });
  const over = new AbortController();
  const signal = AbortSignal.any([errand.signal, over.signal]);
  const { log, deadlineMs, permissions = permissionsToMend } = errand;
  const cloud = openCloud({ endpoint, credentials, signal, log, deadlineMs });
  const writes = command !== 'check' && flags.dryRun !== true && flags.planOut === undefined;
  const asks = writes || flags.planOut !== undefined;
  const needed = asks ? [...permissionsToLook, ...permissions] : permissionsToLook;
  const tools = toolsFor(
    cloud,
    project,
    needed,
    // Without a flag only the journal tells, and to read it first would hold up the question.
    asks ? permissionsForAccess(flags.keyless === 'none' ? 'key' : flags.keyless) : [],
    errand.demo || command === 'apply' ? undefined : process.env,
    flags.subjectTokenFile,
  );
  try {
    // To read the profile and to load the steps takes about as long as the first answers do, which need nothing of them.
    await askAhead(tools);
    const [{ walk }, profile] = await Promise.all([import('./walk.ts'), errand.profile()]);
    return await walk(errand, { began, endpoint, tools, writes, asks, profile });
  } finally {
    // Where the run ended early, nobody waits for those answers.
    over.abort();
  }
}
