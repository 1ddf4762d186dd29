import { readFile } from 'node:fs/promises';
import { expect, vi } from 'vitest';
import * as z from 'zod';
import { startSimulator, type SimulatorOptions } from '../../src/simulator/server.ts';
import { keyPairs } from '../simulator/key-pairs.ts';
import { argsOf, openHome, type Flags } from './iamready.ts';

const Requests = z.object({
  requests: z.array(
    z.object({ method: z.string(), path: z.string(), principal: z.string(), status: z.number() }),
  ),
});
/** What the control API tells of the whole world, as far as it is looked at. */
export const World = z.looseObject({
  keys: z.array(z.object({ id: z.string(), account: z.string(), type: z.string(), disabled: z.boolean() })),
  roles: z.array(z.looseObject({ name: z.string() })),
  serviceAccounts: z.array(z.looseObject({ email: z.string() })),
  policies: z.record(
    z.string(),
    z.looseObject({ bindings: z.array(z.looseObject({ role: z.string(), members: z.array(z.string()) })) }),
  ),
});
/** POSTs that change nothing; whatever is not here and is no GET is a write. */
const reading =
  /(?::getIamPolicy|:getAncestry|:testIamPermissions|:query[A-Za-z]+|:search|\/token|\/tokeninfo)$/;

/** An embedded cloud of its own, and what its control API tells. */
export async function openCloud(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ keyPairs: keyPairs(), ...options });
  const { endpoint, token, project } = simulator;
  const ask = async (path: string, method = 'GET', body?: object): Promise<unknown> => {
    const response = await fetch(`${endpoint}/_/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    expect(response.status).toBe(200);
    return response.json();
  };
  const requests = async () => Requests.parse(await ask('requests')).requests;
  return {
    endpoint,
    token,
    project,
    ask,
    requests,
    writes: async () =>
      (await requests()).filter(({ method, path }) => method !== 'GET' && !reading.test(path)),
    /** Waits until it has been asked this, answered or not. */
    asked: (asked: string, place: RegExp) =>
      vi.waitFor(
        async () => {
          const all = await requests();
          expect(all.some(({ method, path }) => method === asked && place.test(path))).toBe(true);
        },
        { timeout: 20_000, interval: 20 },
      ),
    fault: (rule: object) => ask('faults', 'POST', rule),
    mend: () => ask('faults', 'DELETE'),
    forget: () => ask('requests', 'DELETE'),
    world: async () => World.parse(await ask('world')),
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

export type OpenCloud = Awaited<ReturnType<typeof openCloud>>;

/** A home with the operator's token of a cloud in it, and the arguments of runs there. */
export async function prepare(cloud: OpenCloud) {
  const home = await openHome();
  const keyFile = home.path('keys', 'remotion-sa.json');
  const good: Flags = {
    profile: 'remotion-cloudrun',
    project: cloud.project,
    endpoint: cloud.endpoint,
    'access-token-file': await home.write('access-token', cloud.token),
    'key-file': keyFile,
    'state-dir': home.path('state'),
  };
  return {
    home,
    cloud,
    keyFile,
    /** A setup that would go through, but for these flags. */
    setup: (flags: Flags = {}) => argsOf('setup', { ...good, yes: true, ...flags }),
    check: (flags: Flags = {}) => argsOf('check', { ...good, ...flags }),
    heldKey: () => readFile(keyFile, 'utf8'),
    [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
  };
}

export type Prepared = Awaited<ReturnType<typeof prepare>>;

/** The same with a cloud of its own. */
export async function prepareBoth(options?: SimulatorOptions) {
  const cloud = await openCloud(options);
  const prepared = await prepare(cloud);
  return {
    ...prepared,
    async [Symbol.asyncDispose]() {
      await prepared[Symbol.asyncDispose]();
      await cloud[Symbol.asyncDispose]();
    },
  };
}
