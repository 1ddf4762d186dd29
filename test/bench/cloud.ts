import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { folder, iamready, plainEnv } from './program.ts';

const Ready = z.object({ endpoint: z.string(), token: z.string() });
const Requests = z.object({
  requests: z.array(
    z.object({
      method: z.string(),
      path: z.string(),
      principal: z.string(),
      status: z.number(),
      at: z.string().transform((time) => Date.parse(time)),
    }),
  ),
});

/** A request that the simulator answered; `at` is its arrival, in ms. */
export type SeenRequest = z.infer<typeof Requests>['requests'][number];

/** A simulator in a process of its own, full of projects that nobody has touched. */
export interface BenchCloud {
  endpoint: string;
  token: string;
  /** Holds the operator's token. */
  tokenFile: string;
  pid: number;
  latencyMs: number;
  /** The ID of a project that was not given out yet. @throws Error when there is none left. */
  freshProject(): string;
  /** All requests to its APIs since it was last asked to forget them. */
  requests(): Promise<SeenRequest[]>;
  forget(): Promise<void>;
  close(): Promise<void>;
}

const operator = 'ada@acme.com';

/** The world file: projects alike, each with the operator as its owner and, as new ones are, without the IAM API. */
function worldOf(projects: number): object {
  const policy = { bindings: [{ role: 'roles/owner', members: [`user:${operator}`] }] };
  return {
    v: 1,
    operator,
    project: 'bench-seed',
    projects: [{ id: 'bench-seed', number: '100000000001', policy }],
    users: [{ email: operator, token: 'ya29.simulated-ada-the-operator' }],
    generate: { projects, prefix: 'bench', policy },
  };
}

/** Starts `iamready simulate` on a world of so many projects. Every answer takes `latencyMs`. */
export async function startCloud(latencyMs: number, projects: number): Promise<BenchCloud> {
  const world = join(folder, `world-${projects}.yaml`);
  await writeFile(world, JSON.stringify(worldOf(projects))); // JSON is YAML.
  const args = [iamready, 'simulate', `--world=${world}`, `--latency=${latencyMs}`, '--quota=off'];
  const child = spawn(process.execPath, args, { env: plainEnv, stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const { endpoint, token } = Ready.parse(JSON.parse(await firstLine(child.stdout)));
  const tokenFile = join(folder, `token-${new URL(endpoint).port}`);
  await writeFile(tokenFile, token, { mode: 0o600 });
  let given = 0;
  return {
    endpoint,
    token,
    tokenFile,
    pid: child.pid ?? 0,
    latencyMs,
    freshProject() {
      if (given === projects) throw new Error('the world has no untouched project left');
      return `bench-${String(++given).padStart(4, '0')}`;
    },
    requests: async () => Requests.parse(await (await fetch(`${endpoint}/_/requests`)).json()).requests,
    async forget() {
      await fetch(`${endpoint}/_/requests`, { method: 'DELETE' });
    },
    async close() {
      child.kill();
      await gone;
    },
  };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(stream)) return line;
  throw new Error('the simulator ended before it was ready');
}
