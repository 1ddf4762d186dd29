import { isBasicRole } from '../profile/basic-roles.ts';
import { isServiceAgent } from '../profile/member.ts';
import type { Policy } from '../google/policy.ts';
import type { Change, Fact } from '../wizard/step.ts';
import type { GrantLine } from './grant-lines.ts';
import { otherGrants, otherRoles, reach } from './grant-others.ts';
import type { SeenGrants, WantedGrants } from './grant-wanted.ts';
import { allDenied } from './breaks.ts';
import { hasGrant, otherwiseGranted } from './policy-grant.ts';
import { placeWords } from './grant-seen.ts';
import { called, gcloudOf, neededToGrant } from './spot.ts';

/** What the plan shows of a line that is not there. */
export function changeFor(
  line: GrantLine,
  wanted: WantedGrants,
  { spot, policy, dead, now }: SeenGrants,
): Change {
  const { role, roleId, member, whose, condition, why, source } = line;
  const limited = condition === undefined ? otherwiseGranted(policy, line)[0]?.condition : undefined;
  const others = otherRoles(policy, role, member);
  const instead = others.length === 0 ? '' : `; it has ${others.join(', ')} instead`;
  const gone = dead.some((each) => each.role === role && member === wanted.member)
    ? ': the account that had it was deleted'
    : '';
  const on = spot === undefined ? placeWords(wanted) : called(spot);
  return {
    sign: limited === undefined ? '+' : '~',
    what: 'grant',
    name: roleId,
    from:
      limited === undefined
        ? `not granted${gone}${instead}`
        : `only under the condition "${limited.title ?? ''}", which ${reach(limited, now)}`,
    to: `granted to ${whose} on ${on}${condition === undefined ? '' : `, which ${reach(condition, now)}`}`,
    why: limited === undefined ? why : `somebody else set it; where it does not hold, ${allDenied}`,
    ...(limited !== undefined && { asks: true }),
    source,
    ...(spot && { gcloud: gcloudOf('add', line, spot, wanted.project) }),
    ...(spot === undefined ? { requires: [] } : neededToGrant(spot)),
  };
}

/** What is there besides, and stays. */
export function factsOf(wanted: WantedGrants, { policy, now }: SeenGrants): Fact[] {
  const { member, email, lines } = wanted;
  const there = lines.filter((line) => hasGrant(policy, line));
  const others = policy.bindings.length - there.length;
  const attention = (text: string): Fact => ({ tone: 'attention', text });
  const roles = new Set(lines.map(({ role }) => role));
  const besides = there.some((line) => line.member === member)
    ? otherRoles(policy, '', member).filter((role) => !roles.has(role))
    : [];
  return [
    {
      tone: 'note',
      text: `${others} ${others === 1 ? 'binding' : 'bindings'} of others, left as they are`,
    },
    ...[...new Set(lines.map(({ roleId }) => roleId))]
      .filter(isBasicRole)
      .map((role) =>
        attention(
          `${role} is a basic role: thousands of permissions, on everything in the project. A narrower one is safer`,
        ),
      ),
    ...agentsWith(roles, policy),
    ...there.flatMap((line) =>
      otherwiseGranted(policy, line)
        .filter(
          ({ condition }) =>
            !lines.some(
              (each) => each.role === line.role && each.condition?.expression === condition?.expression,
            ),
        )
        .map(({ condition }) =>
          attention(
            condition === undefined
              ? `${line.roleId} is also granted without a condition: made by somebody else, left as found`
              : `also granted under the condition "${condition.title ?? ''}", which ${reach(condition, now)}: made by somebody else, left as found`,
          ),
        ),
    ),
    ...otherGrants(besides, email),
  ];
}

/** Google's own agents that have one of these roles, too. */
function agentsWith(roles: ReadonlySet<string>, { bindings }: Policy): Fact[] {
  return bindings
    .filter(({ role }) => roles.has(role))
    .flatMap(({ role, members }) =>
      members.filter(isServiceAgent).map((member) => ({
        tone: 'note' as const,
        text: `${member.replace(/^\w+:/u, '')}, a service agent of Google's, has ${role}, too, and keeps it`,
      })),
    );
}
