import manifest from '../../package.json' with { type: 'json' };
import { planFile, type PlanFile, type PlannedChange } from '../handoff/plan-file.ts';
import { printable } from '../print/printable.ts';
import type { Profile } from '../profile/profile.ts';
import { accountEmail, askedByProfile, type Answers, type Goal, type Tools } from '../steps/goal.ts';
import type { Lack } from '../wizard/preflight.ts';
import { nodeOf, type Session } from '../wizard/session.ts';
import type { Change } from '../wizard/step.ts';
import { remembered } from './answers.ts';
import { changesIn } from './lacking.ts';

/** What a plan is made of. */
export interface PlanSource {
  session: Session;
  goal: Goal;
  /** With all of its permissions. */
  profile: Profile;
  tools: Tools;
  endpoint: string | undefined;
  command: 'setup' | 'repair';
  lacks: readonly Lack[];
}

/** Steps that are about this machine, or change nothing. */
const staysHere: ReadonlySet<string> = new Set(['env', 'validate']);

/** The plan of a session, in a form that travels: nothing in it is about this machine. */
export async function planOf(source: PlanSource): Promise<PlanFile> {
  const { session, goal, profile, tools, endpoint, command, lacks } = source;
  const { answers } = goal;
  const found = session.order.flatMap((step) => {
    const node = nodeOf(session, step);
    // What a key file is like, and where it lies, is nobody else's.
    const isOurs = staysHere.has(step) || step === 'key';
    return 'facts' in node && !isOurs
      ? node.facts.map(({ tone, text }) => ({ step, tone, text: printable(text) }))
      : [];
  });
  const [project, maker] = await Promise.all([
    tools.project().catch(() => undefined),
    tools.cloud.whose().catch(() => undefined),
  ]);
  return planFile({
    program: manifest.version,
    made: { by: maker ?? 'somebody', at: new Date().toISOString(), command },
    ...(endpoint !== undefined && { endpoint }),
    project: { id: answers.project, number: project?.number ?? '' },
    account: accountEmail(goal),
    answers: travelling(answers),
    profile: { ...profile },
    found,
    steps: session.order.flatMap((step) => {
      const changes = portable(step, changesIn(session, step), goal);
      return changes.length === 0 ? [] : [{ step, changes }];
    }),
    missing: lacks.map(({ permission, called }) => ({ permission, on: called })),
  });
}

/** Of a step's changes those that mean the same for everybody, without what is about one machine or one journal. */
export function portable(step: string, changes: readonly Change[], goal: Goal): PlannedChange[] {
  if (staysHere.has(step)) return [];
  const email = accountEmail(goal);
  const deleted = goal.answers.deleteKey?.value;
  return changes.flatMap((change): PlannedChange[] => {
    const { sign, what, name, from, to, why, source, gcloud, assumed } = change;
    if (what === 'key' && sign !== '-')
      // Only whoever makes a key has its file.
      return change.requires.length === 0
        ? []
        : [
            {
              sign: '+',
              what,
              name: `a key of ${email}`,
              to: 'in a file of whoever makes it',
              why,
              source: askedByProfile,
            },
          ];
    // Orphans, grants of accounts that are gone, and a provider of ours: a journal tells, and each has another.
    if (what === 'key' && name !== deleted) return [];
    if ((what === 'grant' && sign === '-') || (what === 'provider' && sign === '~' && from !== 'deleted'))
      return [];
    if (what === 'credentials') return [];
    return [
      {
        ...{ sign, what, name: printable(name) },
        ...(from !== undefined && { from: printable(from) }),
        ...(to !== undefined && { to: printable(to) }),
        ...{ why: printable(why), source },
        ...(gcloud !== undefined && { gcloud: printable(gcloud) }),
        ...(assumed && { assumed }),
      },
    ];
  });
}

/** The answers as flags would give them, without those that are about this machine. */
function travelling(answers: Answers): PlanFile['answers'] {
  const all = remembered(answers, undefined);
  const named = (key: 'roleId' | 'roleTitle' | 'accountId' | 'accountName') =>
    answers[key] === undefined || answers[key].source === askedByProfile ? {} : { [key]: answers[key].value };
  const { without, tighten, member, impersonator, repository, pool, provider, runService } = all;
  const { kind } = answers.access;
  return {
    ...named('accountId'),
    ...named('roleId'),
    ...named('roleTitle'),
    ...named('accountName'),
    ...(answers.removeExtra !== undefined && { removeExtra: true as const }),
    ...(kind !== 'key' && { keyless: kind }),
    ...(answers.deleteKey && { deleteKey: answers.deleteKey.value }),
    ...Object.fromEntries(
      Object.entries({
        without,
        tighten,
        member,
        impersonator,
        repository,
        pool,
        provider,
        runService,
      }).filter(([, value]) => value !== undefined),
    ),
  };
}
