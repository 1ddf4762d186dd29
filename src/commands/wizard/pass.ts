import type { Face, Scene } from '../../faces/face.ts';
import type { Cloud } from '../../google/cloud.ts';
import type { Profile } from '../../profile/profile.ts';
import { goalFor } from '../../steps/goal-for.ts';
import type { Answer, Goal, Tools } from '../../steps/goal.ts';
import { permissionsForAccess, permissionsToLook } from '../../steps/permissions.ts';
import type { Journal } from '../../wizard/journal.ts';
import type { Problem } from '../../wizard/problem.ts';
import { run, type RunOptions } from '../../wizard/runner.ts';
import { newSession, type Session } from '../../wizard/session.ts';
import { operatorEmail } from '../access-answer.ts';
import { answersFrom, remembered, type Typed } from '../answers.ts';
import type { Errand } from '../errand.ts';
import type { RunFlags } from '../run-flags.ts';
import { sceneOf } from '../scene.ts';
import { signJournal } from '../sign-journal.ts';
import { lackingProblem, toolsFor } from '../tools.ts';
import { cardsOf, withWhatRestsOn } from './cards.ts';
import { Made } from './made.ts';
import { askAboutPlan } from './plan-question.ts';
import { stepByStep } from './step-by-step.ts';
import type { Talk } from './talk.ts';
import { hasChangedKey } from './walls.ts';
import { writePlanTo, type PlanWritten, type Written } from './write-plan.ts';

/** What the steps are taken with. */
export interface Job {
  errand: Errand;
  cloud: Cloud;
  profile: Profile;
  /** With the project and the profile in them. */
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

/** What a person has settled so far, and what came of it. It lasts while the steps are taken again and again. */
export class Course {
  #typed: Typed = {};
  #steps: Steps | undefined;
  #chosen: Partial<RunFlags> = {};
  /** Steps to go on without, and why they cannot be taken. */
  readonly skipped = new Map<string, Problem>();
  /** Whether permissions of the role go that nobody asked for, once that was decided. */
  removesExtra?: boolean;
  /** Asks before each step. */
  slowly = false;
  /** The plan, in a file for somebody else. */
  written: PlanWritten | undefined;
  /** A key was made or deleted: nothing is taken back by going back. */
  isPastWall = false;
  readonly made = new Made();

  /** Names that the person typed. */
  get typed(): Typed {
    return this.#typed;
  }

  /** Takes in names that were typed: the goal is another one now. */
  type(typed: Typed | undefined): void {
    this.#typed = { ...this.#typed, ...typed };
    this.#steps = undefined;
  }

  /** What was chosen on the way, as flags would say it. */
  get chosen(): Partial<RunFlags> {
    return this.#chosen;
  }

  /** Takes in what was chosen: the goal is another one now. */
  choose(flags: Partial<RunFlags> | undefined): void {
    this.#chosen = { ...this.#chosen, ...flags };
    this.#steps = undefined;
  }

