import type { Profile } from '../profile/profile.ts';
import type { GoneEntry, MadeEntry } from '../wizard/journal.ts';
import { isBasicRole } from '../profile/basic-roles.ts';
import type { Drift } from './drift.ts';
import type { AccessGraph, Grant } from './graph.ts';
import { historyOf, type Deed } from './history.ts';
import { mermaidOf } from './mermaid.ts';
import { pictureOf, type Picture } from './picture.ts';
import type { Risk } from './risk.ts';
import { looksFor } from './risks.ts';
import {
  abilitiesWords,
  conditionWords,
  countWords,
  keyWords,
  madeWords,
  memberWords,
  stateWords,
} from './told.ts';
import { placeSeen } from './words.ts';

/** One permission that a role holds. */
export interface PermissionRow {
  readonly name: string;
  readonly asked: boolean;
  readonly why?: string | undefined;
  readonly by?: string | undefined;
  readonly link?: string | undefined;
  readonly warning?: string | undefined;
  readonly does?: string | undefined;
  readonly risk?: string | undefined;
}

/** One line by which the account may do something, and what that is. */
export interface GrantView {
  readonly title: string;
  readonly count: string;
  /** What is to be known of the line, in sentences without their stops. */
  readonly says: readonly string[];
  /** Those that the profile asks for. */
  readonly asked: readonly PermissionRow[];
  /** The others, as far as they are listed. */
  readonly others: readonly PermissionRow[];
  /** How many are not listed, by service. */
  readonly unlisted: readonly { readonly service: string; readonly count: number }[];
}

/** Somebody or something that can use the account. */
export interface UserView {
  readonly who: string;
  readonly how: string;
  readonly by: string;
  readonly says: string;
}

/** All that is told to people who review access, in words. A plain value, drawn by each form of the report alike. */
export interface Report {
  readonly title: string;
  readonly email: string;
  /** ISO 8601, of Google's clock. */
  readonly at: string;
  readonly version: string;
  /** Who looked, where it is known. */
  readonly operator?: string | undefined;
  readonly project: string;
  /** Set where the cloud at the other end is not Google's. */
  readonly endpoint?: string | undefined;
  readonly profile: Pick<Profile, 'name' | 'title' | 'summary' | 'link' | 'status'>;
  readonly summary: readonly { readonly label: string; readonly text: string }[];
  readonly risks: readonly Risk[];
  readonly looksFor: string;
  readonly picture: Picture;
  readonly mermaid: string;
  readonly keys: readonly { readonly id: string; readonly says: string; readonly made: string }[];
  readonly users: readonly UserView[];
  readonly agents: readonly UserView[];
  readonly providers: readonly UserView[];
  readonly grants: readonly GrantView[];
  readonly drift: Drift;
  readonly history: readonly Deed[];
  readonly unread: AccessGraph['unread'];
  /** What to run next, and what for. */
  readonly commands: readonly { readonly what: string; readonly command: string }[];
  /** What the report is not to be taken for. */
  readonly notes: readonly string[];
}

/** What a report is made of. */
export interface ReportParts {
  readonly graph: AccessGraph;
  readonly profile: Profile;
  readonly risks: readonly Risk[];
  readonly drift: Drift;
  readonly made: readonly MadeEntry[];
  readonly gone: readonly GoneEntry[];
  readonly version: string;
  readonly operator?: string | undefined;
  readonly commands: Report['commands'];
  readonly notes: readonly string[];
}

/** Permissions beyond what the profile asks for that are listed one by one, over the whole report: it is to stay small. */
const mostOthers = 240;

