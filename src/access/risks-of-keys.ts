import type { AccessGraph, GraphKey } from './graph.ts';
import { keyCommand } from './remedies.ts';
import type { Risk, RiskContext } from './risk.ts';

/** Google tells of uses within about this long (Policy Intelligence docs, activity types). */
const observed = 'in the time that Google keeps, about 90 days';
/** A key that was never used may have been made just now. */
const settledDays = 7;

/** What is to be said of each key, and of keys as such. */
export function risksOfKeys(graph: AccessGraph, { maxAgeDays, keyless, again }: RiskContext): Risk[] {
  const { keys, account } = graph;
  const works = (key: GraphKey): boolean => !key.disabled && !key.expired;
  const risks: Risk[] = [];
  const many = (found: readonly GraphKey[]): string => found.map(({ id }) => id).join(', ');
  const add = (
    found: readonly GraphKey[],
    risk: (names: string) => Omit<Risk, 'commands'>,
    ...commands: string[]
  ): void => {
    if (found.length > 0) risks.push({ ...risk(many(found)), commands });
  };
  const old = keys.filter((key) => works(key) && key.ageDays > maxAgeDays);
  const ours = old.filter(({ made }) => made !== undefined);
  const unused = keys.filter((key) => works(key) && key.lastUsed === null && key.ageDays > settledDays);
  const uploaded = keys.filter((key) => works(key) && key.uploaded);
  const gone = keys.filter((key) => !works(key));
  add(
    unused,
    (names) => ({
      level: 'medium',
      title: 'Keys that nobody uses',
      what: `${names}: not used ${observed}. Whoever finds a copy can sign in as ${account.email}.`,
      remedy: 'Disable each, wait until you are sure that nothing fails, then delete it.',
    }),
    ...unused.map(({ id }) => keyCommand('disable', id, graph)),
  );
  add(
    old,
    (names) => ({
      level: 'medium',
      title: 'Old keys',
      what: `${names}: older than ${maxAgeDays} days (${old.map(({ ageDays }) => ageDays).join(', ')}). The longer a key lives, the more copies of it there are.`,
      remedy:
        ours.length > 0
          ? 'Put a new key in its place; rotating also takes the old one away.'
          : 'Make sure what still signs in with them, then disable and delete them.',
    }),
    ...(ours.length > 0 ? [again.rotate] : old.map(({ id }) => keyCommand('disable', id, graph))),
  );
  add(uploaded, (names) => ({
    level: 'medium',
    title: 'Uploaded keys',
    what: `${names}: the private half was made outside of Google Cloud, and nobody here can tell who has it.`,
    remedy: 'Ask who uploaded it and where the private half lies; replace it by a way without a key.',
  }));
  const working = keys.filter(works);
  if (keyless)
    add(
      working,
      (names) => ({
        level: 'medium',
        title: 'A key, although none is needed',
        what: `${names}: programs sign in without one, and whoever holds the file is the account all the same, from anywhere.`,
        remedy: 'Disable each, wait until you are sure that nothing fails, then delete it.',
      }),
      ...working.map(({ id }) => keyCommand('disable', id, graph)),
    );
  else
    add(
      working,
      (names) => ({
        level: 'low',
        title: 'A key where none may be needed',
        what: `${names}: whoever holds the file is the account, from anywhere. Impersonation, GitHub Actions and attached accounts need no key.`,
        remedy: 'Choose a way to do without it where it serves; the key is then no longer needed.',
      }),
      `${again.setup} --keyless=impersonation`,
    );
  add(
    gone,
    (names) => ({
      level: 'low',
      title: 'Keys that do not work any more',
      what: `${names}: disabled or expired. A disabled key can be enabled again by whoever administers keys.`,
      remedy: 'Delete them.',
    }),
    ...gone.map(({ id }) => keyCommand('delete', id, graph)),
  );
  return risks;
}
