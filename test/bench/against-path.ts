import { checkChain, holdChain, setupChain, type Link } from './chain.ts';
import type { BenchCloud } from './cloud.ts';
import { errandArgs } from './errand.ts';
import { byTurns, median } from './measure.ts';
import { runIamready } from './program.ts';
import { ratioRow, shownMs, type Row } from './table.ts';

const MOST = 1.4;

/** Setup of a fresh project, then check of it, against the least time that their dependent calls take. */
export async function againstCriticalPath(cloud: BenchCloud, rounds: number): Promise<Row[]> {
  let project = '';
  const runs = {
    setup: async () => {
      project = cloud.freshProject();
      return (await runIamready(['setup', '--yes', ...errandArgs(cloud, project)])).ms;
    },
    check: async () => (await runIamready(['check', ...errandArgs(cloud, project)])).ms,
  };
  const chains = { setup: setupChain, check: checkChain };
  for (const command of ['setup', 'check'] as const) {
    await cloud.forget();
    await runs[command]();
    await holdChain(chains[command], cloud, project);
  }
  const times = await byTurns(rounds, runs);
  const row = (command: 'setup' | 'check', name: string): Row => {
    const path = leastMs(chains[command], cloud);
    const measured = median(times[command]);
    const what = `${name}, ${cloud.latencyMs} ms latency, against its critical path`;
    const against = `${chains[command].length} calls in a row: ${shownMs(path)}`;
    return ratioRow(what, shownMs(measured), against, measured / path, { most: MOST });
  };
  return [row('setup', 'setup'), row('check', 'check (in sync)')];
}

function leastMs(chain: readonly Link[], { latencyMs }: BenchCloud): number {
  return chain.length * latencyMs;
}
