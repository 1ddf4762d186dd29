import fc from 'fast-check';
import { repeatLine } from './args.ts';
import { runTrials, type Outcome } from './run-trials.ts';
import type { Part, Trial } from './trial.ts';

/** So many of a list: one, drawn by the seed, out of each of as many stretches of the same length. */
export function spread<T>(list: readonly T[], count: number, seed: number): T[] {
  const length = list.length / count;
  const [draws = []] = fc.sample(
    fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: count, maxLength: count }),
    { seed, numRuns: 1 },
  );
  return draws.flatMap((draw, stretch) => list[Math.floor((stretch + draw) * length)] ?? []);
}

/** Runs so many trials of a part, and gives how each ended. */
export async function runSample(part: Part, trials: readonly Trial[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  await runTrials(part, trials, (outcome) => outcomes.push(outcome));
  return outcomes;
}

/** What is told of each loss: its name, what was lost, and the line that repeats it. */
export const lossesOf = (outcomes: readonly Outcome[], seed: number): string[] =>
  outcomes
    .filter(({ ending }) => ending === 'loss')
    .map(({ name, loss }) => `${name}\n  ${loss ?? ''}\n  ${repeatLine(name, seed)}`);
