import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for everything that a bench run writes; the caller removes it. */
export const folder = mkdtempSync(join(tmpdir(), 'iamready-bench-'));

const root = join(import.meta.dirname, '..', '..');
const packed = join(folder, 'package');
// All rounds are to run the same program, also where somebody builds another one meanwhile.
for (const part of ['package.json', 'bin', 'dist', 'catalog'])
  cpSync(join(root, part), join(packed, part), { recursive: true });

/** The built program, in a copy of its own, as npm links it. */
export const iamready = join(packed, 'bin', 'iamready.js');

/** Its bundled code. */
export const dist = join(packed, 'dist');

/** The environment of every process: nothing of the person's settings, which could slow one side down. */
export const plainEnv: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  HOME: folder,
  LANG: 'C.UTF-8',
  ...(process.env.CLOUDSDK_PYTHON ? { CLOUDSDK_PYTHON: process.env.CLOUDSDK_PYTHON } : {}),
};

/** How one process ended. */
export interface Ending {
  /** From just before it is started until it is gone and its output is read. */
  ms: number;
  stdout: string;
}

export interface ProgramOptions {
  env?: Readonly<Record<string, string>>;
  /** Exit code that is right; 0 when absent. */
  exit?: number;
  /** Told the process ID as soon as there is one. */
  started?: (pid: number) => void;
}

/** Runs a program to its end. @throws Error with what it said, when it ends otherwise than it should. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<Ending> {
  const { env = plainEnv, exit = 0 } = options;
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(file, args, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    if (child.pid !== undefined) options.started?.(child.pid);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      const ms = performance.now() - began;
      if (code === exit) resolve({ ms, stdout });
      else
        reject(new Error(`${file} ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${stdout}${stderr}`));
    });
  });
}

/** Runs iamready, under the Node that runs this. */
export function runIamready(args: readonly string[], options?: ProgramOptions): Promise<Ending> {
  return runProgram(process.execPath, [iamready, ...args], options);
}
