import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { scripts } from '../../package.json';

const root = path.join(import.meta.dirname, '../..');

/**
 * A program of these tests, bundled just as the real one is (`prepare` of package.json), because Node does not run TSX.
 * @param source its path from here. @returns the file to run, in a folder that goes when this is disposed of.
 */
export async function built(source: string): Promise<{ program: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'iamready-built-'));
  const bundle = scripts.prepare
    .slice(scripts.prepare.indexOf('esbuild '))
    .replace('src/cli.ts src/index.ts', path.join('test/terminal', source))
    .replace('--outdir=dist', `--outdir=${folder}`);
  await execa(bundle, { cwd: root, shell: true, preferLocal: true, localDir: root });
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  return {
    program: path.join(folder, path.basename(source).replace(/\.ts$/u, '.js')),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
