/** Numbers as ranges: from, to, from, to; both ends included, in order. A role's permissions lie close together. */
export type Ranges = readonly number[];

/** The ranges of numbers that are sorted and each there once. */
export function rangesOf(sorted: Iterable<number>): number[] {
  const ranges: number[] = [];
  for (const number of sorted) {
    if (ranges.at(-1) === number - 1) ranges[ranges.length - 1] = number;
    else ranges.push(number, number);
  }
  return ranges;
}

/** Whether a number is in ranges. */
export function within(ranges: Ranges, number: number): boolean {
  let low = 0;
  let high = ranges.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (number < (ranges[2 * middle] ?? 0)) high = middle - 1;
    else if (number > (ranges[2 * middle + 1] ?? 0)) low = middle + 1;
    else return true;
  }
  return false;
}

/** How many numbers ranges hold. */
export function sizeOf(ranges: Ranges): number {
  let size = 0;
  for (let at = 0; at < ranges.length; at += 2) size += (ranges[at + 1] ?? 0) - (ranges[at] ?? 0) + 1;
  return size;
}

/** What stands at the numbers of ranges in a list. */
export function pick<T>(list: readonly T[], ranges: Ranges): T[] {
  const picked: T[] = [];
  for (let at = 0; at < ranges.length; at += 2)
    picked.push(...list.slice(ranges[at], (ranges[at + 1] ?? 0) + 1));
  return picked;
}

/** Where a word stands in a sorted list; -1 where it does not. */
export function indexIn(sorted: readonly string[], word: string): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const here = sorted[middle] ?? '';
    if (here === word) return middle;
    if (here < word) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
