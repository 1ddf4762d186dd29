import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import type { Wanted } from './args.ts';
import { openProgress } from './progress.ts';
import type { Outcome } from './run-trials.ts';
import type { Part } from './trial.ts';

const Message = z.union([
  z.object({ names: z.array(z.string()) }),
  z.object({ done: z.literal(true) }),
  z.object({
    outcome: z.object({
      name: z.string(),
      kind: z.string(),
      ending: z.enum(['ready at once', 'ready on the next run', 'loss']),
      loss: z.string().optional(),
    }),
  }),
]);

/** Starts a worker. `names`: the trials that it can run. `run` has it run some of them; `end` ends it. */
function startWorker(workerData: object, tell: (outcome: Outcome) => void) {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData });
  const listed = Promise.withResolvers<readonly string[]>();
  const ended = Promise.withResolvers<undefined>();
  const fail = (error: unknown): void => {
    listed.reject(error);
    ended.reject(error);
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('a worker ended before its work was done')));
  worker.on('message', (sent: unknown) => {
    const message = Message.parse(sent);
    if ('names' in message) listed.resolve(message.names);
    else if ('outcome' in message) tell(message.outcome);
    else ended.resolve(undefined);
  });
  ended.promise.catch(() => undefined);
  return {
    names: listed.promise,
    run(names: readonly string[]): Promise<undefined> {
      worker.postMessage(names);
      return ended.promise;
    },
    // What hangs is not waited for.
    end: () => worker.terminate(),
  };
}

/**
 * Gives every trial to one of those that can run it. What is recorded differs a little from worker to worker, such as how often
 * a run asks again: to take every second of a list would leave some out.
 */
export function shared(lists: readonly (readonly string[])[]): string[][] {
  const shares = lists.map((): string[] => []);
  for (const name of new Set(lists.flat())) {
    const able = shares.filter((_, index) => lists[index]?.includes(name));
    const [least] = able.toSorted((one, other) => one.length - other.length);
    least?.push(name);
  }
  return shares;
}

/** Runs one part in as many workers as there are cores; gives how each trial ended. A part that fails by itself is a loss, too. */
export async function runPart({ name, about }: Part, { only, seed }: Wanted): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const progress = openProgress(name, about);
  const tell = (outcome: Outcome): void => {
    outcomes.push(outcome);
    progress.done(outcome);
  };
  try {
    await runShares(name, { only, seed }, (all) => progress.expect(all), tell);
  } catch (error) {
    const loss = error instanceof Error ? error.stack : String(error);
    tell({ name: `${name}: `, kind: 'the part itself', ending: 'loss', ...(loss !== undefined && { loss }) });
  }
  progress.close();
  return outcomes;
}

async function runShares(
  part: string,
  wanted: Wanted,
  expect: (trials: number) => void,
  tell: (outcome: Outcome) => void,
): Promise<void> {
  const workers = Array.from({ length: availableParallelism() }, () =>
    startWorker({ part, ...wanted }, tell),
  );
  try {
    const shares = shared(await Promise.all(workers.map(({ names }) => names)));
    expect(shares.flat().length);
    await Promise.all(workers.map((worker, index) => worker.run(shares[index] ?? [])));
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
  }
}
