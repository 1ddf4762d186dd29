import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import * as z from 'zod';
import { folder, plainEnv, runProgram } from './program.ts';

const root = join(import.meta.dirname, '..', '..');
const Package = z.object({ scripts: z.object({ prepare: z.string() }) });

/** The program that draws one line, bundled just as the real one is (`prepare` of package.json). @returns the file to run */
export async function oneLineProgram(): Promise<string> {
  const { prepare } = Package.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))).scripts;
  const out = join(folder, 'one-line');
  const bundle = prepare
    .slice(prepare.indexOf('esbuild '))
    .replace('src/cli.ts src/index.ts', 'test/bench/one-line.tsx')
    .replace('--outdir=dist', `--outdir=${out}`);
  const PATH = [join(root, 'node_modules', '.bin'), plainEnv['PATH']].join(delimiter);
  await runProgram('sh', ['-c', `cd "$0" && ${bundle}`, root], { env: { ...plainEnv, PATH } });
  await writeFile(join(out, 'package.json'), '{"type":"module"}');
  return join(out, 'one-line.js');
}
