import type { Policy } from '../google/policy.ts';
import type { Journal } from '../wizard/journal.ts';
import type { Change, Fact } from '../wizard/step.ts';
import type { DeadGrant, SeenGrants, WantedGrants } from './grant-wanted.ts';
import { gcloudOf, neededToGrant } from './spot.ts';

/** The dead grants of wanted roles to earlier accounts of the member's name. */
export function deadGrants(
  { bindings }: Policy,
  { lines, member }: Pick<WantedGrants, 'lines' | 'member'>,
  { made }: Journal,
): DeadGrant[] {
  const begin = `deleted:${member}?uid=`;
  const roles = new Set(ownLines({ lines, member }).map(({ role }) => role));
  return bindings
    .filter((binding) => roles.has(binding.role) && binding.condition === undefined)
    .flatMap(({ role, members }) =>
      members.filter((each) => each.startsWith(begin)).map((each) => ({ role, member: each })),
    )
    .map(({ role, member: dead }) => {
      const uniqueId = dead.slice(begin.length);
      const entry = made.findLast(
        ({ what, did, evidence }) =>
          what === 'grant' &&
          did === 'granted' &&
          evidence['role'] === role &&
          evidence['member'] === member &&
          evidence['uniqueId'] === uniqueId,
      );
      return { role, member: dead, uniqueId, entry };
    });
}

/** What the account itself is granted, without a condition. */
function ownLines({ lines, member }: Pick<WantedGrants, 'lines' | 'member'>) {
  return lines.filter((line) => line.member === member && line.condition === undefined);
}

/** What the plan shows of those that are ours: they go where the account is granted the role anew. */
export function deadChanges(
  dead: readonly DeadGrant[],
  wanted: WantedGrants,
  { spot }: Pick<SeenGrants, 'spot'>,
): Change[] {
  return dead
    .filter(({ entry }) => entry !== undefined)
    .map(({ role, member, uniqueId }) => ({
      sign: '-',
      what: 'grant',
      name: shownRole(role, wanted),
      from: `granted to the account that was deleted, unique ID ${uniqueId}`,
      to: 'removed',
      why: 'it gives nobody anything, and whoever reviews the policy has to find that out',
      source: 'the journal: a run of yours made it',
      ...(spot && { gcloud: gcloudOf('remove', { role, member }, spot, wanted.project) }),
      ...(spot === undefined ? { requires: [] } : neededToGrant(spot)),
    }));
}

/** Those that nobody can prove to be ours. */
export function deadFacts(dead: readonly DeadGrant[], wanted: WantedGrants): Fact[] {
  return dead
    .filter(({ entry }) => entry === undefined)
    .map(({ role, uniqueId }) => ({
      tone: 'attention',
      text: `${shownRole(role, wanted)} is still granted to an account of this name that was deleted (unique ID ${uniqueId}): it gives nobody anything, and is left as found`,
    }));
}

function shownRole(role: string, { lines }: WantedGrants): string {
  return lines.find((line) => line.role === role)?.roleId ?? role;
}

/** The policy without a member of the role's unconditional binding; a binding that nobody is left in goes. */
export function withoutMember(policy: Policy, role: string, member: string): Policy {
  const bindings = policy.bindings.flatMap((binding) => {
    if (binding.role !== role || binding.condition !== undefined || !binding.members.includes(member))
      return [binding];
    const members = binding.members.filter((each) => each !== member);
    return members.length === 0 ? [] : [{ ...binding, members }];
  });
  return { ...policy, bindings };
}
