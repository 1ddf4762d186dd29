import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Keeps what V8 compiled for the next run, which then takes some 20 ms less: a tenth of a setup without latency. In this
 * person's own cache folder, not in the temporary one that is Node's choice, where another user of the machine could lay
 * code in our way. Where there can be no such folder, nothing is kept. NODE_COMPILE_CACHE names another one,
 * NODE_DISABLE_COMPILE_CACHE=1 turns it off.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv): void {
  if (env['NODE_COMPILE_CACHE'] || env['NODE_DISABLE_COMPILE_CACHE']) return;
  const cache = cacheFolder(env, process.platform);
  if (!isAbsolute(cache)) return;
  const ours = join(cache, 'iamready');
  // One by one: where a file system takes no folders, Node's own way of making all at once can go on for ever.
  for (const folder of [cache, ours])
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return;
    }
  enableCompileCache(join(ours, 'compiled'));
}

function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
}
