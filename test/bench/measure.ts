/** What is timed, once a round; gives milliseconds. */
export type Side = () => Promise<number>;

/**
 * Runs every side once a round, in an order that turns round each time, so that whatever else the machine does hits all
 * sides alike. One round goes before and does not count: files are then in memory and caches filled.
 * @returns for each side the milliseconds of each round
 */
export async function byTurns<Name extends string>(
  rounds: number,
  sides: Readonly<Record<Name, Side>>,
): Promise<Record<Name, number[]>> {
  const names = namesOf(sides);
  const times = mapNames(names, (): number[] => []);
  for (const name of names) await sides[name]();
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : names.toReversed()) times[name].push(await sides[name]());
  return times;
}

/** The middle one; of an even number, the mean of the two in the middle. @throws RangeError for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('there is no median of nothing');
  return (upper + lower) / 2;
}

/** The smallest value that at least this share (0 to 1) of the values does not exceed. @throws RangeError for none. */
export function percentile(values: readonly number[], share: number): number {
  const value = values.toSorted((a, b) => a - b)[Math.max(Math.ceil(values.length * share) - 1, 0)];
  if (value === undefined) throw new RangeError('there is no percentile of nothing');
  return value;
}

function namesOf<Name extends string>(record: Readonly<Record<Name, unknown>>): Name[] {
  const names: Name[] = [];
  for (const name in record) names.push(name);
  return names;
}

function mapNames<Name extends string, T>(names: readonly Name[], make: () => T): Record<Name, T> {
  // Object.fromEntries forgets the names.
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<Name, T>;
}
