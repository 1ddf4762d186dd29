import type { PlanFile } from '../handoff/plan-file.ts';
import type { Goal, Tools } from '../steps/goal.ts';
import { stepsFor } from '../steps/index.ts';
import { permissionsToMend } from '../steps/permissions.ts';
import { ProblemError } from '../wizard/problem.ts';
import type { Session } from '../wizard/session.ts';
import type { Errand } from './errand.ts';
import { applyCommand } from './plan-place.ts';
import { differencesFrom, doneOf } from './plan-differences.ts';
import { setupErrand } from './setup-errand.ts';
import { accountEmail } from '../steps/goal.ts';

/** Steps that are about a key in a file, which are left out where the plan makes none. */
const withKey: ReadonlySet<string> = new Set(['key', 'env', 'validate']);

/** How the profile of a plan stands to the built-in ones: it is one of them, or only has the name of one. */
interface Known {
  isBuiltIn: boolean;
  isOther: boolean;
}

/** The errand that carries out a plan: the steps of setup, held to what the plan says. */
export function applyErrand(file: string, plan: PlanFile, known: Known): Errand {
  const makesKey = plan.steps.some(({ step, changes }) => step === 'key' && changes.length > 0);
  return {
    ...setupErrand,
    command: 'apply',
    permissions: permissionsToMend,
    plan: { file, apply: applyCommand(file, plan.endpoint) },
    chosenBy: 'asked by the plan',
    stepsFor(goal) {
      const steps = stepsFor(goal);
      // A key that whoever made the plan has lies on their machine, and nothing is to be done about it here.
      return goal.answers.access.kind === 'key' && !makesKey
        ? steps.filter(({ id }) => !withKey.has(id))
        : steps;
    },
    notices: () => [
      ...madeWords(plan),
      ...profileWords(plan, known),
      ...(makesKey && plan.answers.keyless === undefined ? [keyWords(plan)] : []),
    ],
    more: (goal) => permissionLines(goal),
    looked: (session, goal, tools) => refuseChanged(file, plan, session, goal, tools),
  };
}

function madeWords({ made }: PlanFile): string[] {
  return [
    `${made.by} made this plan on ${made.at.slice(0, 10)}, and asks you to carry it out: read all of it before you say yes`,
  ];
}

function profileWords({ profile }: PlanFile, { isBuiltIn, isOther }: Known): string[] {
  if (isBuiltIn) return [];
  const name = String(profile['name']);
  return [
    isOther
      ? `its profile is called ${name}, as a built-in one is, and is another one`
      : `its profile ${name} is none of iamready's own: whoever wrote it decides what the account may do`,
  ];
}

function keyWords({ made }: PlanFile): string {
  return `the key goes into a file on this machine (--key-file says where), and ${made.by} does not get it by that: hand it over so that nobody else can read it`;
}

/** Every permission of the role, since the plan only counts them. */
function permissionLines({ profile }: Goal): string[] {
  return profile.permissions.flatMap(({ name, why, warning, on }) => [
    `${name}${on === undefined ? '' : `, on ${on}`}: ${why}`,
    ...(warning === undefined ? [] : [`! ${warning}`]),
  ]);
}

async function refuseChanged(
  file: string,
  plan: PlanFile,
  session: Session,
  goal: Goal,
  tools: Tools,
): Promise<void> {
  const project = await tools.project().catch(() => undefined);
  const isOther =
    plan.project.number !== '' && project !== undefined && project.number !== plan.project.number;
  const differences = [
    ...(isOther
      ? [
          `project ${plan.project.id}: the plan found number ${plan.project.number}; now it has ${project.number}, so it is another one of that name`,
        ]
      : []),
    ...(accountEmail(goal) === plan.account
      ? []
      : [`account: the plan says ${plan.account}; its own answers make it ${accountEmail(goal)}`]),
    ...differencesFrom(plan, session, goal),
  ];
  if (differences.length === 0) return;
  const done = doneOf(plan, session, goal).length;
  throw new ProblemError({
    mover: 'person',
    what: `${plan.project.id} is not what it was when ${file} was made`,
    why: `nothing was written${done === 0 ? '' : `; of the plan, ${done} ${done === 1 ? 'line is' : 'lines are'} done already`}`,
    next: `ask ${plan.made.by} to look again and to write the plan anew: iamready setup --plan-out=FILE`,
    exit: 'blocked',
    differences,
  });
}
