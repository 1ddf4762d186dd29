#!/usr/bin/env node
// The Node-version gate, then dist/. Written so that any Node since 14.8 can read it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 22)) {
  const whole = () => import('../dist/cli.js');
  const explained =
    process.argv[2] === 'explain' &&
    (await import('../dist/explain.js')).explained(process.argv.slice(3), whole);
  if (!explained) await whole();
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
