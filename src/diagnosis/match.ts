/** Whether something holds: `maybe` where what it depends on is not known. */
export type Match = { is: 'yes' | 'no' } | { is: 'maybe'; why: string };

export const YES: Match = { is: 'yes' };
export const NO: Match = { is: 'no' };

/** Whether all hold: a single no decides, whatever is not known. */
export function all(...matches: readonly Match[]): Match {
  return matches.find(({ is }) => is === 'no') ?? matches.find(({ is }) => is === 'maybe') ?? YES;
}

/** Whether one holds at least, and which it was. */
export function any<T>(candidates: readonly T[], matches: (candidate: T) => Match): { match: Match; of?: T } {
  let unsure: { match: Match; of: T } | undefined;
  for (const of of candidates) {
    const match = matches(of);
    if (match.is === 'yes') return { match, of };
    if (match.is === 'maybe') unsure ??= { match, of };
  }
  return unsure ?? { match: NO };
}

/** Whether it does not hold. */
export function not(match: Match): Match {
  return match.is === 'maybe' ? match : match.is === 'yes' ? NO : YES;
}
