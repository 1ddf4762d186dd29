import { isServiceAgent } from '../profile/member.ts';
import { wantedPlaces } from '../steps/grant-lines.ts';
import { computeAccount } from '../steps/grant-seen.ts';
import { accountEmail, type Goal } from '../steps/goal.ts';
import { isSameCondition } from '../steps/policy-grant.ts';
import { abilitiesOf } from './abilities.ts';
import { conditionSeen } from './conditions.ts';
import type { Grant, GraphRole, Holder, Place } from './graph.ts';
import type { MadeIndex } from './made.ts';
import type { PlacedPolicy } from './policies.ts';

/** What the lines of policies are held against. */
export interface LineContext {
  readonly goal: Goal;
  /** The project's number, where it is known. */
  readonly number: string | undefined;
  readonly roles: ReadonlyMap<string, GraphRole>;
  readonly made: MadeIndex;
  readonly now: Date;
}

interface Line {
  place: Place;
  role: string;
  member: string;
  condition: PlacedPolicy['policy']['bindings'][number]['condition'];
}

/** Every member of every binding, one by one. */
export function linesOf(policies: readonly PlacedPolicy[]): Line[] {
  return policies.flatMap(({ place, policy }) =>
    policy.bindings.flatMap(({ role, members, condition }) =>
      members.map((member) => ({ place, role, member, condition })),
    ),
  );
}

/** Policies by which an account can be used: its own, and those of what it lies in. */
export function reachesAccount({ kind, id }: Place, email: string): boolean {
  return kind === 'account'
    ? id === email
    : kind === 'project' || kind === 'folder' || kind === 'organization';
}

/**
 * Whether a member is the account, or a set that it is in whatever else is in it (IAM docs, principal identifiers). Groups
 * that it is a member of are not looked into.
 */
export function isAccount(member: string, email: string, places: readonly string[]): boolean {
  const own = `serviceAccount:${email}`;
  if (member === own || member === 'allUsers' || member === 'allAuthenticatedUsers') return true;
  if (member.startsWith(`deleted:${own}?uid=`)) return true;
  const set =
    /^principalSet:\/\/cloudresourcemanager\.googleapis\.com\/(\w+\/\d+)\/type\/ServiceAccount$/u.exec(
      member,
    );
  return set?.[1] !== undefined && places.includes(set[1]);
}

/** The lines by which the account may do something. */
export function grantsOf(policies: readonly PlacedPolicy[], context: LineContext): Grant[] {
  const { goal, number, roles, made, now } = context;
  const email = accountEmail(goal);
  const places = [
    ...(number === undefined ? [] : [`projects/${number}`]),
    ...policies.map(({ place: { kind, id } }) => `${kind}s/${id}`),
  ];
  const wanted = wantedPlaces(goal).flatMap(({ place, lines }) => lines.map((line) => ({ place, line })));
  return linesOf(policies)
    .filter(({ member }) => isAccount(member, email, places))
    .map(({ place, role, member, condition }) => {
      const asks = wanted.find(
        ({ place: on, line }) =>
          line.role === role &&
          line.member === member &&
          isSameCondition(line.condition, condition) &&
          isAt(on, place, email, number),
      );
      const seen = condition && conditionSeen(condition, now);
      const dead = member.startsWith('deleted:')
        ? 'it was granted to an account of this name that was deleted'
        : roles.get(role)?.dead
          ? 'the role is deleted or disabled'
          : seen?.over
            ? 'the time of its condition is over'
            : undefined;
      return {
        ...{ member, role, on: place, asked: asks !== undefined },
        ...(seen && { condition: seen }),
        ...(asks && {
          why: roles.get(role)?.custom ? `it holds what ${goal.profile.title} needs` : asks.line.why,
        }),
        ...(dead !== undefined && { dead }),
        made: made.line(place, role, member, condition),
      };
    });
}

type WantedOn = ReturnType<typeof wantedPlaces>[number]['place'];

/** Whether what the profile names is this place. There is one organisation at most above a project. */
function isAt(on: WantedOn, place: Place, email: string, number: string | undefined): boolean {
  if (on.kind !== place.kind) return false;
  switch (on.kind) {
    case 'project':
    case 'organization':
      return true;
    case 'bucket':
      return on.name === place.id;
    case 'run-service':
      return `${on.region}/${on.name}` === place.id;
    case 'account':
      if (on.whose === 'own') return place.id === email;
      return on.whose === 'compute'
        ? number !== undefined && place.id === computeAccount(number)
        : on.whose.email === place.id;
  }
}

/** The members by whom the account can be used; what an account may do with itself stands among its grants. */
export function holdersOf(policies: readonly PlacedPolicy[], context: LineContext): Holder[] {
  const { goal, roles, made, now } = context;
  const email = accountEmail(goal);
  return linesOf(policies.filter(({ place }) => reachesAccount(place, email)))
    .filter(({ member }) => !member.startsWith('deleted:') && member !== `serviceAccount:${email}`)
    .flatMap(({ place, role, member, condition }) => {
      const seen = roles.get(role);
      const abilities = seen?.dead ? [] : abilitiesOf(seen?.permissions ?? [], place);
      if (abilities.length === 0) return [];
      return [
        {
          ...{ member, role, on: place, abilities, agent: isServiceAgent(member) },
          ...(condition && { condition: conditionSeen(condition, now) }),
          made: made.line(place, role, member, condition),
        },
      ];
    });
}
