import type { Outcome, Scene } from '../../faces/face.ts';
import type { Preflight } from '../../wizard/preflight.ts';
import type { Problem } from '../../wizard/problem.ts';
import { nodeOf, standing, type Session } from '../../wizard/session.ts';
import { rememberChosen } from '../answers.ts';
import { keylessUse } from '../keyless-use.ts';
import type { ToldStep } from './cards.ts';
import { chooseKey } from './choose-key.ts';
import { askAboutExtra, extraOf } from './extra.ts';
import { isUnknown, lackingIn, type Lacking } from '../lacking.ts';
import { handsOver, planPlace } from '../plan-place.ts';
import { askAccess, askKeyless, showRequest } from './keyless.ts';
import { editNames } from './names.ts';
import { Course, planSource, takeSteps, type Job, type Pass } from './pass.ts';
import { askAboutProblem, troubleOf } from './problem-question.ts';
import { showMessage } from './show-message.ts';
import type { Talk } from './talk.ts';
import { writePlanTo } from './write-plan.ts';

/** How it ended: at an outcome, or on the way to another stage. */
export type WorkEnding =
  { kind: 'done'; outcome: Outcome; scene: Scene } | { kind: 'back' } | { kind: 'sign-in' };

/** How far it has come: kept also where it ends early. */
export interface Progress {
  session?: Session;
  steps?: readonly ToldStep[];
}

/** Where a pass leads: to the next one, to the end, or out of here. */
type Next = 'again' | 'done' | 'back' | 'sign-in';

/**
 * Takes the steps, and asks what to do about whatever stands in the way, until all is ready or the person has had enough.
 * What is known so far stands in `progress`, also where it ends early.
 */
export async function work(talk: Talk, job: Job, progress: Progress): Promise<WorkEnding> {
  const began = performance.now();
  const course = new Course();
  for (;;) {
    const pass = await takeSteps(talk, job, course, (session, steps) =>
      Object.assign(progress, { session, steps }),
    );
    const help = await helpIn(job, course, pass);
    const next = await nextAfter(talk, job, course, pass, help);
    if (next === 'again') continue;
    if (next !== 'done') return { kind: next };
    const { session, steps, goal, scene } = pass;
    const ending = endingOf(session, steps, course.skipped);
    // So that the next run knows this one for finished, also where there was nothing to do.
    const validates = steps.some(({ id }) => id === 'validate');
    if (validates && ending.exit === 'done' && job.journal.receipt('validate') === undefined)
      await job.journal.record('validate', {});
    if (ending.exit === 'done') await rememberChosen(job.journal, goal.answers, job.flags.profile);
    const elapsedMs = performance.now() - began;
    const undoable = job.journal.made.length > 0;
    const keyless = keylessUse(goal, session);
    const outcome = { session, ...ending, elapsedMs, undoable, keyless, preflight: help?.preflight };
    return { kind: 'done', scene, outcome };
  }
}

/** What the person may not do of it, and who may help; undefined where they may do all. */
async function helpIn(
  { endpoint, errand, demo }: Job,
  { written }: Course,
  { session, goal, tools, steps, scene }: Pass,
): Promise<{ lacking: Lacking; preflight: Preflight } | undefined> {
  if (!handsOver(errand.command)) return undefined;
  const lacking = await lackingIn(session, { tools, goal });
  if (lacking.lacks.length === 0) return undefined;
  const file = written?.file;
  const again = demo || file !== undefined ? undefined : scene.again(scene.command);
  const planOut = planPlace(again, { project: goal.answers.project, endpoint, file });
  // The catalog is needed only where something is lacking.
  const { preflightOf } = await import('../preflight.ts');
  return { lacking, preflight: await preflightOf(session, lacking, { tools, goal, steps, planOut }) };
}

async function nextAfter(
  talk: Talk,
  job: Job,
  course: Course,
  pass: Pass,
  help: Awaited<ReturnType<typeof helpIn>>,
): Promise<Next> {
  const { cloud, profile, errand, flags } = job;
  const { session, steps, goal, canGoBack, turn, at } = pass;
  const edit = async (step?: string): Promise<Next> => {
    const edited = await editNames(talk, { goal, profile, cloud, session, step });
    if (edited?.kind === 'name') course.type(edited.typed);
    if (edited?.kind === 'access') course.choose(await askAccess(talk, { cloud, flags }));
    if (edited?.kind === 'tighten') course.choose(edited.flags);
    return 'again';
  };
  if (turn === 'no') return 'done';
  if (turn === 'edit') return edit(at);
  if (turn === 'back') {
    // From a single step back to the plan, and from the plan out of here.
    course.slowly = false;
    return at === undefined ? 'back' : 'again';
  }
  const trouble = troubleOf(session, steps, course.out);
  if (trouble === undefined) {
    const extra = course.removesExtra === undefined ? extraOf(session) : undefined;
    if (extra === undefined) return 'done';
    course.removesExtra = await askAboutExtra(talk, extra);
    return course.removesExtra ? 'again' : 'done';
  }
  const isTheirs = help?.lacking.steps.has(trouble.step) === true;
  const writing = planSource(job, goal, pass.tools);
  const way = await askAboutProblem(talk, {
    ...trouble,
    ...{ session, steps, goal, canGoBack, note: course.written?.note },
    editable: errand.editable,
    preflight: isTheirs ? help.preflight : undefined,
    writable: writing !== undefined && !isUnknown(session),
  });
  switch (way) {
    case 'write-plan':
      if (writing) course.written = await writePlanTo(talk, { ...writing, session }, trouble.step);
      return 'again';
    case 'partial':
      for (const id of help?.lacking.steps ?? []) {
        const node = nodeOf(session, id);
        if ('problem' in node) course.skipped.set(id, node.problem);
      }
      return 'again';
    case 'back':
    case 'sign-in':
      return way;
    case 'leave':
      return 'done';
    case 'edit':
      return edit();
    case 'skip':
      course.skipped.set(trouble.step, trouble.problem);
      return 'again';
    case 'retry':
      return 'again';
    case 'delete-key': {
      const { step: place, problem } = trouble;
      const deleteKey = await chooseKey(talk, { at: place, keys: problem.keys ?? [] });
      if (deleteKey !== undefined) course.type({ deleteKey });
      return 'again';
    }
    case 'ask-administrator':
      if (isTheirs) await showMessage(talk, help.preflight, trouble.step);
      else await showRequest(talk, goal.answers.project, trouble.problem);
      return 'again';
    case 'impersonation':
    case 'github':
    case 'attached':
      course.choose(await askKeyless(talk, way, { cloud, flags }));
      return 'again';
  }
}

/** How it stands, and what was left out: that still waits for somebody, so it is not all done. */
function endingOf(session: Session, steps: readonly ToldStep[], skipped: ReadonlyMap<string, Problem>) {
  const stands = standing(session);
  const leftOut = steps.flatMap(({ id, title }) => {
    const problem = skipped.get(id);
    return problem === undefined ? [] : [{ title, problem }];
  });
  const [first] = leftOut;
  if (first === undefined || stands.exit !== 'differs') return stands;
  return { status: 'blocked' as const, exit: first.problem.exit, leftOut };
}
