import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';

const Ended = z.object({ id: z.int(), code: z.int() });

const script = join(import.meta.dirname, 'gclouds.py');

/** gcloud, loaded once in each worker and forked for each command. It ends when the worker does. */
class Gclouds {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (code: number) => void; reject: (error: Error) => void }>();
  #started = 0;

  constructor() {
    const env = { ...process.env, CLOUDSDK_PYTHON_ARGS: `-S -W ignore ${script}` };
    const gcloud = spawn('gcloud', [], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process = gcloud;
    createInterface(gcloud.stdout).on('line', (line) => {
      const { id, code } = Ended.parse(JSON.parse(line));
      this.#waiting.get(id)?.resolve(code);
      this.#waiting.delete(id);
    });
    const lost = (why: unknown): void => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`gcloud has ended: ${String(why)}`));
    };
    gcloud.on('error', lost).on('exit', lost);
    gcloud.unref();
  }

  /** Runs a command, and gives its exit code. */
  run(args: readonly string[], env: NodeJS.ProcessEnv, folder: string): Promise<number> {
    const id = this.#started++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.stdin?.write(`${JSON.stringify({ id, args, env, folder })}\n`);
    });
  }
}

let gclouds: Gclouds | undefined;

/** Runs a command of real gcloud, in a process and an environment of its own; `env` is added to that of the tests. */
export async function gcloud(args: readonly string[], env: NodeJS.ProcessEnv) {
  const folder = await mkdtemp(join(tmpdir(), 'iamready-gcloud-ran-'));
  const said = async (name: string) => (await readFile(join(folder, name), 'utf8')).replace(/\n$/, '');
  try {
    const exitCode = await (gclouds ??= new Gclouds()).run(args, { ...process.env, ...env }, folder);
    return { exitCode, stdout: await said('stdout'), stderr: await said('stderr') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
