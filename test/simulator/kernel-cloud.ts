import { createSign, generateKeyPairSync } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Simulator, SimulatorOptions } from '../../src/simulator/server.ts';
import { parseWorld, startSimulator } from '../../src/simulator/server.ts';
import { keyPairs } from './key-pairs.ts';

export type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** A bearer of the default world by the person's first name. */
export const people = {
  ada: 'ya29.simulated-ada-the-operator',
  vera: 'ya29.simulated-vera-the-viewer',
  sam: 'ya29.simulated-sam-the-stranger',
  liam: 'ya29.simulated-liam-of-platform',
  olivia: 'ya29.simulated-olivia-of-the-org',
} as const;

/** A simulator for one test, with ways to call it. Its clock stands still unless the options say otherwise. */
export interface TestCloud extends Simulator {
  ask(token: string | undefined, method: string, path: string, body?: Json, headers?: Json): Promise<Answer>;
  /** Asks as the operator and throws unless the answer is 200. */
  get(path: string): Promise<Json>;
  post(path: string, body?: Json): Promise<Json>;
  /** Moves the simulator's clock. */
  advance(seconds: number): Promise<void>;
  /** POST /token with an assertion. */
  exchange(assertion: string): Promise<Answer>;
}

/** Starts a simulator, with a world given as YAML if any, and closes it when the test ends. */
export async function startCloud({
  yaml,
  ...options
}: SimulatorOptions & { yaml?: string } = {}): Promise<TestCloud> {
  const world = yaml === undefined ? undefined : parseWorld(yaml, 'test.yaml');
  const simulator = await startSimulator({ clockSpeed: 0, world, keyPairs: keyPairs(), ...options });
  onTestFinished(() => simulator.close());
  const { endpoint, token } = simulator;

  const ask: TestCloud['ask'] = async (bearer, method, path, body, headers = {}) => {
    const response = await fetch(`${endpoint}${path}`, {
      method,
      headers: {
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: z.record(z.string(), z.unknown()).parse(await response.json()),
    };
  };
  const ok = async (method: string, path: string, body?: Json): Promise<Json> => {
    const answer = await ask(token, method, path, body);
    if (answer.status === 200) return answer.body;
    throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
  };
  return {
    ...simulator,
    ask,
    get: (path) => ok('GET', path),
    post: (path, body = {}) => ok('POST', path, body),
    advance: async (seconds) => {
      await ok('POST', '/_/clock', { advance: seconds });
    },
    exchange: async (assertion) => {
      const response = await fetch(`${endpoint}/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
      });
      const body = z.record(z.string(), z.unknown()).parse(await response.json());
      return { status: response.status, headers: response.headers, body };
    },
  };
}

/** The `error` of a refusal, checked to be in Google's envelope. */
export function errorOf({ body, status }: Answer): {
  status: string;
  message: string;
  reasons: string[];
  details: Json[];
} {
  const { error } = z
    .object({
      error: z.object({
        code: z.literal(status),
        message: z.string(),
        status: z.string(),
        details: z.array(z.record(z.string(), z.unknown())).default([]),
      }),
    })
    .parse(body);
  const reasons = error.details.map(({ reason }) => reason).filter((reason) => typeof reason === 'string');
  return { ...error, reasons };
}

const Policy = z.object({
  version: z.number().optional(),
  etag: z.string(),
  bindings: z
    .array(
      z.looseObject({
        role: z.string(),
        members: z.array(z.string()),
        condition: z.looseObject({ title: z.string() }).optional(),
      }),
    )
    .default([]),
  auditConfigs: z.array(z.looseObject({ service: z.string() })).optional(),
});

/** The policy of a resource as the operator reads it, at version 3. */
export async function readPolicy(cloud: TestCloud, resource: string): Promise<z.infer<typeof Policy>> {
  return Policy.parse(
    await cloud.post(`/v1/${resource}:getIamPolicy`, { options: { requestedPolicyVersion: 3 } }),
  );
}

/** Adds one binding by read-modify-write, as the operator. */
export async function bind(cloud: TestCloud, resource: string, binding: Json): Promise<void> {
  const policy = await readPolicy(cloud, resource);
  await cloud.post(`/v1/${resource}:setIamPolicy`, {
    policy: { ...policy, version: 3, bindings: [...policy.bindings, binding] },
  });
}

/** Which of the permissions the bearer holds on a project. */
export async function held(
  cloud: TestCloud,
  token: string,
  project: string,
  ...permissions: string[]
): Promise<string[]> {
  const { body } = await cloud.ask(token, 'POST', `/v1/projects/${project}:testIamPermissions`, {
    permissions,
  });
  return z.object({ permissions: z.array(z.string()).default([]) }).parse(body).permissions;
}

/** An RSA pair: the public half as PEM for a world file, and a signer of JWTs. */
export function makePair(): {
  publicKey: string;
  sign: (claims: Json, kid?: string) => string;
} {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign(claims, kid) {
      const header = { alg: 'RS256', typ: 'JWT', ...(kid && { kid }) };
      const signed = [header, claims]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`;
    },
  };
}
