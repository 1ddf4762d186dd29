import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.join(import.meta.dirname, '../..');

/** What makes a screen of the broken program throw. */
export const breaking = 'ß';

/** Put around the component that draws whatever is to be seen. */
const wrapper = `
import { useInput } from 'ink';
import { useState } from 'react';
export function Screen() {
  const [broken, setBroken] = useState(false);
  useInput((input) => { if (input === '${breaking}') setBroken(true); });
  if (broken) throw new Error('a screen broke');
  return <WholeScreen />;
}`;

/**
 * The real program but for one bug: every screen throws while it is drawn, once that key was pressed. The product has nothing
 * in it that could do so. @returns the file to run, in a folder that goes when this is disposed of.
 */
export async function brokenProgram(): Promise<{ program: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'iamready-broken-'));
  await build({
    entryPoints: [path.join(root, 'src/cli.ts')],
    absWorkingDir: root,
    outdir: path.join(folder, 'dist'),
    bundle: true,
    splitting: true,
    // As in `prepare`: names that are not shortened would meet those of the banner.
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'warning',
    external: ['react-devtools-core'],
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: {
      js: "import{createRequire as __require}from'node:module';const require=__require(import.meta.url),__filename=import.meta.filename;",
    },
    plugins: [
      {
        name: 'bug',
        setup: (bundler) =>
          bundler.onLoad({ filter: /components\/screens\/Screen\.tsx$/ }, async ({ path: file }) => {
            const source = await readFile(file, 'utf8');
            const renamed = source.replace('export function Screen()', 'function WholeScreen()');
            if (renamed === source) throw new Error(`there is no Screen in ${file}`);
            return { contents: renamed + wrapper, loader: 'tsx' };
          }),
      },
    ],
  });
  await symlink(path.join(root, 'catalog'), path.join(folder, 'catalog'));
  await writeFile(path.join(folder, 'package.json'), '{"name":"iamready","type":"module"}');
  return {
    program: path.join(folder, 'dist/cli.js'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
