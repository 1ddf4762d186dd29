import { isCloudError } from '../google/errors.ts';
import type { Project } from '../google/projects.ts';
import { ProblemError, type Problem } from '../wizard/problem.ts';
import type { Step } from '../wizard/step.ts';
import { cloudProblem, seenOr, unseen } from './cloud-problem.ts';
import { servicesOf, type Goal, type Tools } from './goal.ts';
import { commandLine } from './shell.ts';

interface Wanted {
  project: string;
  turnedOn: readonly string[];
}

/** `project` is absent where Resource Manager is off in it: then it cannot be seen, and the services step turns it on. */
interface Seen {
  project?: Project;
}

/** Finds the project and what the operator may do there. It changes nothing. */
export const projectStep: Step<Wanted, Seen, Tools, Goal> = {
  id: 'project',
  title: 'Project',
  why: 'The project that everything below belongs to. It is looked at, never changed.',
  undo: 'nothing to take back: it is only looked at',
  needs: [],
  settling: { agree: 1, usuallyMs: 0, patienceMs: 0 },
  want: (goal) => ({ project: goal.answers.project, turnedOn: servicesOf(goal) }),

  async look(tools, { project, turnedOn }) {
    const [found, granted] = await Promise.all([
      seenOr(tools.project(), turnedOn).catch((error: unknown) => {
        if (isCloudError(error, 'denied', 'not-found')) return undefined;
        throw error;
      }),
      tools.granted(),
    ]);
    if (found === unseen) return {};
    if (found === undefined) throw new ProblemError(notSeen(tools, project, granted));
    if (found.state !== 'ACTIVE') throw new ProblemError(notActive(project, found.state));
    return { project: found };
  },

  compare: () => [],

  facts(_wanted, { project }) {
    if (project === undefined)
      return [{ tone: 'note', text: 'cannot be seen while Resource Manager is off in it' }];
    return [{ tone: 'note', text: `number ${project.number}${project.name ? `, "${project.name}"` : ''}` }];
  },

  act: () => Promise.resolve({}),
  waiting: () => ({ waitingFor: 'the project' }),
  problem: (error, { project }) => cloudProblem(error, { project, doing: `look at the project ${project}` }),
};

// Google answers the same for a project that is absent and one that is forbidden; so do we.
function notSeen(tools: Tools, project: string, granted: ReadonlySet<string>): Problem {
  const missing = tools.needed.filter((permission) => !granted.has(permission));
  return {
    mover: 'person',
    what: `${tools.operator} may not see the project ${project}, or there is none of that ID`,
    why: `missing there: ${missing.join(', ')}`,
    next: `check the ID (gcloud projects list), or ask an owner of ${project} to grant these permissions`,
    exit: 'blocked',
    missing,
  };
}

function notActive(project: string, state: string): Problem {
  return {
    mover: 'person',
    what: `the project ${project} is not active (${state})`,
    why: 'a project that is to be deleted takes no changes',
    next: `restore it within 30 days: ${commandLine('gcloud', 'projects', 'undelete', project)}`,
    exit: 'blocked',
  };
}
