import { createAccessMemo } from './authorise.ts';
import { checkActivation, checkQuotaProject, consumerOf } from './consumer.ts';
import type { Call } from './call.ts';
import type { Conditions } from './conditions.ts';
import { ApiError, Refusal } from './errors.ts';
import { selectFields } from './field-mask.ts';
import { finishOperations } from './operations.ts';
import type { Principal } from './principals.ts';
import type { Quotas } from './quotas.ts';
import type { Match, Route } from './router.ts';
import { authenticate, endOfToken } from './tokens.ts';
import type { World } from './world.ts';

/** An HTTP request, read whole. */
export interface Incoming {
  readonly method: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly bearer: string | undefined;
  readonly quotaProject: string | undefined;
  readonly contentType: string;
  readonly text: string;
  readonly origin: string;
}

export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** What one simulator's requests run through. */
export interface Machinery {
  readonly world: World;
  readonly conditions: Conditions;
  readonly quotas: Quotas;
  readonly find: (method: string, path: string) => Match | undefined;
}

/**
 * Answers one request: route, credentials, quota project, activation, quota, handler, field mask.
 * @param recognised is told who calls, as soon as that is known.
 */
export async function answer(
  machinery: Machinery,
  incoming: Incoming,
  recognised: (principal: Principal) => void,
): Promise<Outgoing> {
  try {
    const { world } = machinery;
    finishOperations(world);
    const match = machinery.find(incoming.method, incoming.path);
    // Google answers unknown paths with an HTML page; JSON is easier on whoever mistyped one.
    if (!match)
      throw new ApiError('NOT_FOUND', `The requested URL ${incoming.path} was not found on this server.`);
    const { route, params } = match;
    const principal: Principal =
      route.credentials === 'none'
        ? { kind: 'anonymous' }
        : authenticate(world, incoming.bearer, route.service.name, incoming.origin);
    recognised(principal);
    const call: Call = {
      world,
      conditions: machinery.conditions,
      principal,
      tokenEndsAt: endOfToken(world, incoming.bearer),
      consumer: consumerOf(world, principal, match, incoming.quotaProject),
      method: incoming.method,
      path: incoming.path,
      params,
      query: incoming.query,
      body: parseBody(incoming),
      origin: incoming.origin,
      seen: new Map(),
      access: createAccessMemo(world, principal),
    };
    if (route.credentials !== 'none') {
      checkQuotaProject(call, incoming.quotaProject);
      checkActivation(call, route.service, incoming.quotaProject);
    }
    const charge = chargeOf(route);
    if (charge !== 'none' && call.consumer) machinery.quotas.charge(route.service, charge, call.consumer);
    const body = await route.handle(call);
    return { status: 200, headers: {}, body: selectFields(body, incoming.query.get('fields')) };
  } catch (error) {
    if (error instanceof Refusal)
      return { status: error.httpStatus, headers: error.headers, body: error.body };
    throw error;
  }
}

function chargeOf({ charge, method, pattern }: Route): 'read' | 'write' | 'none' {
  if (charge) return charge;
  return method === 'GET' || /:(?:get|test|search|query)[A-Za-z]*$/.test(pattern) ? 'read' : 'write';
}

/** The body as a value: form fields by name, JSON parsed, nothing as `{}`. */
function parseBody({ text, contentType }: Incoming): unknown {
  // curl -d calls JSON a form, too.
  if (contentType.startsWith('application/x-www-form-urlencoded') && !text.startsWith('{'))
    return Object.fromEntries(new URLSearchParams(text));
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    // In proto3 JSON null is the same as leaving the field out, and gcloud sends it.
    value = JSON.parse(text, (_, field: unknown) => field ?? undefined);
  } catch {
    throw new ApiError('INVALID_ARGUMENT', 'Invalid JSON payload received. Expected a value.\n'); // [U] the rest.
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  throw new ApiError('INVALID_ARGUMENT', 'Invalid JSON payload received. Root element must be a message.');
}
