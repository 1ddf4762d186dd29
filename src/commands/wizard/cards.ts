import type { Profile } from '../../profile/profile.ts';
import { actAs, reachesEveryAccount } from '../../steps/tighten.ts';
import type { AnyStep } from '../../wizard/attempt.ts';
import type { StepCard } from '../../wizard/presentation.ts';
import type { Detail, Note } from '../../wizard/question.ts';

/** What of a step people read, and what it rests on. */
export type ToldStep = Pick<AnyStep<never, never>, 'id' | 'title' | 'why' | 'undo' | 'needs' | 'settling'>;

/** The steps as people read about them. @param details the single things that a step is about, by its ID */
export function cardsOf(
  steps: readonly ToldStep[],
  details: Readonly<Record<string, readonly Detail[]>> = {},
): StepCard[] {
  return steps.map(({ id, title, why, undo }) => ({ id, title, why, undo, details: details[id] ?? [] }));
}

/** What to know about a step's permissions before they are granted. */
export function warningsOf(profile: Profile, step: string): Note[] {
  if (step !== (profile.role === undefined ? 'grant' : 'role')) return [];
  return profile.permissions.flatMap(({ name, warning }) =>
    warning === undefined
      ? []
      : [{ tone: 'attention' as const, text: `${name}: ${warning}${wayOut(name, profile)}` }],
  );
}

function wayOut(name: string, profile: Profile): string {
  return name === actAs && reachesEveryAccount(profile) ? ' --tighten grants it so; it is recommended.' : '';
}

/** The steps that cannot be taken without these: themselves, and all that rests on them. */
export function withWhatRestsOn(steps: readonly ToldStep[], left: ReadonlySet<string>): Set<string> {
  const all = new Set(left);
  // Steps stand after what they need, so one pass reaches all.
  for (const { id, needs } of steps) if (needs.some((need) => all.has(need))) all.add(id);
  return all;
}