  /** The steps, which stay the same from pass to pass, whatever the journal has learnt meanwhile. */
  stepsFor(find: () => Steps): Steps {
    return (this.#steps ??= find());
  }

  /** The steps to leave out, with what rests on them. */
  get out(): Set<string> {
    return withWhatRestsOn(this.#steps ?? [], new Set(this.skipped.keys()));
  }
}

/** What one pass over the steps came to. */
export interface Pass {
  session: Session;
  steps: Steps;
  goal: Goal;
  tools: Tools;
  scene: Scene;
  canGoBack: boolean;
  /** What the person wants instead of going on, and at which step they said so; at the plan, where there is none. */
  turn?: 'back' | 'edit' | 'no';
  at?: string;
}

type Steps = ReturnType<Errand['stepsFor']>;
type Options = RunOptions<Parameters<typeof lackingProblem>[0], Goal>;

/** Looks at everything, asks, and does what is approved, once. The session goes to `watch` as it changes. */
export async function takeSteps(
  talk: Talk,
  job: Job,
  course: Course,
  watch: (session: Session, steps: Steps) => void,
): Promise<Pass> {
  const { errand, cloud, profile, journal, face } = job;
  signJournal(journal, cloud);
  const { made } = course;
  const flags = { ...job.flags, ...course.chosen };
  const found = answersFrom(
    flags,
    profile,
    job.endpoint,
    journal.answers,
    course.typed,
    await operatorEmail(cloud, flags, journal.answers),
  );
  const { keyFile = found.keyFile } = job;
  const extra = course.removesExtra && { removeExtra: 'you chose to take it away' };
  const goal = goalFor(profile, { ...found, keyFile, ...extra });
  const { project } = goal.answers;
  const steps = course.stepsFor(() => errand.stepsFor(goal, journal));
  const { out } = course;
  const tools = toolsFor(
    cloud,
    project,
    [...permissionsToLook, ...errand.permissions],
    permissionsForAccess(goal.answers.access.kind),
    job.demo ? undefined : process.env,
    job.flags.subjectTokenFile,
  );
  const { command } = errand;
  const about = { command, goal, steps, notices: errand.notices?.(journal), operator: cloud.principal };
  const scene = sceneOf({ ...job, ...about });
  // Once a key is made or deleted, what came before cannot be taken back by going back.
  const canGoBack = job.canGoBack && !course.isPastWall;
  const said: Pick<Pass, 'turn' | 'at'> = {};
  const writing = planSource(job, goal, tools);

  const decide: Options['decide'] = async (plan, session) => {
    if (!course.slowly) {
      const { kind } = await askAboutPlan(talk, {
        plan,
        session,
        goal,
        steps,
        words: errand.words,
        editable: errand.editable,
        demo: job.demo,
        skipped: out,
        canGoBack,
        notices: scene.notices,
        ...(writing && {
          async write() {
            course.written = await writePlanTo(talk, { ...writing, session }, 'plan');
            return course.written?.note;
          },
        }),
      });
      if (kind === 'step-by-step') course.slowly = true;
      else if (kind !== 'yes') said.turn = kind;
    }
    // Declined, so that the session says so; gone back or edited: nothing was decided.
    if (said.turn === 'no') return new Set();
    if (said.turn !== undefined) return undefined;
    await journal.answer(remembered(goal.answers, job.flags.profile));
    return new Set(plan.steps.map(({ step }) => step));
  };

  const ask = stepByStep(talk, { goal, steps, editable: errand.editable });
  const before: Options['before'] = async (step, changes, session) => {
    if (!course.slowly) return true;
    if (said.turn !== undefined) return false;
    const word = await ask(step, changes, made.in(session));
    if (word === 'edit' || word === 'back') Object.assign(said, { turn: word, at: step });
    return word === 'yes';
  };

  talk.conversation.steps(cardsOf(steps, errand.details?.(goal.profile)));
  talk.conversation.session(newSession(steps.map(({ id }) => id)));
  face?.begin(scene);
  const ended = await run({
    ...{ steps, tools, goal, journal, decide, before, skip: out, signal: talk.signal },
    lacking: (changes) => lackingProblem(tools, project, changes),
    emit(event, now) {
      const shown = made.in(now);
      watch(shown, steps);
      talk.conversation.session(shown, event);
    },
  });
  made.remember(ended);
  const session = made.in(ended);
  course.isPastWall ||= hasChangedKey(session);
  return { session, steps, goal, tools, scene, canGoBack, ...said };
}

/** What a plan for somebody else is written from; nothing where it would not travel. */
export function planSource(
  { errand, demo, profile, endpoint }: Job,
  goal: Goal,
  tools: Tools,
): Omit<Written, 'session'> | undefined {
  const { command } = errand;
  if (demo || (command !== 'setup' && command !== 'repair')) return undefined;
  return { goal, profile, tools, endpoint, command };
}
