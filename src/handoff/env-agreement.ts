import { valueOf, type Assignment, type Reading } from './assignment.ts';
import { ownName, type Place } from './env-places.ts';

/**
 * Holds what every reader finds after a change against what it found before: our variables with their new values, and all
 * others as they were.
 * @param reads - by the name of each of our variables, what has to be read; undefined: nothing
 * @returns where, in the text as it was, something stands that one of them takes in another way; undefined if all agree
 */
export function disagreement(
  before: readonly Reading[],
  after: readonly Reading[],
  reads: ReadonlyMap<string, string | undefined>,
  places: readonly Place[],
): number | undefined {
  const names = new Set(reads.keys());
  const others = ({ found }: Reading) => found.filter(({ name }) => ownName(name, names) === undefined);
  for (const [at, reading] of after.entries()) {
    const was = others(before[at] ?? { found: [] });
    const is = others(reading);
    const lost = was.findIndex((each, index) => !isSame(each, is[index]));
    if (lost !== -1) return was[lost]?.from;
    if (is.length > was.length) return was.at(-1)?.from ?? 0;
    if (reading.open) return places.at(-1)?.from ?? Number.POSITIVE_INFINITY;
    for (const [name, value] of reads)
      if (valueOf(name, reading) !== value)
        return places.findLast((place) => place.name === name)?.from ?? Number.POSITIVE_INFINITY;
  }
  return undefined;
}

const isSame = (a: Assignment, b: Assignment | undefined) => a.name === b?.name && a.value === b.value;
