import type { Reading } from './assignment.ts';

/** The whole lines on which a variable stands. */
export interface Place {
  readonly name: string;
  readonly from: number;
  /** One past the line end, where there is one. */
  readonly to: number;
  /** Where its value ends, as the reader sees it who takes most. */
  readonly valueTo: number;
}

/** Every place at which any reader finds one of `names`, in the order of the text. Places do not overlap. */
export function placesOf(text: string, names: ReadonlySet<string>, readings: readonly Reading[]): Place[] {
  const places: Place[] = [];
  const all = readings.flatMap(({ found }) => found).sort((a, b) => a.from - b.from);
  for (const each of all) {
    const name = ownName(each.name, names);
    if (name === undefined) continue;
    const from = each.from === 0 ? 0 : text.lastIndexOf('\n', each.from - 1) + 1;
    const end = text.indexOf('\n', each.to);
    const to = end === -1 ? text.length : end + 1;
    const before = places.at(-1);
    if (before === undefined || before.to <= from) places.push({ name, from, to, valueTo: each.to });
    else
      places[places.length - 1] = {
        name,
        from: before.from,
        to: Math.max(before.to, to),
        valueTo: Math.max(before.valueTo, each.to),
      };
  }
  return places;
}

/**
 * Which of `names` a reader means by a name: to Node a byte order mark, an `export` or what stands before a later "="
 * (`NAME: a=`, `NAME+=`) can be a part of it.
 */
export function ownName(name: string, names: ReadonlySet<string>): string | undefined {
  const own = /^\uFEFF?(?:(?:export|readonly)\s+)*([A-Za-z_]\w*)(?=$|[\s:+])/u.exec(name)?.[1];
  return own !== undefined && names.has(own) ? own : undefined;
}