/** Puts the parts into words. Pure. */
export function reportOf({ graph, profile, risks, drift, made, gone, ...given }: ReportParts): Report {
  const { account, project, keys, services, holders } = graph;
  const { name, title, summary, link, status } = profile;
  const people = holders.filter(({ agent }) => !agent);
  const live = graph.grants.filter(({ dead }) => dead === undefined);
  const high = risks.filter(({ level }) => level === 'high').length;
  const counted = (count: number, one: string, more = `${one}s`) => `${count} ${count === 1 ? one : more}`;
  const holdersView = (each: (typeof holders)[number]): UserView => ({
    who: each.member,
    how: abilitiesWords(each),
    by: `${graph.roles[each.role]?.label ?? each.role} on ${placeSeen(each.on, account.email)}`,
    says: [conditionWords(each.condition), madeWords(each.made)].filter((text) => text !== '').join('; '),
  });
  return {
    ...{ title: `Access of ${account.email}`, email: account.email, at: graph.at, project },
    ...{ endpoint: graph.endpoint, profile: { name, title, summary, link, status } },
    ...given,
    summary: [
      {
        label: 'Account',
        text: [
          stateWords(account),
          ...(account.displayName === '' ? [] : [`named "${account.displayName}"`]),
          ...(account.uniqueId === undefined ? [] : [`unique ID ${account.uniqueId}`]),
          ...[madeWords(account.made)].filter((text) => text !== ''),
        ].join(', '),
      },
      { label: 'Made for', text: `${title}: ${summary}` },
      {
        label: 'Who can use it',
        text: `${counted(new Set(people.map(({ member }) => member)).size, 'member')}, ${counted(keys.filter((key) => !key.disabled && !key.expired).length, 'working key')}, ${counted(services.length, 'Cloud Run service')}`,
      },
      {
        label: 'What it may do',
        text: `${counted(new Set(live.flatMap(({ role }) => graph.roles[role]?.permissions ?? [])).size, 'permission')} by ${counted(live.length, 'role')}`,
      },
      {
        label: 'Risks',
        text:
          risks.length === 0
            ? 'none found'
            : `${counted(risks.length, 'risk')}, ${high === 0 ? 'none' : high} of them high`,
      },
      {
        label: 'Held against the profile',
        text: drift.inSync ? 'in sync' : driftWords(drift),
      },
    ],
    ...{ risks, looksFor, drift, picture: pictureOf(graph), mermaid: mermaidOf(graph, false) },
    keys: keys.map((key) => ({ id: key.id, says: keyWords(key), made: madeWords(key.made) })),
    users: [
      ...people.map(holdersView),
      ...services.map(({ region, name: service, made: by }) => ({
        ...{ who: `${region}/${service}`, how: 'runs as it', by: 'Cloud Run', says: madeWords(by) },
      })),
    ],
    agents: holders.filter(({ agent }) => agent).map(holdersView),
    providers: graph.providers.map(({ pool, provider, issuer, condition, disabled, made: by }) => ({
      who: `${pool}/${provider}`,
      how: issuer ?? 'another kind of provider',
      by: condition === '' ? 'everybody whom it vouches for' : `only where ${condition}`,
      says: [disabled ? 'disabled' : '', madeWords(by)].filter((text) => text !== '').join('; '),
    })),
    grants: grantViews(graph),
    history: historyOf(made, gone),
    unread: graph.unread,
  };
}

function driftWords({ differing, rows }: Drift): string {
  const dark = rows.filter(({ state }) => state === 'cannot be told').length;
  const words = [
    ...(differing === 0
      ? []
      : [`${differing} of ${rows.length} steps ${differing === 1 ? 'differs' : 'differ'}`]),
    ...(dark === 0 ? [] : [`${dark} cannot be told`]),
  ];
  return words.join(', ') || 'differs';
}

function grantViews(graph: AccessGraph): GrantView[] {
  let room = mostOthers;
  // What the profile asks for comes first, and has the room.
  const all = graph.grants.toSorted((a, b) => Number(b.asked) - Number(a.asked));
  return all.map((grant) => {
    const role = graph.roles[grant.role];
    const names = role?.permissions ?? [];
    const rows = names.map((name): PermissionRow => ({ name, asked: false, ...graph.permissions[name] }));
    // By a line that it does not ask for, nothing is held that it needs.
    const asked = isBasicRole(grant.role) || !grant.asked ? [] : rows.filter((row) => row.asked);
    const rest = rows.filter((row) => !asked.includes(row));
    const listed = isBasicRole(grant.role) ? [] : rest.slice(0, room);
    room -= listed.length;
    const unlisted = Map.groupBy(rest.slice(listed.length), ({ name }) =>
      name.slice(0, name.search(/[./]/u)),
    );
    return {
      title: `${role?.label ?? grant.role} on ${placeSeen(grant.on, graph.account.email)}`,
      count: role === undefined ? 'the role is not known' : countWords(role, graph),
      says: saysOf(grant),
      ...{ asked, others: listed },
      unlisted: [...unlisted].map(([service, { length }]) => ({ service, count: length })),
    };
  });
}

function saysOf(grant: Grant): string[] {
  const { dead, asked, why, condition, made } = grant;
  return [
    dead === undefined ? '' : `Without effect: ${dead}`,
    asked ? `Asked for by the profile: ${why ?? ''}` : 'The profile does not ask for it',
    memberWords(grant),
    conditionWords(condition),
    condition === undefined ? '' : `Condition: ${condition.expression}`,
    madeWords(made),
  ].filter((text) => text !== '');
}
