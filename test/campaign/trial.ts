/** How a disturbed run came to its good end. */
export type Ending = 'ready at once' | 'ready on the next run';

/** Something was lost, doubled, or told wrongly. */
export class Loss extends Error {
  override readonly name = 'Loss';
}

/** One disturbance and all that must hold after it. */
export interface Trial {
  /** Names it, for `--only`; the same under the same seed. */
  name: string;
  /** The row of the table that it counts in. */
  kind: string;
  /** What was drawn for it, to be told with a loss. */
  drawn?: unknown;
  /** @throws Loss saying what is not as it must be; any other error counts as one. */
  run: () => Promise<Ending>;
}

/** Trials of one sort. */
export interface Part {
  name: string;
  /** What is tried, for the header of the table. */
  about: string;
  /** How many of them run side by side in one worker. */
  atOnce: number;
  /** The longest that one may take, in ms: what takes longer hangs. */
  limitMs: number;
  /**
   * The same list under the same seed. Trials whose names do not begin with `only` may be left out, where that saves the
   * recording of what they disturb.
   */
  trials: (seed: number, only: string) => Promise<Trial[]>;
}

/** @throws Loss unless the condition holds. */
export function demand(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Loss(what());
}

/** @throws Loss showing both, unless they are the same as JSON. */
export function demandSame(found: unknown, wanted: unknown, what: string): void {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  demand(one === other, () => `${what}: ${one}, not ${other}`);
}

/** @throws Loss naming what is in one list and not in the other, unless both hold the same, each as often. */
export function demandAll(found: readonly string[], wanted: readonly string[], what: string): void {
  const more = without(found, wanted);
  const missing = without(wanted, found);
  demand(
    more.length + missing.length === 0,
    () => `${what}: ${JSON.stringify({ more, missing }, undefined, 2)}`,
  );
}

/** What of the first list is left when all of the second are struck out, each as often as it is there. */
export function without(list: readonly string[], others: readonly string[]): string[] {
  const left = [...list];
  for (const other of others) if (left.includes(other)) left.splice(left.indexOf(other), 1);
  return left;
}
