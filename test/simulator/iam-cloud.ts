import { createSign } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { SimulatorOptions } from '../../src/simulator/server.ts';
import { parseWorld, startSimulator } from '../../src/simulator/server.ts';
import { keyPairs } from './key-pairs.ts';

export const DAY = 24 * 3600 * 1000;

type Json = Record<string, unknown>;

/** A small world: one organization with one project, an owner of both and a stranger. */
const world = (constraint: string | undefined) => `
v: 1
operator: owner@example.com
project: sample
users:
  - { email: owner@example.com, token: token-of-the-owner }
  - { email: stranger@example.com, token: token-of-the-stranger }
organizations:
  - id: 1234567890
    domain: example.org
    policy:
      bindings:
        - { role: roles/owner, members: [user:owner@example.com] }
        - { role: roles/iam.organizationRoleAdmin, members: [user:owner@example.com] }
projects:
  - id: sample
    number: 123456789012
    parent: organizations/1234567890
    services: [iam.googleapis.com, cloudresourcemanager.googleapis.com, iamcredentials.googleapis.com]
    orgPolicies: ${constraint ? `[{ constraint: ${constraint}, enforced: true }]` : '[]'}
    policy:
      bindings:
        - { role: roles/owner, members: [user:owner@example.com] }
`;

/** Calls the simulator over HTTP with one bearer. Paths begin after `/v1/`. */
function caller(endpoint: string, token: string) {
  async function ask(method: string, path: string, body?: object): Promise<{ status: number; body: Json }> {
    const response = await fetch(`${endpoint}/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Json };
  }
  async function expectOk(method: string, path: string, body?: object): Promise<Json> {
    const answer = await ask(method, path, body);
    if (answer.status === 200) return answer.body;
    throw new Error(`${method} ${path} was answered with ${JSON.stringify(answer.body)}`);
  }
  return {
    ask,
    get: (path: string) => expectOk('GET', path),
    post: (path: string, body: object | undefined) => expectOk('POST', path, body),
    patch: (path: string, body: object) => expectOk('PATCH', path, body),
    put: (path: string, body: object) => expectOk('PUT', path, body),
    delete: (path: string) => expectOk('DELETE', path),
    /** The body of a call that must be refused. */
    refused: async (method: string, path: string, body?: object): Promise<Json> => {
      const answer = await ask(method, path, body);
      if (answer.status >= 400) return answer.body;
      throw new Error(`${method} ${path} was not refused`);
    },
  };
}
export type Caller = ReturnType<typeof caller>;

/** Starts a simulator for one test, whose clock stands still until it is advanced. */
export async function cloud(options: SimulatorOptions & { constraint?: string } = {}) {
  const { constraint, ...rest } = options;
  const simulator = await startSimulator({
    clockSpeed: 0,
    quota: false,
    keyPairs: keyPairs(),
    world: parseWorld(world(constraint), 'iam-cloud.ts'),
    ...rest,
  });
  onTestFinished(() => simulator.close());
  const { endpoint } = simulator;
  const owner = caller(endpoint, 'token-of-the-owner');
  return {
    endpoint,
    owner,
    stranger: caller(endpoint, 'token-of-the-stranger'),
    /** Moves the simulator's clock. */
    advance: async (milliseconds: number): Promise<void> => {
      const response = await fetch(`${endpoint}/_/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advance: milliseconds / 1000 }),
      });
      if (!response.ok) throw new Error(`The clock was not moved: ${await response.text()}`);
    },
    /** A caller that is a service account: makes a key of it and exchanges a signed assertion for a token. */
    as: async (email: string): Promise<Caller> => {
      const key = await owner.post(`projects/-/serviceAccounts/${email}/keys`, {});
      const file = JSON.parse(Buffer.from(String(key.privateKeyData), 'base64').toString()) as Record<
        string,
        string
      >;
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: email,
        scope: 'https://www.googleapis.com/auth/cloud-platform',
        aud: file.token_uri,
        iat: now,
        exp: now + 3600,
      };
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const body = `${part({ alg: 'RS256', typ: 'JWT', kid: file.private_key_id })}.${part(claims)}`;
      const signature = createSign('RSA-SHA256').update(body).sign(String(file.private_key), 'base64url');
      const response = await fetch(String(file.token_uri), {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
          assertion: `${body}.${signature}`,
        }),
      });
      const { access_token: token } = (await response.json()) as Record<string, string>;
      if (!token) throw new Error('No token was issued.');
      return caller(endpoint, token);
    },
  };
}

/** Creates an account in the sample project and gives its e-mail. */
export async function account(owner: Caller, accountId: string): Promise<string> {
  return String((await owner.post('projects/sample/serviceAccounts', { accountId })).email);
}

/** `OK` or the status word of the refusal. */
export async function statusOf(who: Caller, method: string, path: string, body?: object): Promise<string> {
  const answer = await who.ask(method, path, body);
  return answer.status === 200 ? 'OK' : String((answer.body.error as Json).status);
}

/** The message of the refusal, or `OK`. */
export async function errorOf(who: Caller, method: string, path: string, body?: object): Promise<string> {
  const answer = await who.ask(method, path, body);
  return answer.status === 200 ? 'OK' : String((answer.body.error as Json).message);
}

/** The names in a list of an answer. */
export function names(body: Json, field: string): unknown[] {
  return ((body[field] ?? []) as Json[]).map((item) => item.name);
}
