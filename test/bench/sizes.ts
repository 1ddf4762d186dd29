import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchCloud } from './cloud.ts';
import { errandArgs } from './errand.ts';
import { firstFrameText } from './first-frame.ts';
import { dist, folder, iamready, plainEnv, runProgram } from './program.ts';
import type { Row } from './table.ts';
import { freshHome, openBenchTerminal } from './terminal.ts';

const preload = `--import=${join(import.meta.dirname, 'loaded.ts')}`;

/** How much code there is, and how much of it is loaded by the first frame and by a setup. */
export async function sizeRows(cloud: BenchCloud): Promise<Row[]> {
  const frame = join(folder, 'loaded-by-frame');
  const terminal = openBenchTerminal([preload, iamready], await freshHome(), {
    BENCH_LOADED: frame,
    BENCH_UNTIL: firstFrameText,
  });
  await terminal.until((written) => written.includes(firstFrameText));
  await terminal.end();
  const setup = join(folder, 'loaded-by-setup');
  await runProgram(
    process.execPath,
    [preload, iamready, 'setup', '--yes', ...errandArgs(cloud, cloud.freshProject())],
    { env: { ...plainEnv, BENCH_LOADED: setup } },
  );
  const all = readdirSync(dist).filter((name) => name.endsWith('.js'));
  return [
    sizeRow(
      'code, all of it',
      all.map((name) => join(dist, name)),
    ),
    sizeRow('code that the first frame loads', loadedIn(frame)),
    sizeRow('code that setup --yes loads', loadedIn(setup)),
    diagnosisRow([...loadedIn(frame), ...loadedIn(setup)]),
  ];
}

/** The client of deny policies is as large as all the rest: who diagnoses nothing must not wait for it. */
function diagnosisRow(loaded: readonly string[]): Row {
  const client = readdirSync(dist).filter((name) => name.startsWith('iam-policies-library-'));
  if (client.length === 0) throw new Error('the client of deny policies is in no file of its own');
  const bytesOf = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(file).size, 0);
  const early = loaded.filter((file) => client.includes(basename(file)));
  return {
    what: 'of it, @google-cloud/iam, which only diagnosis needs',
    measured: `${(bytesOf(early) / 1000).toFixed(0)} kB`,
    against: `${(bytesOf(client.map((name) => join(dist, name))) / 1000).toFixed(0)} kB there`,
    ratio: '',
    target: '0 kB',
    met: early.length === 0,
  };
}

function loadedIn(list: string): string[] {
  const files = new Set(
    readFileSync(list, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((url) => fileURLToPath(url)),
  );
  return [...files].filter((file) => file.startsWith(dist));
}

function sizeRow(what: string, files: readonly string[]): Row {
  if (files.length === 0) throw new Error(`${what}: no file was seen`);
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
  return {
    what,
    measured: `${(bytes / 1000).toFixed(0)} kB`,
    against: `${files.length} files`,
    ratio: '',
    target: '',
  };
}
