import { checkChain, holdChain, leastMs, setupChain } from './chain.ts';
import type { BenchCloud } from './cloud.ts';
import { errandArgs } from './errand.ts';
import { byTurns, median } from './measure.ts';
import { runIamready, runProgram } from './program.ts';
import { ratioRow, shownMs, type Row } from './table.ts';

/**
 * Setup of a fresh project, then check of it, against the least time that their dependent calls take. A check has so few that
 * starting any program weighs more: it has no target, but is shown beside the best that bare Node would allow.
 */
export async function againstCriticalPath(cloud: BenchCloud, rounds: number): Promise<Row[]> {
  let project = '';
  const runs = {
    setup: async () => {
      project = cloud.freshProject();
      return (await runIamready(['setup', '--yes', ...errandArgs(cloud, project)])).ms;
    },
    check: async () => (await runIamready(['check', ...errandArgs(cloud, project)])).ms,
    node: async () => (await runProgram(process.execPath, ['-e', '0'])).ms,
  };
  const chains = { setup: setupChain, check: checkChain };
  for (const command of ['setup', 'check'] as const) {
    await cloud.forget();
    await runs[command]();
    await holdChain(chains[command], cloud, project);
  }
  const times = await byTurns(rounds, runs);
  const path = { setup: leastMs(setupChain, cloud), check: leastMs(checkChain, cloud) };
  const row = (command: 'setup' | 'check', name: string, target: { most?: number; best?: number }): Row => {
    const measured = median(times[command]);
    const what = `${name}, ${cloud.latencyMs} ms latency, against its critical path`;
    const against = `${chains[command].length} calls in a row: ${shownMs(path[command])}`;
    return ratioRow(what, shownMs(measured), against, measured / path[command], target);
  };
  return [
    row('setup', 'setup', { most: 1.4 }),
    row('check', 'check (in sync)', { best: (path.check + median(times.node)) / path.check }),
  ];
}
