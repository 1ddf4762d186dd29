import type { Profile } from '../../profile/profile.ts';
import { steps } from '../../steps/index.ts';
import type { StepCard } from '../../wizard/presentation.ts';
import type { Detail, Note } from '../../wizard/question.ts';

/** The steps as people read about them, for one profile. */
export function cardsOf(profile: Profile): StepCard[] {
  const details: Readonly<Record<string, readonly Detail[]>> = {
    services: profile.services,
    role: profile.permissions.map(({ name, why }) => ({ name, why })),
  };
  return steps.map(({ id, title, why, undo }) => ({ id, title, why, undo, details: details[id] ?? [] }));
}

/** What to know about a step's permissions before they are granted. */
export function warningsOf(profile: Profile, step: string): Note[] {
  if (step !== 'role') return [];
  return profile.permissions.flatMap(({ name, warning }) =>
    warning === undefined ? [] : [{ tone: 'attention' as const, text: `${name}: ${warning}` }],
  );
}

/** The steps that cannot be taken without these: themselves, and all that rests on them. */
export function withWhatRestsOn(left: ReadonlySet<string>): Set<string> {
  const all = new Set(left);
  // Steps stand after what they need, so one pass reaches all.
  for (const { id, needs } of steps) if (needs.some((need) => all.has(need))) all.add(id);
  return all;
}

/** About how long these steps take, in ms: the longest chain of those that need each other. */
export function usualTime(planned: ReadonlySet<string>): number {
  const until = new Map<string, number>();
  for (const { id, needs, settling } of steps)
    until.set(
      id,
      Math.max(0, ...needs.map((need) => until.get(need) ?? 0)) + (planned.has(id) ? settling.usuallyMs : 0),
    );
  return Math.max(0, ...until.values());
}
