import type { Complaint, ToldCause, Tools } from '../steps/goal.ts';
import { againCommand } from './again-command.ts';

/** So long what was found out is taken to be so still (ms): these reads are few a minute. */
const goodForMs = 240_000;

/** How the steps of a run find out why the account lacks something. What it takes is loaded only then. */
export function diagnosing(tools: Tools): NonNullable<Tools['diagnose']> {
  let last: { at: number; names: ReadonlySet<string>; told: Promise<readonly ToldCause[]> } | undefined;
  return (goal, complaint, journal) => {
    const names = namesOf(complaint);
    const now = performance.now();
    const isKnown =
      last !== undefined && now - last.at < goodForMs && names.every((name) => last?.names.has(name));
    if (last === undefined || !isKnown) {
      const { profile, answers } = goal;
      const repair = againCommand(
        'repair',
        {},
        {
          profile: journal.answers['profileFile'] ?? profile.name,
          project: answers.project,
          endpoint: tools.cloud.isGoogle ? undefined : tools.cloud.endpoint,
          remembered: journal.answers,
        },
      );
      last = { at: now, names: new Set(names), told: find(tools, goal, complaint, journal, repair) };
    }
    return last.told.then((told) => about(told, names));
  };
}

async function find(
  tools: Tools,
  goal: Parameters<NonNullable<Tools['diagnose']>>[0],
  complaint: Complaint,
  journal: Parameters<NonNullable<Tools['diagnose']>>[2],
  repair: string,
): Promise<readonly ToldCause[]> {
  const [{ askedBy, subjectOf }, { findCauses }, { smallestRole }] = await Promise.all([
    import('../diagnosis/subject-of.ts'),
    import('../diagnosis/find-causes.ts'),
    import('./smallest-role.ts'),
  ]);
  const asked = await askedBy(tools, goal, complaint);
  const subject = await subjectOf(tools, goal, journal, asked, repair);
  const { causes } = await findCauses({ ...subject, services: [], smallestRole });
  return causes.map(({ kind, permissions, what, remedy, command }) => ({
    ...{ permissions, what, remedy, ...(command !== undefined && { command }) },
    passes: kind !== 'denied' && kind !== 'outside-boundary',
  }));
}

/** The refusal of a sign-in is told apart from what it is refused for. */
function namesOf({ lacking, refusal }: Complaint): string[] {
  return [...[...lacking.values()].flat(), ...(refusal ? [`${refusal.api} ${refusal.kind}`] : [])];
}

/** The causes of what is lacking still, each without what came meanwhile. */
function about(told: readonly ToldCause[], names: readonly string[]): readonly ToldCause[] {
  return told.flatMap((cause) => {
    if (cause.permissions.length === 0) return [cause];
    const permissions = cause.permissions.filter((name) => names.includes(name));
    return permissions.length === 0 ? [] : [{ ...cause, permissions }];
  });
}
