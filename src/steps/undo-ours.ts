import type { Binding, Condition, Policy } from '../google/policy.ts';
import type { Evidence } from '../wizard/step.ts';
import { isSameCondition } from './policy-grant.ts';
import { spotText } from './spot.ts';
import { kindOf, type Trace } from './undo-entries.ts';

/** All that runs made, as far as one thing must be told from what others made. */
export interface Ours {
  /** True for a line of the project's policy that we wrote, or a run was about to write. */
  granted(role: string, member: string, condition?: Condition): boolean;
  /** The same for a line of this account's own policy. */
  grantedOn(email: string, role: string, member: string, condition?: Condition): boolean;
  /** What is known of keys of this account. */
  keys(email: string): readonly Trace[];
  /** True for a thing of this kind and name that a run created, or was about to. */
  made(what: string, name: string): boolean;
  /** The unique IDs of accounts that we made under this address; empty where the journal does not know. */
  uniqueIds(email: string): readonly string[];
}

export function oursOf(traces: readonly Trace[]): Ours {
  const grants = traces.filter((trace) => kindOf(trace) === 'grant/granted');
  const uniqueIds = (email: string): string[] =>
    traces.flatMap(({ made, evidence }) =>
      made.what === 'account' && made.name === email && evidence['uniqueId'] ? [evidence['uniqueId']] : [],
    );
  const has = (among: readonly Trace[], role: string, member: string, condition?: Condition): boolean =>
    among.some(
      ({ evidence }) =>
        evidence['role'] === role &&
        isSameCondition(condition, conditionIn(evidence)) &&
        isMember(member, evidence['member'] ?? '', uniqueIds),
    );
  return {
    granted: (role, member, condition) =>
      has(
        grants.filter(({ evidence }) => evidence['on'] === undefined),
        role,
        member,
        condition,
      ),
    grantedOn(email, role, member, condition) {
      const on = spotText({ kind: 'account', id: email });
      const acting = traces.filter(
        (trace) => kindOf(trace) === 'account-grant/granted' && trace.made.name === email,
      );
      const granted = grants.filter(({ evidence }) => evidence['on'] === on);
      return has([...acting, ...granted], role, member, condition);
    },
    made: (what, name) =>
      traces.some(({ made }) => made.did === 'created' && made.what === what && made.name === name),
    keys: (email) => traces.filter((trace) => kindOf(trace) === 'key/made' && trace.made.name === email),
    uniqueIds,
  };
}

/**
 * True if this is the account, also where it was deleted: a policy then goes on naming it as
 * `deleted:serviceAccount:EMAIL?uid=UNIQUE_ID` (recorded).
 */
function isMember(shown: string, member: string, uniqueIds: (email: string) => readonly string[]): boolean {
  if (shown === member) return true;
  const [, name, uid = ''] = /^deleted:(.+)\?uid=(\d+)$/u.exec(shown) ?? [];
  if (name !== member) return false;
  const known = uniqueIds(member.replace(/^serviceAccount:/u, ''));
  return known.length === 0 || known.includes(uid);
}

/** The bindings of a role, or of a member, that are not ours. */
export function othersBindings(
  { bindings }: Policy,
  ours: Ours,
  about: { role: string } | { member: string },
): Binding[] {
  return bindings.filter(
    ({ role, members, condition }) =>
      ('member' in about || role === about.role) &&
      members.some(
        (member) => ('role' in about || member === about.member) && !ours.granted(role, member, condition),
      ),
  );
}

/** The condition of a line that we wrote, as the journal keeps it. */
export function conditionIn({ expression, title, description }: Evidence): Condition | undefined {
  if (expression === undefined) return undefined;
  return { expression, title: title ?? '', ...(description !== undefined && { description }) };
}
