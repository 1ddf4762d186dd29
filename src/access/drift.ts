import { nodeOf, standing, type Session } from '../wizard/session.ts';

/** How one step of the set-up stands, held against the profile. */
export interface DriftRow {
  readonly title: string;
  /** "as it should be", "differs", "blocked". */
  readonly state: 'as it should be' | 'differs' | 'cannot be told';
  /** What differs and what that breaks, or what was found that wants to be read. */
  readonly says: readonly string[];
}

/** What a look of `check` came to. */
export interface Drift {
  readonly inSync: boolean;
  readonly differing: number;
  readonly rows: readonly DriftRow[];
}

/** A session that only looked, in words. @param steps titles by step */
export function driftOf(session: Session, titles: ReadonlyMap<string, string>): Drift {
  const rows = session.order.map((id): DriftRow => {
    const node = nodeOf(session, id);
    const title = titles.get(id) ?? id;
    const facts =
      'facts' in node ? node.facts.filter(({ tone }) => tone === 'attention').map(({ text }) => text) : [];
    switch (node.state) {
      case 'ready':
        return { title, state: 'as it should be', says: facts };
      case 'differs':
      case 'declined':
        return {
          ...{ title, state: 'differs' },
          says: [
            ...node.changes.map(({ name, from, to, why }) => {
              const now = [from, to].filter((each) => each !== undefined).join('; should be: ');
              return `${name}: ${[now, why].filter((each) => each !== '').join('; ')}`;
            }),
            ...facts,
          ],
        };
      case 'blocked':
      case 'failed': {
        const { what, why, next } = node.problem;
        return {
          title,
          state: 'cannot be told',
          says: [why === undefined ? what : `${what}: ${why}`, `Next: ${next}`],
        };
      }
      case 'pending':
      case 'looking':
      case 'acting':
      case 'settling':
        return {
          title,
          state: 'cannot be told',
          says: ['not looked at, as what comes before it cannot be told'],
        };
    }
  });
  return {
    inSync: standing(session).exit === 'done',
    differing: rows.filter(({ state }) => state === 'differs').length,
    rows,
  };
}
