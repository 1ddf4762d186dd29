import type { Condition } from '../google/policy.ts';
import { placeOf, type Level, type Place } from '../profile/place.ts';
import type { WantedGrant } from '../profile/profile.ts';
import { allDenied } from './breaks.ts';
import { accountEmail, askedByProfile, roleName, type Goal } from './goal.ts';

/** One line of an allow policy that is wanted: this member has this role. */
export interface GrantLine {
  /** Its full name. */
  role: string;
  /** As people read it: "RemotionSA", "roles/run.viewer". */
  roleId: string;
  /** As policies name it. */
  member: string;
  /** As people read it: an address, "group:team@example.com". */
  whose: string;
  condition?: Condition;
  /** What it is for. */
  why: string;
  source: string;
}

/** What is to be granted on one resource. */
export interface WantedPlace {
  /** As the profile names it, with the project's ID in it. */
  on: string;
  place: Place;
  lines: readonly GrantLine[];
}

const order: readonly (Place['kind'] | Level)[] = [
  'project',
  'account',
  'organization',
  'bucket',
  'run-service',
];

/** Everything that is to be granted, by what it is granted on: the project first. */
export function wantedPlaces(goal: Goal): WantedPlace[] {
  const { grants, team } = goal.profile;
  const email = accountEmail(goal);
  const own = grants.map((grant) => ({
    on: here(grant.on, goal),
    line: lineFor(grant, goal, `serviceAccount:${email}`, email),
  }));
  const { team: named = { members: [], source: '' } } = goal.answers;
  const theirs = team.flatMap(({ role, members, why }) => {
    const more = named.members.filter((member) => !members.includes(member));
    const line = (member: string, source: string) => ({
      on: 'project',
      line: { role, roleId: role, member, whose: member, why, source },
    });
    return [
      ...members.map((member) => line(member, askedByProfile)),
      ...more.map((member) => line(member, named.source)),
    ];
  });
  return [...Map.groupBy([...own, ...theirs], ({ on }) => on)]
    .map(([on, all]) => ({ on, place: wellFormed(on), lines: all.map(({ line }) => line) }))
    .toSorted((a, b) => order.indexOf(a.place.kind) - order.indexOf(b.place.kind));
}

/** What a profile names, with the project's ID in it; a bucket's name takes no colon, which old IDs have. */
export function here(on: string, { answers }: Goal): string {
  return on.replaceAll('{project}', answers.project.replace(':', '-'));
}

/** @throws Error for what no profile can hold */
export function wellFormed(on: string): Place {
  const place = placeOf(on);
  if (place === undefined) throw new Error(`nothing is called "${on}"`);
  return place;
}

function lineFor(
  { role, why, condition }: WantedGrant,
  goal: Goal,
  member: string,
  whose: string,
): GrantLine {
  const custom = role === 'custom';
  return {
    role: custom ? roleName(goal) : role,
    roleId: custom ? (goal.answers.roleId?.value ?? '') : role,
    member,
    whose,
    ...(condition && { condition: conditionOf(condition) }),
    why: why ?? `a role has no effect until it is granted: ${allDenied}`,
    source: askedByProfile,
  };
}

function conditionOf({ title, expression, description }: NonNullable<WantedGrant['condition']>): Condition {
  return { title, expression, ...(description !== undefined && { description }) };
}
