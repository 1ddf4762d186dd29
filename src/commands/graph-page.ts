import type { AccessGraph, Grant, GraphRole, Holder } from '../access/graph.ts';
import {
  abilitiesWords,
  conditionWords,
  countWords,
  keyWords,
  madeWords,
  memberWords,
  stateWords,
} from '../access/told.ts';
import { placeSeen } from '../access/words.ts';
import { labelled, margin } from '../print/layout.ts';
import { printed } from '../print/printable.ts';
import { treeLines, type Branch } from '../print/tree.ts';

/** What `iamready graph` prints: who can use the account, what it may do and why, and what could not be looked at. */
export function graphPage(
  graph: AccessGraph,
  { columns, unicode, all }: { columns: number; unicode: boolean; all: boolean },
): string {
  const width = Math.max(40, Math.min(columns, 120));
  const { account, project, unread } = graph;
  const tree = (branches: readonly Branch[], none: string) =>
    branches.length === 0 ? [`${margin}${none}`] : treeLines(branches, width, unicode);
  const about = [
    account.displayName === '' ? undefined : `"${account.displayName}"`,
    `${stateWords(account)}, in the project ${project}`,
    madeWords(account.made) || undefined,
  ];
  return printed([
    `${margin}${account.email}`,
    ...labelled('', about.filter((each) => each !== undefined).join(', '), 0, width),
    '',
    `${margin}Who can use it`,
    ...tree(userBranches(graph, all), 'nobody, as far as could be looked at'),
    '',
    `${margin}What it may do`,
    ...tree(grantBranches(graph, all), 'nothing, as far as could be looked at'),
    ...(unread.length === 0
      ? []
      : [
          '',
          `${margin}Not looked at`,
          ...unread.flatMap(({ what, why, next }) => labelled('  !', `${what}: ${why}; ${next}`, 4, width)),
        ]),
  ]);
}

/** Parts of a line that are there. */
const joined = (...parts: string[]): string => parts.filter((part) => part !== '').join('; ');

function userBranches(graph: AccessGraph, all: boolean): Branch[] {
  const { keys, services, holders } = graph;
  const people = holders.filter(({ agent }) => !agent);
  const agents = holders.filter(({ agent }) => agent);
  return [
    ...keys.map((key) => ({ text: `key ${key.id}`, more: [joined(keyWords(key), madeWords(key.made))] })),
    ...services.map(({ region, name, made }) => ({
      text: joined(`${region}/${name} on Cloud Run runs as it`, madeWords(made)),
    })),
    ...[...Map.groupBy(people, ({ member }) => member)].map(([member, its]) =>
      holderBranch(member, its, graph),
    ),
    ...(all
      ? [...Map.groupBy(agents, ({ member }) => member)].map(([member, its]) =>
          holderBranch(member, its, graph),
        )
      : agents.length === 0
        ? []
        : [
            {
              text: `${new Set(agents.map(({ member }) => member)).size} of Google's own agents (--all shows them)`,
            },
          ]),
  ];
}

function holderBranch(member: string, its: readonly Holder[], graph: AccessGraph): Branch {
  const pool = /\/workloadIdentityPools\/([^/]+)\//u.exec(member)?.[1];
  return {
    text: member,
    below: [
      ...its.map(({ role, on, condition, made, ...holder }) => ({
        text: `${graph.roles[role]?.label ?? role} on ${placeSeen(on, graph.account.email)}`,
        more: [joined(abilitiesWords(holder), conditionWords(condition), madeWords(made))],
      })),
      ...graph.providers
        .filter((each) => each.pool === pool)
        .map(({ provider, issuer, condition, disabled }) => ({
          text: `let in by the provider ${provider} of the pool ${pool ?? ''}${disabled ? ', which is disabled' : ''}`,
          more: [
            joined(
              issuer ?? '',
              condition === '' ? 'everybody whom it vouches for' : `only where ${condition}`,
            ),
          ],
        })),
    ],
  };
}

function grantBranches(graph: AccessGraph, all: boolean): Branch[] {
  const groups = Map.groupBy(graph.grants, ({ on }) => placeSeen(on, graph.account.email));
  return [...groups].map(([place, grants]) => ({
    text: `on ${place}`,
    below: grants.map((grant) => grantBranch(grant, graph, all)),
  }));
}

function grantBranch(grant: Grant, graph: AccessGraph, all: boolean): Branch {
  const role = graph.roles[grant.role];
  const { dead, why, asked, condition, made } = grant;
  const about = joined(
    dead === undefined ? '' : `gives nothing: ${dead}`,
    memberWords(grant),
    conditionWords(condition),
    asked ? (why ?? '') : 'the profile does not ask for it',
    madeWords(made),
  );
  return {
    text: role === undefined ? grant.role : `${role.label}: ${countWords(role, graph)}`,
    more: about === '' ? [] : [about],
    below: role === undefined ? [] : permissionBranches(role, graph, all),
  };
}

function permissionBranches(
  { permissions = [], basic }: GraphRole,
  graph: AccessGraph,
  all: boolean,
): Branch[] {
  const branch = (name: string): Branch => {
    const { why, does, warning, by } = graph.permissions[name] ?? {};
    const says = why === undefined ? (does ?? '') : `${why} (${by ?? ''})`;
    return {
      text: name,
      more: [says, warning === undefined ? '' : `! ${warning}`].filter((each) => each !== ''),
    };
  };
  if (all) return permissions.map(branch);
  const shown = basic ? [] : permissions.filter((name) => graph.permissions[name]?.asked);
  const folded = permissions.length - shown.length;
  if (folded === 0 || permissions.length === folded) return shown.map(branch);
  return [
    ...shown.map(branch),
    { text: `${folded} more, which the profile does not ask for (--all shows them)` },
  ];
}
