import type { Condition } from '../google/policy.ts';
import { conditionIn } from '../steps/undo-ours.ts';
import { isSameCondition } from '../steps/policy-grant.ts';
import type { MadeEntry } from '../wizard/journal.ts';
import type { MadeBy, Place } from './graph.ts';

/** Answers when a run of ours made a thing, and who ran it; undefined for what the journal does not know. */
export interface MadeIndex {
  account(email: string): MadeBy | undefined;
  role(name: string): MadeBy | undefined;
  key(id: string): MadeBy | undefined;
  provider(name: string): MadeBy | undefined;
  service(name: string): MadeBy | undefined;
  /** A line of an allow policy. */
  line(on: Place, role: string, member: string, condition?: Condition): MadeBy | undefined;
}

export function madeIndex(entries: readonly MadeEntry[]): MadeIndex {
  const find = (what: string, fits: (entry: MadeEntry) => boolean): MadeBy | undefined => {
    const entry = entries.findLast((each) => each.what === what && fits(each));
    return entry && { at: entry.at, ...(entry.by !== undefined && { by: entry.by }) };
  };
  const named = (what: string) => (name: string) => find(what, (entry) => entry.name === name);
  const created = (what: string) => (name: string) =>
    find(what, (entry) => entry.name === name && entry.did === 'created');
  return {
    account: created('account'),
    role: created('role'),
    provider: created('provider'),
    service: named('run-service'),
    key: (id) => find('key', ({ did, evidence }) => did === 'made' && evidence['id'] === id),
    line(on, role, member, condition) {
      const isSame = ({ evidence }: MadeEntry): boolean =>
        evidence['role'] === role &&
        evidence['member'] === member &&
        isSameCondition(conditionIn(evidence), condition);
      const place = on.kind === 'project' ? undefined : `${on.kind}/${on.id}`;
      const granted = find(
        'grant',
        (entry) => entry.did === 'granted' && entry.evidence['on'] === place && isSame(entry),
      );
      if (granted !== undefined || on.kind !== 'account') return granted;
      return find('account-grant', (entry) => entry.name === on.id && isSame(entry));
    },
  };
}
