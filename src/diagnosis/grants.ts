import type { Condition, Policy } from '../google/policy.ts';
import type { Role } from '../google/roles.ts';
import { asMember } from '../steps/member.ts';
import type { Spot } from '../steps/spot.ts';
import type { Unread } from './cause.ts';
import { verdictOn, type Verdict } from './condition.ts';
import type { Level, Looking, Reading } from './looking.ts';
import type { Subject } from './subject.ts';

/** A binding that names the account, the one before it under its name, or a group that it may be in. */
export interface Held {
  role: string;
  level: Level;
  /** As the policy names it. */
  member: string;
  /** `dead`: another account of this name, which was deleted; `group`: nobody here can tell who is in it. */
  whose: 'own' | 'dead' | 'group';
  condition?: Condition | undefined;
  /** Whether it counts now, on the resource that was asked about. */
  verdict: Verdict;
}
/** What the allow policies give the account on one resource. */
export interface Grants {
  spot: Spot;
  /** Of the resource, and of all above it, the nearest first. */
  policies: readonly { level: Level; read: Reading<Policy> }[];
  held: readonly Held[];
  /** The roles of all that is held, and of all that is wanted there. */
  roles: ReadonlyMap<string, Reading<Role | null>>;
  unread: readonly Unread[];
}

/** Reads every allow policy that reaches a resource, and the roles that matter. */
export async function grantsOn(spot: Spot, subject: Subject, look: Looking): Promise<Grants> {
  const { project, email, lines } = subject;
  const wanted = lines.map(({ role }) => role);
  // Those are asked for at once; what the policies name besides, when that is known.
  for (const role of wanted) void look.role(role).catch(() => undefined);
  const near: Level[] =
    spot.kind === 'project' || spot.kind === 'organization'
      ? [spot]
      : [spot, { kind: 'project', id: project }];
  const early = near.map((level) => look.policy(level));
  const above = spot.kind === 'organization' ? undefined : await look.ancestry();
  const levels = [...near, ...(above?.value ?? []).map(levelOf)];
  const policies = await Promise.all(
    levels.map(async (level, at) => ({ level, read: await (early[at] ?? look.policy(level)) })),
  );
  const now = look.now();
  const held: Held[] = [];
  for (const { level, read } of policies)
    for (const { role, members, condition } of read.value?.bindings ?? [])
      for (const member of members) {
        const whose = whoseIs(member, email);
        if (whose === undefined) continue;
        const verdict = condition === undefined ? 'holds' : verdictOn(condition, spot, now);
        held.push({ role, level, member, whose, verdict, ...(condition && { condition }) });
      }
  const names = [...new Set([...wanted, ...held.map(({ role }) => role)])];
  const roles = new Map(await Promise.all(names.map(async (name) => [name, await look.role(name)] as const)));
  const readings = [...policies.map(({ read }) => read), ...(above === undefined ? [] : [above])];
  return {
    spot,
    policies,
    held,
    roles,
    unread: readings.flatMap((one) => ('unread' in one ? [one.unread] : [])),
  };
}

/** `folders/N` or `organizations/N`. */
function levelOf(name: string): Level {
  const [kind, id = ''] = name.split('/');
  return { kind: kind === 'organizations' ? 'organization' : 'folder', id };
}

function whoseIs(member: string, email: string): Held['whose'] | undefined {
  const own = asMember(email);
  if (member === own || member === 'allUsers' || member === 'allAuthenticatedUsers') return 'own';
  if (member.startsWith(`deleted:${own}?uid=`)) return 'dead';
  return member.startsWith('group:') ? 'group' : undefined;
}
