import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonLine } from '../faces/json/json-line.ts';
import type { LagProfile, Simulator } from '../simulator/server.ts';
import { SimulatorError, startSimulator } from '../simulator/server.ts';
import type { ExitName } from '../wizard/exit-codes.ts';
import { asPhrase } from './phrase.ts';
import { usage } from './usage.ts';

/** What `iamready simulate` takes on its command line. */
export interface SimulateFlags {
  /** 0 takes a free one. */
  readonly port?: number;
  /** A world file. */
  readonly world?: string;
  /** Milliseconds that every answer takes. */
  readonly latency?: number;
  readonly lag?: LagProfile;
  readonly clockSpeed?: number;
  readonly seed?: number;
  readonly quota?: 'on' | 'off';
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
  'POLICYANALYZER',
  'POLICYTROUBLESHOOTER',
  'RUN',
  'SERVICEUSAGE',
];

/**
 * `iamready simulate`: runs an embedded Google Cloud until the signal. stdout carries one line of JSON, or with
 * `printEnv` the exports that point gcloud at it, whose private files are removed at the end.
 * A port that is taken and a wrong world file are the person's to mend (exit 64).
 */
export async function simulate(flags: SimulateFlags, signal: AbortSignal): Promise<ExitName> {
  const simulator = await start(flags);
  const { endpoint, token, project, principals } = simulator;
  const folder = flags.printEnv ? await mkdtemp(join(tmpdir(), 'iamready-simulator-')) : undefined;
  try {
    if (folder) process.stdout.write(await environment(folder, simulator));
    else
      process.stdout.write(
        jsonLine({ v: 1, type: 'simulator.ready', endpoint, token, project, principals: [...principals] }),
      );
    await aborted(signal);
  } finally {
    await simulator.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  }
  return 'done';
}

async function start(flags: SimulateFlags): Promise<Simulator> {
  try {
    return await startSimulator({
      port: flags.port,
      worldFile: flags.world,
      latencyMs: flags.latency,
      lag: flags.lag,
      clockSpeed: flags.clockSpeed,
      seed: flags.seed,
      quota: flags.quota !== 'off',
    });
  } catch (error) {
    if (error instanceof SimulatorError)
      throw usage(`${error.place}: ${asPhrase(error.message)}`, asPhrase(error.remedy));
    throw error;
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Writes the token file and gcloud's empty configuration into the folder, and gives the exports. */
async function environment(folder: string, { endpoint, token, project }: Simulator): Promise<string> {
  const tokenFile = join(folder, 'access-token');
  await writeFile(tokenFile, token, { mode: 0o600 });
  const variables = {
    ...Object.fromEntries(OVERRIDES.map((api) => [`CLOUDSDK_API_ENDPOINT_OVERRIDES_${api}`, `${endpoint}/`])),
    // It expects the path of the API in it, too.
    CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE: `${endpoint}/storage/v1/`,
    CLOUDSDK_AUTH_ACCESS_TOKEN_FILE: tokenFile,
    CLOUDSDK_CONFIG: await mkdtemp(join(folder, 'gcloud-')),
    CLOUDSDK_CORE_PROJECT: project,
    CLOUDSDK_CORE_DISABLE_PROMPTS: '1',
    // Else gcloud talks to Google all the same.
    CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: 'true',
    CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: 'true',
    IAMREADY_ENDPOINT: endpoint,
    IAMREADY_ACCESS_TOKEN_FILE: tokenFile,
    IAMREADY_PROJECT: project,
  };
  const exports = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`,
  );
  return `# Points gcloud and iamready at the embedded cloud, for as long as this process (${process.pid}) runs.\n${exports.join('')}`;
}
