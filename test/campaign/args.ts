import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface Wanted {
  /** The beginning of the names of the trials to run; a part's name is one. */
  only: string;
  seed: number;
}

/** @throws TypeError for what is not known. */
export function readArgs(args: readonly string[]): Wanted {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string', default: '' }, seed: { type: 'string', default: '1' } },
  });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new TypeError(`--seed=${values.seed} is no whole number`);
  return { only: values.only, seed };
}

/** The line that runs one trial again. */
export const repeatLine = (name: string, seed: number): string =>
  `npm run faults -- --only='${name.replaceAll("'", String.raw`'\''`)}' --seed=${seed}`;
