/**
 * `npm run bench`: how fast, and how large. Prints one table and writes it to RESULTS.md beside this file; `--quick` takes
 * fewer rounds and leaves the file alone. Ends with 1 when a target is missed. No part of npm test: it wants a quiet machine.
 *
 * Every number is of the built program (dist/) as a process of its own, against the embedded cloud as another. Both sides of
 * a ratio are measured in this one run, by turns, after a round that does not count; of the rounds it is the median.
 *
 * - setup against gcloud: an untouched project made ready by `setup --yes`, and by gcloud-setup.sh, which is what a person
 *   writes today; `check` then finds the script's work in sync, so the jobs are the same. At 0 and at 50 ms a call; the
 *   target is for 0 ms, where the programs are compared and not the wire.
 * - setup and check against the critical path: the time that their longest chain of dependent calls takes if nothing else
 *   takes any. The chains are in chain.ts, and are held against the calls that the cloud saw.
 * - --version and --help against `node -e 0`, with the same Node.
 * - the catalog, with 2,500 made-up roles and 14,000 permissions refreshed: `explain` against `node -e 0`; `catalog refresh
 *   --from` by time and memory; and a keystroke in the search that a picker uses, in this process.
 * - the first frame of the wizard and of the demo, in a terminal of 80×24, from the start of the process to the bytes that
 *   draw it, against a program of Ink's that draws one line (one-line.tsx): bundled alike, with compiled code kept alike.
 * - a key pressed in the list of 5,000 projects, from the key to the last byte of the redraw.
 * - what a demo that plays itself writes to the terminal, against as many frames written whole. Its bar is half of that: it
 *   holds as long as only what changed is redrawn. Clearing the screen between frames would flicker, so it is never done.
 * - how much code there is, and how much of it the first frame and a setup load: nothing of what only diagnosis needs.
 * - peak memory (VmHWM): of setup; of the simulator with 1,000 projects after all were listed and their policies read;
 *   and, for information, of the demo and its simulator.
 */
import { rm, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { againstBareNode } from './against-node.ts';
import { againstCriticalPath } from './against-path.ts';
import { againstGcloud } from './against-gcloud.ts';
import { catalogRows } from './catalog.ts';
import { startCloud } from './cloud.ts';
import { machineLines } from './machine.ts';
import { memoryRows } from './memory.ts';
import { folder } from './program.ts';
import { screenRows } from './screen.ts';
import { drawTable, type Row } from './table.ts';

const PROJECTS = 1000;
const quick = process.argv.includes('--quick');
const rounds = quick
  ? { node: 10, path: 3, gcloud: 1, frame: 5, keys: 30 }
  : { node: 40, path: 15, gcloud: 5, frame: 21, keys: 150 };

async function measure(): Promise<Row[]> {
  const near = await startCloud(0, PROJECTS);
  const far = await startCloud(50, 100);
  try {
    return [
      ...(await againstGcloud([near, far], rounds.gcloud)),
      ...(await againstCriticalPath(far, rounds.path)),
      ...(await againstBareNode(rounds.node)),
      ...(await catalogRows(rounds.node)),
      ...(await screenRows(far, rounds)),
      ...(await memoryRows(far, near, PROJECTS)),
    ];
  } finally {
    await Promise.all([near.close(), far.close()]);
  }
}

const loadBefore = loadavg();
let rows: Row[];
try {
  rows = await measure();
} finally {
  await rm(folder, { recursive: true, force: true });
}
const machine = machineLines(loadBefore);
const table = drawTable(rows);
process.stdout.write(`${machine.join('\n')}\n\n${table}\n`);
if (!quick) {
  const about = `Medians of ${rounds.gcloud} rounds (gcloud), ${rounds.path} (critical path), ${rounds.node} (node) and ${rounds.frame} (first frame); ${rounds.keys} keys.`;
  await writeFile(
    join(import.meta.dirname, 'RESULTS.md'),
    `# Bench\n\nWritten by \`npm run bench\`; run.ts says what each row is.\n\n${machine.join('\n')}\n\n${table}\n\n${about}\n`,
  );
}
if (rows.some(({ met }) => met === false)) process.exitCode = 1;
