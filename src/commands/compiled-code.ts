import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { cacheFolder } from './folders.ts';

/**
 * Keeps what V8 compiled for the next run, which then takes some 20 ms less: a tenth of a setup without latency. In this
 * person's own cache folder, not in the temporary one that is Node's choice, where another user of the machine could lay
 * code in our way. Where there can be no such folder, nothing is kept. NODE_COMPILE_CACHE names another one,
 * NODE_DISABLE_COMPILE_CACHE=1 turns it off.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv): void {
  if (env['NODE_COMPILE_CACHE'] || env['NODE_DISABLE_COMPILE_CACHE']) return;
  const ours = cacheFolder(env);
  if (!isAbsolute(ours)) return;
  // One by one: where a file system takes no folders, Node's own way of making all at once can go on for ever.
  for (const folder of [dirname(ours), ours])
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return;
    }
  enableCompileCache(join(ours, 'compiled'));
}
