import type { Condition, Policy } from '../google/policy.ts';
import type { Fact } from '../wizard/step.ts';

/** Only until a time, which is what conditions are made for most (IAM docs, temporary access). */
const until = /^\s*request\.time\s*<=?\s*timestamp\("(?<time>[^"]+)"\)\s*$/;

/** What a condition lets through, for a person: "works until 2030-01-01". */
export function reach({ expression }: Condition, now: Date): string {
  const text = until.exec(expression)?.groups?.['time'];
  const time = new Date(text ?? '');
  if (Number.isNaN(time.getTime())) return `works only where ${expression}`;
  const day = time.toISOString().slice(0, 10);
  return time > now ? `works until ${day}` : `has not worked since ${day}`;
}

/** Roles that the member has in this policy besides the given one, without a condition. */
export function otherRoles(policy: Policy, role: string, member: string): string[] {
  return policy.bindings
    .filter((each) => each.role !== role && each.condition === undefined && each.members.includes(member))
    .map((each) => each.role);
}

/** What the account has besides, which is not ours to take away. */
export function otherGrants(roles: readonly string[], email: string): Fact[] {
  if (roles.length === 0) return [];
  return [
    {
      tone: 'attention',
      text: `${email} also has ${inShort(roles)} here, given by somebody else and left as found`,
    },
  ];
}

/** So many names, and how many more. */
export function inShort(names: readonly string[], most = 6): string {
  const rest = names.length - most;
  return rest > 1 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
}
