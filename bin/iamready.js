#!/usr/bin/env node
// The Node-version gate, then dist/. Written so that any Node since 12 can read it.
import { existsSync, mkdirSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 22)) {
  keepCompiledCode(process.env);
  await import('../dist/cli.js');
} else {
  const own = fileURLToPath(
    new URL(
      process.platform === 'win32' ? '../node_modules/node/bin/node.exe' : '../node_modules/node/bin/node',
      import.meta.url,
    ),
  );
  if (existsSync(own)) {
    const { spawn } = await import('node:child_process');
    const child = spawn(own, process.argv.slice(1), { stdio: 'inherit' });
    // The terminal sends Ctrl-C to both; the child decides how to end, and this process follows it.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
    child.on('exit', (code, signal) => {
      if (signal) {
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
      } else process.exitCode = code ?? 1;
    });
  } else {
    console.error(
      `iamready needs Node 22.22 or newer; this is ${process.versions.node}.\nRun it with a newer one:  npx --package=node@24 --package=iamready iamready`,
    );
    process.exitCode = 64;
  }
}

/**
 * Keeps what V8 compiled for the next run, which then takes some 25 ms less: a tenth of a setup without latency. In this
 * person's own cache folder, not in the temporary one that is Node's choice, where another user of the machine could lay
 * code in our way. Where there can be no such folder, nothing is kept. NODE_COMPILE_CACHE names another one,
 * NODE_DISABLE_COMPILE_CACHE=1 turns it off.
 */
function keepCompiledCode({ LOCALAPPDATA, XDG_CACHE_HOME, NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE }) {
  if (NODE_COMPILE_CACHE || NODE_DISABLE_COMPILE_CACHE) return;
  const caches = {
    win32: LOCALAPPDATA || join(homedir(), 'AppData', 'Local'),
    darwin: join(homedir(), 'Library', 'Caches'),
  };
  const cache = caches[process.platform] || XDG_CACHE_HOME || join(homedir(), '.cache');
  if (!isAbsolute(cache)) return;
  const ours = join(cache, 'iamready');
  // One by one: where a file system takes no folders, Node's own way of making all at once can go on for ever.
  for (const folder of [cache, ours])
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if (error.code !== 'EEXIST') return;
    }
  module.enableCompileCache(join(ours, 'compiled'));
}
