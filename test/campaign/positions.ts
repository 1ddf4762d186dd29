import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Tests that cut a run off at one place after the other: `npm test` takes each third place. */
const files = ['test/flows/crash-anywhere.test.ts', 'test/flows/rotate-crash.test.ts'];

/** Runs them at every place, and gives whether all passed. They print what they did. */
export async function everyPosition(): Promise<boolean> {
  const root = join(import.meta.dirname, '../..');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--config', 'test/vitest.config.ts', '--mode', 'exhaustive', ...files];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const [code]: unknown[] = await once(child, 'close');
  return code === 0;
}
