import type { Face } from '../faces/face.ts';
import { openCloud } from '../google/cloud.ts';
import { resolveCredentials } from '../google/credentials.ts';
import type { Profile } from '../profile/profile.ts';
import { goalFor } from '../steps/goal-for.ts';
import type { Tools } from '../steps/goal.ts';
import { permissionsForAccess, permissionsToLook, permissionsToMend, stepsFor } from '../steps/index.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import { openJournal, readJournal } from '../wizard/journal.ts';
import { run, type Plan } from '../wizard/runner.ts';
import { standing, type Session } from '../wizard/session.ts';
import { operatorEmail } from './access-answer.ts';
import { answersFrom, projectAnswer, remembered, rememberChosen } from './answers.ts';
import { credentialChoice } from './credential-choice.ts';
import { customEndpoint } from './endpoint-flag.ts';
import type { Errand } from './errand.ts';
import { journalFile, stateFolder } from './folders.ts';
import { keylessUse } from './keyless-use.ts';
import type { RunFlags } from './run-flags.ts';
import { sceneOf } from './scene.ts';
import { signJournal } from './sign-journal.ts';
import { isUnknown, lackingIn } from './lacking.ts';
import { handsOver, planPlace } from './plan-place.ts';
import { askAhead, lackingProblem, toolsFor } from './tools.ts';
import { answersBy } from './answers-by.ts';
import { withWhatRestsOn } from './wizard/cards.ts';

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
    // To read the profile takes about as long as the first answers do, and they need nothing of it.
    await askAhead(tools);
    const profile = await errand.profile();
    return await walk(errand, { began, endpoint, tools, writes, asks, profile });
  } finally {
    // Where the run ended early, nobody waits for those answers.
    over.abort();
  }
}

interface Journey {
  began: number;
  endpoint: string | undefined;
  tools: Tools;
  /** False where this run only looks. */
  writes: boolean;
  /** True where what the operator may do is asked, as somebody is to do it. */
  asks: boolean;
  profile: Profile;
}

async function walk(errand: Orders, journey: Journey): Promise<ExitName> {
  const { began, endpoint, tools, writes, asks, profile } = journey;
  const { command, flags, face, signal } = errand;
  const state = flags.stateDir ?? stateFolder(process.env);
  const file = journalFile(state, projectAnswer(flags), profile.name, endpoint);
  const { breakLock } = flags;
  const journal = await (writes ? openJournal(file, { breakLock }) : readJournal(file));

  try {
    const { operator, cloud } = tools;
    if (writes) signJournal(journal, cloud);
    const email = await operatorEmail(cloud, flags, journal.answers);
    const { chosenBy } = errand;
    const given = answersFrom(flags, profile, endpoint, chosenBy ? {} : journal.answers, {}, email);
    const answers = chosenBy ? answersBy(chosenBy, given) : given;
    const goal = goalFor(profile, answers);
    const taken = errand.stepsFor?.(goal, journal) ?? stepsFor(goal);
    const notices = errand.notices?.(journal);
    const about = { command, flags, goal, operator, endpoint, journal, notices, steps: taken };
    const scene = sceneOf({ ...about, demo: errand.demo ?? false });
    face.begin(scene);
    const planOut =
      errand.plan ??
      planPlace(flags.planOut === undefined ? scene.again(command) : undefined, {
        ...{ project: answers.project, endpoint, file: flags.planOut },
      });
    let missingFlag: string | undefined;
    const decide = async (plan: Plan): Promise<ReadonlySet<string> | undefined> => {
      const all = new Set(plan.steps.map(({ step }) => step));
      if (writes && flags.yes !== true && errand.confirm === undefined) missingFlag = '--yes';
      const going = writes && missingFlag === undefined;
      if (command !== 'check') face.plan(plan, going, errand.more?.(goal));
      if (!going) return undefined;
      if (flags.yes !== true && !(await errand.confirm?.(plan))) return new Set();
      await errand.approved?.();
      await journal.answer(remembered(answers, flags.profile));
      return all;
    };
    const looked = async (now: Session): Promise<ReadonlySet<string>> => {
      await errand.looked?.(now, goal, tools);
      if (!writes || flags.partial !== true) return new Set();
      const { steps } = await lackingIn(now, { tools, goal });
      return withWhatRestsOn(taken, steps);
    };
    const session = await run({
      steps: taken,
      tools,
      goal,
      journal,
      decide,
      lacking: async (changes) => (writes ? lackingProblem(tools, answers.project, changes) : undefined),
      looked,
      emit: (event, now) => face.event(event, now),
      explains: command === 'check',
      signal,
    });
    const exit = endingOf(session, missingFlag);
    const lacking = asks && handsOver(command) ? await lackingIn(session, { tools, goal }) : undefined;
    const preflight =
      lacking === undefined || lacking.lacks.length === 0
        ? undefined
        : await (
            await import('./preflight.ts')
          ).preflightOf(session, lacking, {
            ...{ tools, goal, planOut },
            steps: taken,
          });
    if (writes && exit.exit === 'done') await rememberChosen(journal, answers, flags.profile);
    const undoable = journal.made.length > 0;
    const keyless = keylessUse(goal, session);
    const elapsedMs = performance.now() - began;
    const outcome = { session, ...exit, missingFlag, undoable, keyless, preflight, elapsedMs };
    if (flags.planOut === undefined || isUnknown(session)) {
      face.end(outcome);
      return exit.exit;
    }
    const { planOf } = await import('./plan-of.ts');
    const { writePlan } = await import('../handoff/plan-file.ts');
    const made = command === 'repair' ? ('repair' as const) : ('setup' as const);
    const { lacks = [] } = lacking ?? {};
    const plan = await planOf({ session, goal, profile, tools, endpoint, command: made, lacks });
    await writePlan(flags.planOut, plan);
    face.end({ ...outcome, exit: 'done', planFile: { file: planOut.file, apply: planOut.apply } });
    return 'done';
  } finally {
    await journal.close();
  }
}

function endingOf(session: Session, missingFlag: string | undefined) {
  const stands = standing(session);
  return stands.exit === 'differs' && missingFlag !== undefined
    ? { status: stands.status, exit: 'unanswered' as const }
    : stands;
}
