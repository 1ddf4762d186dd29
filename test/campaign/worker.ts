import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { parts } from './parts.ts';
import { runTrials } from './run-trials.ts';

/** Lists the trials of a part that are wanted, is told which of them are its own, and runs those. */
const Errand = z.object({ part: z.string(), only: z.string(), seed: z.number() });
const Own = z.tuple([z.array(z.string())]);

const { part: name, only, seed } = Errand.parse(workerData);
const part = parts.find((each) => each.name === name);
if (part === undefined || parentPort === null)
  throw new Error(`a worker was started without a part: ${name}`);
const port = parentPort;
const wanted = (await part.trials(seed, only)).filter((trial) => trial.name.startsWith(only));
port.postMessage({ names: wanted.map((trial) => trial.name) });
const [names] = Own.parse(await once(port, 'message'));
const own = new Set(names);
await runTrials(
  part,
  wanted.filter((trial) => own.has(trial.name)),
  (outcome) => port.postMessage({ outcome }),
);
port.postMessage({ done: true });
