import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { parts } from './parts.ts';
import { runTrials } from './run-trials.ts';

/** What one worker is to do: of all trials of a part that are wanted, every `of`th, from its number on. */
const Share = z.object({
  part: z.string(),
  only: z.string(),
  seed: z.number(),
  number: z.number(),
  of: z.number(),
});

const { part: name, only, seed, number, of } = Share.parse(workerData);
const part = parts.find((each) => each.name === name);
if (part === undefined || parentPort === null)
  throw new Error(`a worker was started without a part: ${name}`);
const port = parentPort;
const wanted = (await part.trials(seed)).filter((trial) => trial.name.startsWith(only));
const mine = wanted.filter((_, index) => index % of === number);
port.postMessage({ trials: mine.length });
await runTrials(part, mine, (outcome) => port.postMessage({ outcome }));
port.postMessage({ done: true });
