/**
 * `npm run faults`: the proof that nothing which happens to a run loses or doubles anything. Disturbs runs in every way there
 * is, and after each demands: the run ended ready, or with the right exit code, and then the next run ends ready; the world is
 * the one of an undisturbed run; one more run writes nothing. Ends with a table, and with 1 on any loss; for each it prints the
 * line that repeats it. The parts are in parts.ts. `--only=NAME` runs the trials whose names begin so, `--seed=N` others.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { readArgs, repeatLine, type Wanted } from './args.ts';
import { parts } from './parts.ts';
import { openProgress } from './progress.ts';
import type { Outcome } from './run-trials.ts';
import { drawTable, tally } from './table.ts';
import type { Part } from './trial.ts';

const Message = z.union([
  z.object({ trials: z.number() }),
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

/** Runs one part in as many workers as there are cores; gives how each trial ended. */
async function runPart({ name, about }: Part, { only, seed }: Wanted): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const progress = openProgress(name, about);
  const of = availableParallelism();
  await Promise.all(
    Array.from({ length: of }, (_, number) => {
      const worker = new Worker(new URL('worker.ts', import.meta.url), {
        workerData: { part: name, only, seed, number, of },
      });
      return new Promise<void>((resolve, reject) => {
        worker.on('error', reject);
        worker.on('exit', () => resolve());
        worker.on('message', (sent: unknown) => {
          const message = Message.parse(sent);
          if ('trials' in message) progress.expect(message.trials);
          else if ('outcome' in message) {
            outcomes.push(message.outcome);
            progress.done(message.outcome);
            // What hangs is not waited for.
          } else void worker.terminate();
        });
      });
    }),
  );
  progress.close();
  return outcomes;
}

const wanted = readArgs(process.argv.slice(2));
const { only, seed } = wanted;
const chosen = parts.filter(({ name }) => only.startsWith(name) || name.startsWith(only));
const began = performance.now();
const rows = [];
const losses: Outcome[] = [];
for (const part of chosen) {
  const outcomes = await runPart(part, wanted);
  rows.push(...tally(part.name, outcomes));
  losses.push(...outcomes.filter(({ ending }) => ending === 'loss'));
}
if (rows.length === 0) throw new Error(`no trial has a name that begins with "${only}"`);
process.stdout.write(`${drawTable(rows)}\n\n`);
for (const { name, loss } of losses)
  process.stdout.write(`${name}\n  ${loss ?? ''}\n  ${repeatLine(name, seed)}\n\n`);
const trials = rows.reduce((sum, row) => sum + row.trials, 0);
const seconds = Math.round((performance.now() - began) / 1000);
process.stdout.write(`${trials} trials, ${losses.length} losses, seed ${seed}, ${seconds} s\n`);
if (losses.length > 0) process.exitCode = 1;
