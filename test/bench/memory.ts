import { readFileSync } from 'node:fs';
import type { BenchCloud } from './cloud.ts';
import { errandArgs } from './errand.ts';
import { runIamready, type Ending } from './program.ts';
import { memoryRow, shownMs, type Row } from './table.ts';

const LOOK_EVERY_MS = 2;

/** Peak memory of setup, and of the simulator after `exercise`; time and memory of the demo. */
export async function memoryRows(cloud: BenchCloud, crowded: BenchCloud, projects: number): Promise<Row[]> {
  const setup = await peakOf((started) =>
    runIamready(['setup', '--yes', ...errandArgs(cloud, cloud.freshProject())], { started }),
  );
  await exercise(crowded, projects);
  const simulator = peakOfProcess(crowded.pid);
  const demo = await peakOf((started) => runIamready(['demo'], { started }));
  return [
    memoryRow('setup, peak memory', setup.bytes, 150),
    memoryRow(`simulator with ${projects} projects, peak memory`, simulator, 250),
    {
      ...memoryRow('demo, peak memory, and that of its simulator', demo.bytes),
      against: demo.childBytes === undefined ? '' : memoryRow('', demo.childBytes).measured,
    },
    { what: 'demo, time', measured: shownMs(demo.ms), against: '', ratio: '', target: '' },
  ];
}

/** Everything that grows with the number of projects: all of them listed in both versions, and each one's policy read. */
async function exercise(cloud: BenchCloud, projects: number): Promise<void> {
  const headers = { authorization: `Bearer ${cloud.token}`, 'content-type': 'application/json' };
  const ask = async (path: string, body?: object): Promise<string> => {
    const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${cloud.endpoint}${path}`, init);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return text;
  };
  for (let round = 0; round < 3; round++) {
    await ask('/v3/projects:search?pageSize=1000');
    await ask('/v1/projects?pageSize=1000');
    for (let count = 0; count < projects; count += 50)
      await Promise.all(
        Array.from({ length: Math.min(50, projects - count) }, async (_, index) => {
          const name = `bench-${String(count + index + 1).padStart(4, '0')}`;
          await ask(`/v3/projects/${name}:getIamPolicy`, {});
          await ask(`/v3/projects/${name}:testIamPermissions`, { permissions: ['run.services.get'] });
        }),
      );
  }
  await runIamready(['setup', '--yes', ...errandArgs(cloud, cloud.freshProject())]);
  await ask('/_/world');
}

/** How a process ended, and the most memory that it has held. */
export interface Peak extends Ending {
  bytes: number | undefined;
  /** Of the largest of its child processes. */
  childBytes: number | undefined;
}

/** Runs a program while looking at how much memory it has held at most. The mark only rises, so few looks are enough. */
export async function peakOf(run: (started: (pid: number) => void) => Promise<Ending>): Promise<Peak> {
  const held = { bytes: 0, childBytes: 0 };
  let watch: NodeJS.Timeout | undefined;
  const ending = await run((pid) => {
    watch = setInterval(() => {
      held.bytes = Math.max(held.bytes, peakOfProcess(pid) ?? 0);
      for (const child of childrenOf(pid))
        held.childBytes = Math.max(held.childBytes, peakOfProcess(child) ?? 0);
    }, LOOK_EVERY_MS);
  }).finally(() => clearInterval(watch));
  return { ...ending, bytes: held.bytes || undefined, childBytes: held.childBytes || undefined };
}

/** The most memory that a process has held, in bytes (VmHWM); undefined where the system does not say, or it is gone. */
function peakOfProcess(pid: number): number | undefined {
  const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readOr(`/proc/${pid}/status`))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function childrenOf(pid: number): number[] {
  return readOr(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
