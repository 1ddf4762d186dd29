import { indexIn, rangesOf, type Ranges } from './ranges.ts';

/** A role as Google lists it (IAM API v1, `Role`). */
export interface ListedRole {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly stage: string;
  readonly includedPermissions: readonly string[];
}

/** Whether a permission fits into a custom role, as Google answers for a project. */
export interface Testable {
  readonly customRole: 'SUPPORTED' | 'TESTING' | 'NOT_SUPPORTED';
  readonly stage: string;
}

/** A role that Google listed; what it holds is ranges of `Live.names`. */
export interface LiveRole {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly stage: string;
  /** How many permissions it holds. */
  readonly size: number;
  readonly ranges: Ranges;
}

/** Every role and permission as Google had them on a day. */
export interface Live {
  /** ISO 8601. */
  readonly date: string;
  /** Who answered: a file, an endpoint or Google. */
  readonly from: string;
  /** The project whose testable permissions were asked for. */
  readonly project?: string | undefined;
  /** All permissions, in order. */
  readonly names: readonly string[];
  /** In order of their names. */
  readonly roles: readonly LiveRole[];
  /** Whether Google knew the permission that day. */
  readonly has: (name: string) => boolean;
  /** What Google answered of the permission; undefined where it is not testable in the project, or none was asked. */
  readonly testable: (name: string) => Testable | undefined;
  /** The roles that hold the permission, as ranges of `roles`. */
  readonly holders: (name: string) => Ranges;
}

/** Puts together what was listed. */
export function liveOf(
  listed: Iterable<ListedRole>,
  testable: ReadonlyMap<string, Testable>,
  about: Pick<Live, 'date' | 'from' | 'project'>,
): Live {
  // One number for a name: the names of 2,500 roles would else be there a hundred times.
  const numbers = new Map([...testable.keys()].map((name, number) => [name, number]));
  const taken = Array.from(listed, ({ name, title, description, stage, includedPermissions }) => ({
    ...{ name, title, description, stage },
    held: Uint32Array.from(includedPermissions, (each) => numberOf(numbers, each)),
  }));
  taken.sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = [...numbers.keys()].sort();
  const places = new Uint32Array(names.length);
  for (const [place, name] of names.entries()) places[numbers.get(name) ?? 0] = place;
  const roles = taken.map(({ held, ...role }) => {
    const sorted = onceEach(held.map((number) => places[number] ?? 0).sort());
    return { ...role, size: sorted.length, ranges: rangesOf(sorted) };
  });
  const holders = holdersOf(roles, names.length);
  return {
    ...about,
    names,
    roles,
    has: (name) => numbers.has(name),
    testable: (name) => testable.get(name),
    holders: (name) => rangesOf(holders(indexIn(names, name))),
  };
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}

function onceEach(sorted: Uint32Array): Uint32Array {
  return sorted.filter((number, at) => at === 0 || sorted[at - 1] !== number);
}

/** Who holds each of `count` permissions, in one row of numbers: a list for each would take ten times the memory. */
function holdersOf(roles: readonly LiveRole[], count: number): (permission: number) => Uint32Array {
  const starts = new Uint32Array(count + 1);
  const each = (take: (permission: number, role: number) => void): void => {
    for (const [role, { ranges }] of roles.entries())
      for (let at = 0; at < ranges.length; at += 2)
        for (let number = ranges[at] ?? 0; number <= (ranges[at + 1] ?? -1); number++) take(number, role);
  };
  each((permission) => {
    starts[permission + 1] = (starts[permission + 1] ?? 0) + 1;
  });
  for (let at = 1; at <= count; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const all = new Uint32Array(starts[count] ?? 0);
  const next = starts.slice();
  each((permission, role) => {
    const at = next[permission] ?? 0;
    all[at] = role;
    next[permission] = at + 1;
  });
  return (permission) =>
    permission < 0 ? all.subarray(0, 0) : all.subarray(starts[permission], starts[permission + 1]);
}
