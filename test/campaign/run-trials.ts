import pLimit from 'p-limit';
import { Loss, type Ending, type Part, type Trial } from './trial.ts';

/** How a trial ended. `loss`: what went wrong. */
export interface Outcome {
  name: string;
  kind: string;
  ending: Ending | 'loss';
  loss?: string;
}

/** Runs trials side by side, as many as their part allows, and tells of each at its end. */
export async function runTrials(
  { atOnce, limitMs }: Part,
  trials: readonly Trial[],
  tell: (outcome: Outcome) => void,
): Promise<void> {
  const limit = pLimit(atOnce);
  await Promise.all(trials.map((trial) => limit(async () => tell(await outcomeOf(trial, limitMs)))));
}

async function outcomeOf({ name, kind, drawn, run }: Trial, limitMs: number): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Loss(`it had not ended after ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return { name, kind, ending: await Promise.race([run(), over]) };
  } catch (error) {
    const loss = error instanceof Loss ? error.message : error instanceof Error ? error.stack : String(error);
    const about = drawn === undefined ? '' : `\n  drawn: ${JSON.stringify(drawn)}`;
    return { name, kind, ending: 'loss', loss: `${loss ?? ''}${about}` };
  } finally {
    clearTimeout(timer);
  }
}
