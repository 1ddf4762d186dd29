import type { Cloud } from '../google/cloud.ts';
import {
  ifReadable,
  lineageOf,
  organizationInWords,
  type Blocked,
  type Blocks,
  type Lineage,
} from './blocked.ts';
import type { Cause, Unread } from './cause.ts';
import type { DeniedAccount } from './deny-principal.ts';
import { readRule } from './deny-rule.ts';
import { mayBeTaken, taken, unreadPolicies, type Maybe } from './deny-told.ts';
import { confirmedBy, takenSomewhere } from './deny-troubleshot.ts';
import { homeOf, numbered } from './home.ts';
import { askTroubleshooter, untold } from './troubleshot.ts';

/**
 * Which deny policies take the permissions from the account: on the project, its folders and its organisation. Each level
 * is read once. Where a level may not be read, or what a rule depends on is not known, Google's Policy Troubleshooter is
 * asked; where that does not tell either, nothing is claimed.
 * @throws {CloudError | CredentialsError} nothing can be asked at all
 */
export async function findDenials(cloud: Cloud, blocked: Blocked): Promise<Blocks> {
  if (blocked.permissions.length === 0) return { causes: [], unread: [] };
  const lineage = blocked.lineage ?? (await lineageOf(cloud, blocked.project));
  const read = await readLevels(cloud, blocked, lineage);
  const explained = new Set(read.causes.flatMap(({ permissions }) => permissions));
  const unsure = lineage.unread.length > 0 ? blocked.permissions : [...read.unsure];
  const open = unsure.filter((permission) => !explained.has(permission));
  const unread = [...lineage.unread, ...read.unread];
  if (open.length === 0) return { causes: read.causes, unread };

  const { answers, unread: refused } = await askTroubleshooter(cloud, blocked, open);
  const denied = [...answers].filter(([, { deny }]) => deny.state === 'denied');
  const unknown = [...answers].filter(([, { deny }]) => deny.state === 'unknown' || deny.state === 'depends');
  const confirmed = read.maybe.flatMap((maybe) => confirmedBy(denied, maybe, blocked.email));
  const named = new Set(confirmed.flatMap(({ permissions }) => permissions));
  const elsewhere = denied.filter(([permission]) => !named.has(permission));
  // What all the answers say is certain: what could not be read does not matter then.
  const settled = refused.length === 0 && unknown.length === 0 && answers.size === open.length;
  return {
    causes: [...read.causes, ...confirmed, ...takenSomewhere(elsewhere, blocked.email)],
    unread: settled ? [] : [...unread, ...refused, ...untold(unknown.map(([permission]) => permission))],
  };
}

/** What the policies of all levels say, as far as they may be read. */
async function readLevels(
  cloud: Cloud,
  blocked: Blocked,
  lineage: Lineage,
): Promise<{ causes: Cause[]; maybe: Maybe[]; unread: Unread[]; unsure: ReadonlySet<string> }> {
  const account = await deniedAccount(cloud, blocked, lineage);
  const keeper = organizationInWords(lineage.levels);
  const causes: Cause[] = [];
  const maybe: Maybe[] = [];
  const unsure = new Set<string>();
  const closed: { level: string; said: string }[] = [];
  for (const level of lineage.levels) {
    const policies = await ifReadable(cloud.denyPolicies.attachedTo(level, blocked.onWait));
    if (!('value' in policies)) {
      closed.push({ level, said: policies.said });
      continue;
    }
    for (const policy of policies.value)
      for (const [at, rule] of policy.rules.entries()) {
        const place = { level, keeper, policy, number: at + 1, rule };
        const reading = readRule(rule, account, blocked.permissions);
        if (reading.takes.size > 0) causes.push(taken(place, reading, account.email));
        if (reading.mayTake.size > 0) maybe.push({ place, reading });
        for (const permission of reading.mayTake.keys()) unsure.add(permission);
      }
  }
  if (closed.length > 0) for (const permission of blocked.permissions) unsure.add(permission);
  return { causes, maybe, unread: [...unreadPolicies(closed, keeper), ...maybe.map(mayBeTaken)], unsure };
}

/** Whom the rules are held against. */
async function deniedAccount(cloud: Cloud, blocked: Blocked, lineage: Lineage): Promise<DeniedAccount> {
  const home = numbered(await homeOf(cloud, blocked, lineage));
  const { email, groups } = blocked;
  return { email, ...(home && { home }), ...(groups && { groups }) };
}
