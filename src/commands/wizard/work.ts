import type { Face, Outcome, Scene } from '../../faces/face.ts';
import type { Cloud } from '../../google/cloud.ts';
import type { Profile } from '../../profile/profile.ts';
import type { Answer, Goal } from '../../steps/goal.ts';
import { undoCommands } from '../../steps/undo.ts';
import { permissionsToLook, permissionsToMend, steps } from '../../steps/index.ts';
import type { Journal } from '../../wizard/journal.ts';
import type { Problem } from '../../wizard/problem.ts';
import { run, type Plan } from '../../wizard/runner.ts';
import { newSession, standing, type Session } from '../../wizard/session.ts';
import { answersFrom, remembered, type Typed } from '../answers.ts';
import type { RunFlags } from '../run-flags.ts';
import { sceneOf } from '../scene.ts';
import { lackingProblem, toolsFor } from '../tools.ts';
import { withWhatRestsOn } from './cards.ts';
import { Made } from './made.ts';
import { editNames } from './names.ts';
import { askAboutPlan } from './plan-question.ts';
import { askAboutProblem, troubleOf } from './problem-question.ts';
import { stepByStep } from './step-by-step.ts';
import type { Talk } from './talk.ts';

/** What the steps are taken with. */
export interface Job {
  cloud: Cloud;
  profile: Profile;
  /** With the project in them. */
  flags: RunFlags;
  endpoint: string | undefined;
  journal: Journal;
  canGoBack: boolean;
  demo: boolean;
  /** Where the key goes, if not where flags or habit say. */
  keyFile?: Answer;
  /** Where the session is told in lines, too. */
  face: Face | undefined;
}

/** How it ended: at an outcome, or on the way to another stage. */
export type WorkEnding =
  { kind: 'done'; outcome: Outcome; scene: Scene } | { kind: 'back' } | { kind: 'sign-in' };

/** What the person wants next, if that is not to go on. */
type Turn = 'back' | 'edit' | 'no';

/**
 * Looks, shows what would change, and does what is approved; asks what to do about whatever stands in the way, until all is
 * ready or the person has had enough. What they know so far stands in `progress`, also where it ends early.
 */
export async function work(talk: Talk, job: Job, progress: { session?: Session }): Promise<WorkEnding> {
  const began = performance.now();
  const { conversation, signal } = talk;
  const { cloud, profile, journal, face } = job;
  let typed: Typed = {};
  const made = new Made();
  const skipped = new Map<string, Problem>();
  let slowly = false;
  for (;;) {
    const found = answersFrom(job.flags, profile, job.endpoint, journal.answers, typed);
    const goal: Goal = { profile, answers: { ...found, keyFile: job.keyFile ?? found.keyFile } };
    const { project } = goal.answers;
    const tools = toolsFor(cloud, project, [...permissionsToLook, ...permissionsToMend]);
    const scene = sceneOf({ ...job, command: 'setup', goal, operator: cloud.principal });
    const out = withWhatRestsOn(new Set(skipped.keys()));
    // Once a key is made, what came before cannot be taken back by going back.
    const canGoBack = job.canGoBack && !made.has('key');
    let turn: Turn | undefined;
    let editing: string | undefined;

    const decide = async (plan: Plan, session: Session): Promise<ReadonlySet<string> | undefined> => {
      if (!slowly) {
        const answer = await askAboutPlan(talk, {
          plan,
          session,
          goal,
          skipped: out,
          canGoBack,
        });
        if (answer.kind === 'step-by-step') slowly = true;
        else if (answer.kind !== 'yes') turn = answer.kind;
      }
      // Declined, so that the session says so; gone back or edited: nothing was decided.
      if (turn === 'no') return new Set();
      if (turn !== undefined) return undefined;
      await journal.answer(remembered(goal.answers));
      return new Set(plan.steps.map(({ step }) => step));
    };
    const ask = stepByStep(talk, goal);
    const before: Parameters<typeof run>[0]['before'] = async (step, changes, session) => {
      if (!slowly) return true;
      if (turn !== undefined) return false;
      const answer = await ask(step, changes, made.in(session));
      if (answer === 'yes' || answer === 'no') return answer === 'yes';
      turn = answer;
      editing = step;
      if (answer === 'back') slowly = false;
      return false;
    };

    conversation.session(newSession(steps.map(({ id }) => id)));
    face?.begin(scene);
    const ended = await run({
      ...{ steps, tools, goal, journal, decide, before, signal },
      skip: out,
      lacking: (permissions) => lackingProblem(tools, project, permissions),
      emit(event, now) {
        const shown = made.in(now);
        progress.session = shown;
        conversation.session(shown, event);
      },
    });
    made.remember(ended);
    const session = made.in(ended);

    if (turn === 'back' && editing === undefined) return { kind: 'back' };
    if (turn === 'edit') {
      typed = { ...typed, ...(await editNames(talk, { goal, cloud, session, step: editing })) };
      continue;
    }
    if (turn === 'back') continue;
    const trouble = turn === 'no' ? undefined : troubleOf(session, out);
    if (trouble !== undefined) {
      const way = await askAboutProblem(talk, { ...trouble, session, goal, canGoBack });
      if (way === 'back' || way === 'sign-in') return { kind: way };
      if (way === 'skip') skipped.set(trouble.step, trouble.problem);
      if (way === 'edit') typed = { ...typed, ...(await editNames(talk, { goal, cloud, session })) };
      if (way !== 'leave') continue;
    }
    const undo = undoCommands(goal, session);
    const elapsedMs = performance.now() - began;
    return { kind: 'done', scene, outcome: { session, ...endingOf(session, skipped), elapsedMs, undo } };
  }
}

/** How it stands, and what was left out: that still waits for somebody, so it is not all done. */
function endingOf(session: Session, skipped: ReadonlyMap<string, Problem>) {
  const stands = standing(session);
  const leftOut = steps.flatMap(({ id, title }) => {
    const problem = skipped.get(id);
    return problem === undefined ? [] : [{ title, problem }];
  });
  const [first] = leftOut;
  if (first === undefined || stands.exit !== 'differs') return stands;
  return { status: 'blocked' as const, exit: first.problem.exit, leftOut };
}
