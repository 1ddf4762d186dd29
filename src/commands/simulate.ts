import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulatorOptions } from '../simulator/server.ts';
import { startSimulator } from '../simulator/server.ts';

export interface SimulateOptions extends SimulatorOptions {
  /** Print exports for a shell in place of the line of JSON. */
  readonly printEnv?: boolean;
}

/** The gcloud properties `api_endpoint_overrides/…` of the APIs that the simulator answers, or refuses by itself. */
const OVERRIDES = [
  'CLOUDASSET',
  'CLOUDBILLING',
  'CLOUDRESOURCEMANAGER',
  'IAM',
  'IAMCREDENTIALS',
  'ORGPOLICY',
  'POLICYTROUBLESHOOTER',
  'RUN',
  'SERVICEUSAGE',
  'STORAGE',
];

/**
 * Runs an embedded Google Cloud until SIGINT or SIGTERM. stdout carries one line of JSON, or with `printEnv` the
 * exports that point gcloud at it, whose private files are removed at the end.
 * Throws SimulatorError when the port is taken or the world file is wrong.
 */
export async function simulate(options: SimulateOptions = {}): Promise<void> {
  const simulator = await startSimulator(options);
  const { endpoint, token, project } = simulator;
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const folder = options.printEnv ? await mkdtemp(join(tmpdir(), 'iamready-simulator-')) : undefined;
  try {
    if (folder) process.stdout.write(await environment(folder, simulator));
    else
      process.stdout.write(
        `${JSON.stringify({ v: 1, type: 'simulator.ready', endpoint, token, project })}\n`,
      );
    await stopped;
  } finally {
    await simulator.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the token file and gcloud's empty configuration into the folder, and gives the exports. */
async function environment(
  folder: string,
  { endpoint, token, project }: { endpoint: string; token: string; project: string },
): Promise<string> {
  const tokenFile = join(folder, 'access-token');
  await writeFile(tokenFile, token, { mode: 0o600 });
  const variables = {
    ...Object.fromEntries(OVERRIDES.map((api) => [`CLOUDSDK_API_ENDPOINT_OVERRIDES_${api}`, `${endpoint}/`])),
    CLOUDSDK_AUTH_ACCESS_TOKEN_FILE: tokenFile,
    CLOUDSDK_CONFIG: await mkdtemp(join(folder, 'gcloud-')),
    CLOUDSDK_CORE_PROJECT: project,
    CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
    IAMREADY_ENDPOINT: endpoint,
    IAMREADY_ACCESS_TOKEN_FILE: tokenFile,
    IAMREADY_PROJECT: project,
  };
  const exports = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`,
  );
  return `# Points gcloud and iamready at the embedded cloud, for as long as this process (${process.pid}) runs.\n${exports.join('')}`;
}
