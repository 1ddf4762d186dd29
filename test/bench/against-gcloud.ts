import { leastMs, setupChain } from './chain.ts';
import type { BenchCloud } from './cloud.ts';
import { errandArgs } from './errand.ts';
import { gcloudSetup, hasGcloud } from './gcloud.ts';
import { byTurns, median } from './measure.ts';
import { runIamready } from './program.ts';
import { ratioRow, shownMs, type Row } from './table.ts';

/** Setup of a fresh project against the gcloud script, which is shown to do the same job: a check finds it in sync. */
export async function againstGcloud(clouds: readonly BenchCloud[], rounds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const cloud of clouds) rows.push(await oneRow(cloud, rounds));
  return rows;
}

async function oneRow(cloud: BenchCloud, rounds: number): Promise<Row> {
  const what = `setup, ${cloud.latencyMs} ms latency, against a gcloud script`;
  if (!hasGcloud())
    return { what, measured: 'not measured: no gcloud here', against: '', ratio: '', target: '' };
  const times = await byTurns(rounds, {
    ours: async () => (await runIamready(['setup', '--yes', ...errandArgs(cloud, cloud.freshProject())])).ms,
    gcloud: async () => {
      const project = cloud.freshProject();
      const ms = await gcloudSetup(cloud, project);
      await runIamready(['check', ...errandArgs(cloud, project)]);
      return ms;
    },
  });
  const [ours, gcloud] = [median(times.ours), median(times.gcloud)];
  // What an answer takes to come is the same for both; with it, ten times is out of anyone's reach, so what is in reach is shown.
  const target = cloud.latencyMs === 0 ? { least: 10 } : { best: gcloud / leastMs(setupChain, cloud) };
  return ratioRow(what, shownMs(ours), `gcloud: ${shownMs(gcloud)}`, gcloud / ours, target);
}
