import type { Profile } from '../profile/profile.ts';
import { goalFor } from '../steps/goal-for.ts';
import type { Tools } from '../steps/goal.ts';
import { stepsFor } from '../steps/index.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import { openJournal, readJournal } from '../wizard/journal.ts';
import { run, type Plan } from '../wizard/runner.ts';
import { standing, type Session } from '../wizard/session.ts';
import { operatorEmail } from './access-answer.ts';
import { answersBy } from './answers-by.ts';
import { answersFrom, projectAnswer, remembered, rememberChosen } from './answers.ts';
import type { Orders } from './carry-out.ts';
import { journalFile, stateFolder } from './folders.ts';
import { keylessUse } from './keyless-use.ts';
import { isUnknown, lackingIn } from './lacking.ts';
import { handsOver, planPlace } from './plan-place.ts';
import { sceneOf } from './scene.ts';
import { signJournal } from './sign-journal.ts';
import { lackingProblem } from './tools.ts';
import { withWhatRestsOn } from './wizard/cards.ts';

/** What a run has by the time that its steps begin. */
export interface Journey {
  began: number;
  endpoint: string | undefined;
  tools: Tools;
  /** False where this run only looks. */
  writes: boolean;
  /** True where what the operator may do is asked, as somebody is to do it. */
  asks: boolean;
  profile: Profile;
}

/** Takes the steps, tells the face, and gives the ending. @throws ProblemError for what is wrong before a session can begin */
export async function walk(errand: Orders, journey: Journey): Promise<ExitName> {
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
