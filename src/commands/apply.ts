import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readPlan, writeAnew, type PlanFile } from '../handoff/plan-file.ts';
import { isDeepStrictEqual } from 'node:util';
import { loadProfile, listProfiles } from '../profile/load.ts';
import type { Profile } from '../profile/profile.ts';
import { readProfile } from '../profile/read-profile.ts';
import { makeFolder } from '../wizard/make-folder.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import { writeWhole } from '../wizard/write-whole.ts';
import { answersFrom } from './answers.ts';
import { applyErrand } from './apply-errand.ts';
import { askFirst } from './ask-first.ts';
import { carryOut } from './carry-out.ts';
import { callLog } from './debug-log.ts';
import { customEndpoint } from './endpoint-flag.ts';
import { faceFor } from './face-for.ts';
import { stateFolder } from './folders.ts';
import { isProjectId } from './name-rules.ts';
import type { RunFlags } from './run-flags.ts';

/** What `apply` takes: who signs in, and where its own things go. All else is in the plan. */
export type ApplyFlags = Pick<
  RunFlags,
  | 'endpoint'
  | 'credentials'
  | 'accessTokenFile'
  | 'account'
  | 'impersonateServiceAccount'
  | 'keyFile'
  | 'stateDir'
  | 'breakLock'
  | 'partial'
  | 'yes'
  | 'dryRun'
  | 'json'
  | 'debug'
>;

/** `iamready apply FILE`: carries out a plan that somebody else has made, if the world is still as they saw it. */
export async function apply(file: string, flags: ApplyFlags, signal: AbortSignal): Promise<ExitName> {
  const orders = await applyOrders(file, flags, process.env);
  const confirm = askFirst(flags, signal);
  return carryOut({ ...orders, face: faceFor(flags), signal, confirm, log: callLog(flags) });
}

/**
 * What a plan asks for, as a run takes it.
 * @throws ProblemError naming the place in the file where it is no plan, or is not meant for here
 */
export async function applyOrders(file: string, given: ApplyFlags, env: NodeJS.ProcessEnv) {
  const plan = await readPlan(file);
  refuseElsewhere(file, plan, customEndpoint(given));
  if (!isProjectId(plan.project.id)) throw damaged(file, 'project.id is no project ID');
  const text = JSON.stringify(plan.profile, null, 2);
  const profile = readProfile(text, `${file}: profile`);
  const known = await builtIn(profile.name);
  const isBuiltIn = known !== undefined && isDeepStrictEqual(known, profile);
  // Later runs read the profile again: one that is not ours is kept as it was in the plan.
  const folder = join(given.stateDir ?? stateFolder(env), 'profiles');
  const kept = join(folder, `${createHash('sha256').update(text).digest('hex')}.yaml`);
  const { keyless, removeExtra, ...names } = plan.answers;
  const flags: RunFlags = {
    ...given,
    ...names,
    ...(keyless && { keyless }),
    ...(removeExtra && { removeExtra }),
    project: plan.project.id,
    profile: isBuiltIn ? profile.name : kept,
  };
  // What is said to come next is for whoever made the plan, and so are the variables of their env file.
  const here: Profile = { ...profile, next: [], env: {} };
  refuseWrongAnswers(file, { ...flags, keyFile: undefined }, here);
  const errand = applyErrand(file, plan, { isBuiltIn, isOther: known !== undefined && !isBuiltIn });
  return {
    ...errand,
    flags,
    profile: () => Promise.resolve(here),
    async approved() {
      if (isBuiltIn) return;
      await makeFolder(folder);
      await writeWhole(kept, text);
    },
  };
}

/** What its answers cannot be is told of the file, and not of flags that nobody gave. */
function refuseWrongAnswers(file: string, flags: RunFlags, profile: Profile): void {
  try {
    answersFrom(flags, profile, undefined);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw damaged(file, `answers: ${error.problem.what}`);
  }
}

async function builtIn(name: string): Promise<Profile | undefined> {
  const all = await listProfiles();
  return all.some((each) => each.name === name) ? loadProfile(name) : undefined;
}

/** Credentials go to no address that a file names: whoever applies it says where. */
function refuseElsewhere(file: string, plan: PlanFile, endpoint: string | undefined): void {
  if (plan.endpoint === endpoint) return;
  const [theirs, ours] = [plan.endpoint ?? 'Google', endpoint ?? 'Google'];
  throw new ProblemError({
    mover: 'person',
    what: `${file} was made for ${theirs}, and this is ${ours}`,
    next:
      plan.endpoint === undefined
        ? 'leave --endpoint and IAMREADY_ENDPOINT out'
        : `if you trust that address with your credentials, say so: --endpoint=${plan.endpoint}`,
    exit: 'usage',
  });
}

function damaged(file: string, what: string): ProblemError {
  return new ProblemError({
    mover: 'person',
    what: `${file} is damaged, or was changed by hand: ${what}`,
    next: writeAnew,
    exit: 'usage',
  });
}
