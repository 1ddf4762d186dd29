import type { ServiceAccount } from '../google/service-accounts.ts';
import type { Profile } from '../profile/profile.ts';
import { accountEmail, type Goal, type Tools } from '../steps/goal.ts';
import type { MadeEntry } from '../wizard/journal.ts';
import { grantsOf, holdersOf, isAccount, linesOf, reachesAccount } from './grants.ts';
import type { AccessGraph, GraphRole, PermissionFacts, Place, Unread } from './graph.ts';
import { madeIndex } from './made.ts';
import { readPolicies } from './policies.ts';
import { readRoles } from './roles.ts';
import { readOr } from './unread.ts';
import { readKeys, readProviders, readServices } from './users.ts';

/** What the catalog knows of a permission. */
export type Known = (permission: string) => Pick<PermissionFacts, 'does' | 'risk'> | undefined;

/** What the graph is to be of. */
export interface AccessQuestion {
  readonly tools: Pick<Tools, 'cloud' | 'project'>;
  readonly goal: Goal;
  readonly made: readonly MadeEntry[];
  /** Regions of Cloud Run to look into, besides those that profile, answers and journal name. */
  readonly regions: readonly string[];
  readonly known: Known;
}

/**
 * Reads who can use the account and what it may do, side by side, in three rounds: policies, then the roles in them, then
 * pools. What the caller may not read is in `unread`. Changes nothing.
 * @throws {CloudError | CredentialsError} where the account cannot be looked at, or nothing can be told at all
 */
export async function readAccess({
  tools,
  goal,
  made: entries,
  regions,
  known,
}: AccessQuestion): Promise<AccessGraph> {
  const { cloud } = tools;
  const { profile, answers } = goal;
  const email = accountEmail(goal);
  const unread: Unread[] = [];
  const made = madeIndex(entries);
  const reading = { cloud, goal, made, unread };
  const next = 'ask for roles/iam.securityReviewer on the project';
  const asked = cloud.accounts.get(email, answers.project).then((account) => ({ account }));
  const [seen, project, policies, keys, services] = await Promise.all([
    readOr(asked, { what: `the account ${email}`, next }, unread),
    readOr(tools.project(), { what: `the project ${answers.project}`, next }, unread),
    readPolicies({ tools, goal, made: entries, unread }),
    readKeys(reading),
    readServices(reading, regionsOf(goal, entries, regions)),
  ]);
  // Where nothing at all can be seen, why is told by Google itself.
  if (seen === undefined && policies.length === 0) await cloud.projects.getPolicy(answers.project);
  const account = seen?.account;
  const number = project?.number;
  const lines = linesOf(policies);
  const places = [`projects/${number ?? ''}`, ...policies.map(({ place }) => textOf(place))];
  const roles = await readRoles(
    lines
      .filter(({ place, member }) => reachesAccount(place, email) || isAccount(member, email, places))
      .map(({ role }) => role),
    cloud,
    made,
    unread,
  );
  const context = { goal, number, roles, made, now: cloud.serverTime() };
  const grants = grantsOf(policies, context);
  const holders = holdersOf(policies, context);
  const providers = await readProviders(reading, holders, number);
  const shown = new Set([...grants, ...holders].map(({ role }) => role));
  return {
    v: 1,
    at: cloud.serverTime().toISOString(),
    project: answers.project,
    ...(!cloud.isGoogle && cloud.endpoint !== undefined && { endpoint: cloud.endpoint }),
    profile: { name: profile.name, title: profile.title },
    account: {
      ...{ email, state: stateOf(seen) },
      ...{ displayName: account?.displayName ?? '', description: account?.description ?? '' },
      ...{ uniqueId: account?.uniqueId, made: made.account(email) },
    },
    ...{ holders, keys, services, providers, grants },
    roles: Object.fromEntries([...roles].filter(([name]) => shown.has(name))),
    permissions: factsOf(
      profile,
      grants.flatMap(({ role }) => roles.get(role) ?? []),
      known,
    ),
    unread,
  };
}

function stateOf(seen: { account: ServiceAccount | undefined } | undefined): AccessGraph['account']['state'] {
  if (seen === undefined) return 'unknown';
  if (seen.account === undefined) return 'absent';
  return seen.account.disabled ? 'disabled' : 'enabled';
}

function textOf({ kind, id }: Place): string {
  return `${kind}s/${id}`;
}

/** Where Cloud Run is looked into: where the profile, the answers and the journal name a service, and what was asked for. */
function regionsOf(goal: Goal, made: readonly MadeEntry[], asked: readonly string[]): string[] {
  const { access } = goal.answers;
  const named = [
    ...goal.profile.grants.map(({ on }) => /^run-service\/([^/]+)\//u.exec(on)?.[1]),
    ...made.map(({ what, name }) =>
      what === 'run-service' ? /\/locations\/([^/]+)\//u.exec(name)?.[1] : undefined,
    ),
    access.kind === 'attached' ? access.region : undefined,
  ];
  return [...new Set([...asked, ...named.filter((each) => each !== undefined)])].toSorted();
}

/** What is known of the permissions that the profile asks for, and of those that its roles hold besides. */
function factsOf(
  profile: Profile,
  roles: readonly GraphRole[],
  known: Known,
): Record<string, PermissionFacts> {
  const facts = new Map<string, PermissionFacts>();
  for (const { name, why, source, warning } of profile.permissions) {
    const from = source === 'ours' ? undefined : profile.sources[source];
    facts.set(name, {
      ...{ asked: true, why, by: from?.title ?? 'the profile', link: from?.link, warning },
      ...known(name),
    });
  }
  // A basic role holds thousands, and who has it need not know each of them.
  for (const { basic, permissions = [] } of roles)
    for (const name of basic ? [] : permissions) {
      const said = facts.has(name) ? undefined : known(name);
      if (said !== undefined) facts.set(name, { asked: false, ...said });
    }
  return Object.fromEntries(facts);
}
