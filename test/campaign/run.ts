/**
 * `npm run faults`: the proof that nothing which happens to a run loses or doubles anything. Disturbs runs in every way there
 * is, and after each demands: the run ended ready, or with the right exit code, and then the next run ends ready; the world is
 * the one of an undisturbed run; one more run writes nothing. Ends with a table, and with 1 on any loss; for each it prints the
 * line that repeats it. The parts are in parts.ts; without --only, the tests of positions.ts run as well. `--only=NAME` runs the trials whose names begin so, `--seed=N` others.
 */
import { readArgs } from './args.ts';
import { parts } from './parts.ts';
import { everyPosition } from './positions.ts';
import { runPart } from './run-part.ts';
import type { Outcome } from './run-trials.ts';
import { lossesOf } from './sample.ts';
import { drawTable, tally } from './table.ts';

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
for (const told of lossesOf(losses, seed)) process.stdout.write(`${told}\n\n`);
const trials = rows.reduce((sum, row) => sum + row.trials, 0);
const seconds = Math.round((performance.now() - began) / 1000);
process.stdout.write(`${trials} trials, ${losses.length} losses, seed ${seed}, ${seconds} s\n`);
if (losses.length > 0) process.exitCode = 1;
if (only === '' && !(await everyPosition())) process.exitCode = 1;
