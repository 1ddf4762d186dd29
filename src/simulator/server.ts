import type { AddressInfo } from 'node:net';
import { routes } from './apis.ts';
import { loadCatalog } from './catalog.ts';
import { createClock } from './clock.ts';
import { createConditions } from './conditions.ts';
import { createFaults } from './faults.ts';
import { respond } from './http.ts';
import { takeKeyPairsFrom } from './iam/key-pool.ts';
import { createQuotas } from './quotas.ts';
import type { LagProfile } from './replicas.ts';
import { createRequestLog } from './request-log.ts';
import { DEFAULT_SERVICES } from './resource-manager/default-services.ts';
import { createRouter } from './router.ts';
import type { RsaPair } from './rsa.ts';
import { SimulatorError } from './simulator-error.ts';
import { buildWorld } from './world-build.ts';
import { defaultWorldFile, readWorldFile } from './world-file.ts';
import type { WorldFile } from './world-schema.ts';

// Imported, it would be read whole, `WebSocket` included, and that loads Node's fetch, which takes 40 ms.
const { createServer } = process.getBuiltinModule('node:http');

export { SimulatorError } from './simulator-error.ts';
export { parseWorld, readWorldFile } from './world-file.ts';
export type { LagProfile } from './replicas.ts';
export type { WorldFile } from './world-schema.ts';

export interface SimulatorOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number | undefined;
  /** A world that was read already (readWorldFile, parseWorld). */
  readonly world?: WorldFile | undefined;
  /** A world file; without one and without `world`, the world that ships with the package. */
  readonly worldFile?: string | undefined;
  /** Real milliseconds that every answer is late. */
  readonly latencyMs?: number | undefined;
  /** How late replicas are; `none` by default. */
  readonly lag?: LagProfile | undefined;
  /** How many times as fast as the machine's the simulator's clock runs; 0 stands still until moved. */
  readonly clockSpeed?: number | undefined;
  /** Decides all that looks like chance; 1 by default. */
  readonly seed?: number | undefined;
  /** Whether quotas are enforced; they are by default. */
  readonly quota?: boolean | undefined;
  /** Where the RSA pairs (2,048 bits) of new keys come from: for many worlds, since one takes 100 ms. Never one twice. */
  readonly keyPairs?: (() => Promise<RsaPair>) | undefined;
}

/** A running simulator. */
export interface Simulator {
  /** e.g. http://127.0.0.1:8080, without a slash at the end. */
  readonly endpoint: string;
  /** The operator's bearer token. */
  readonly token: string;
  /** The ID of an untouched project. */
  readonly project: string;
  /** Every user of the world, the operator first, with the bearer token that is theirs. */
  readonly principals: readonly { readonly email: string; readonly token: string }[];
  /** Stops listening and cuts all connections. */
  close(): Promise<void>;
}

/**
 * Starts an embedded Google Cloud on 127.0.0.1. Any number can run in one process.
 * Throws SimulatorError when the port is taken or the world file is wrong.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const [catalog, file] = await Promise.all([
    loadCatalog(),
    options.world ?? readWorldFile(options.worldFile ?? defaultWorldFile()),
  ]);
  const seed = options.seed ?? 1;
  const clock = createClock(options.clockSpeed ?? 1);
  const world = buildWorld(file, { catalog, clock, seed, lag: options.lag ?? 'none' });
  if (options.keyPairs) takeKeyPairsFrom(world, options.keyPairs);
  for (const { service } of routes)
    if (service.listed !== false) world.serviceTitles.set(service.name, service.title);
  for (const [service, title] of DEFAULT_SERVICES)
    if (!world.serviceTitles.has(service)) world.serviceTitles.set(service, title);
  const machinery = {
    world,
    conditions: createConditions(),
    quotas: createQuotas(world, options.quota ?? true),
    find: createRouter(routes),
    log: createRequestLog(),
    faults: createFaults(seed),
    latencyMs: options.latencyMs ?? 0,
  };
  const server = createServer((request, response) => void respond(machinery, request, response));
  // Longer than clients keep idle connections, so that none is cut just as it is used again.
  server.keepAliveTimeout = 120_000;
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(options.port ?? 0, cause)));
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The server has no port.'));
      else resolve(address.port);
    });
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    token: world.users.get(world.operator)?.token ?? '',
    project: world.project,
    principals: [...world.users.values()]
      .map(({ email, token }) => ({ email, token }))
      .sort((a, b) => Number(b.email === world.operator) - Number(a.email === world.operator)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function cannotListen(port: number, cause: NodeJS.ErrnoException): SimulatorError {
  const taken = cause.code === 'EADDRINUSE';
  return new SimulatorError(
    taken ? `Port ${port} is taken.` : `Port ${port} cannot be used: ${cause.code ?? ''}.`,
    {
      place: `127.0.0.1:${port}`,
      value: String(port),
      remedy: taken
        ? 'Stop what listens there, or choose another port; 0 takes a free one.'
        : 'Choose another port; 0 takes a free one.',
      cause,
    },
  );
}
