import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { control, mayControl } from './control.ts';
import { ApiError, Refusal, invalidArgument } from './errors.ts';
import { strike } from './fault-strike.ts';
import type { Faults } from './faults.ts';
import type { Machinery, Outgoing } from './pipeline.ts';
import { answer } from './pipeline.ts';
import { describePrincipal } from './principals.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';
import { shownJson } from './shown-json.ts';

/** What an HTTP exchange needs beyond what answering does. */
export interface Exchange extends Machinery {
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly latencyMs: number;
}

const MOST_BYTES = 10 * 1024 * 1024;
const unzip = promisify(gunzip);

/** Reads the request, answers it, and never throws: what goes wrong in here becomes a 500. */
export async function respond(
  exchange: Exchange,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await dispatch(exchange, request, response);
  } catch (error) {
    // The client hung up: nobody is left to tell.
    if (response.destroyed || response.headersSent) return;
    if (!(error instanceof Refusal)) console.error('The simulator failed; this is a bug of ours:', error);
    const refusal =
      error instanceof Refusal ? error : new ApiError('INTERNAL', 'Internal error encountered.');
    send(exchange, response, { status: refusal.httpStatus, headers: refusal.headers, body: refusal.body });
  }
}

async function dispatch(
  exchange: Exchange,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = `http://127.0.0.1${request.url ?? '/'}`;
  if (!URL.canParse(target)) throw invalidArgument('Request contains an invalid argument.');
  const url = new URL(target);
  const override = request.headers['x-http-method-override'];
  const method = (typeof override === 'string' ? override : (request.method ?? 'GET')).toUpperCase();
  const path = url.pathname;
  if (path.startsWith('/_/')) {
    const text = await readText(request);
    const { status, body } = mayControl(request.headers)
      ? await control(exchange, method, path, text, {
          bearer: bearerOf(request),
          query: url.searchParams,
          origin: originOf(request),
        })
      : { status: 403, body: { error: { message: 'The control API answers local programs only.' } } };
    send(exchange, response, { status, headers: {}, body });
    return;
  }
  const entry = exchange.log.add(method, path, exchange.world.clock.now());
  // Counted from the arrival, so that the time to work an answer out is part of it, as it is of Google's.
  const due = exchange.latencyMs > 0 ? wait(exchange.latencyMs, undefined, { ref: false }) : undefined;
  try {
    const fault = exchange.faults.strike(method, path);
    const text = await readText(request);
    const sent = (outgoing: Outgoing): void => {
      // Noted before it is sent, so that a client that has its answer finds it in the log.
      entry.status = outgoing.status;
      send(exchange, response, outgoing);
    };
    if (fault?.when === 'before') await due;
    if (fault?.when === 'before' && (await strike(fault.then, { response, entry, sent }))) return;
    const outgoing = await handle(exchange, { request, url, method, text, entry });
    await due;
    if (fault?.when === 'after' && (await strike(fault.then, { response, entry, sent, outgoing }))) return;
    sent(outgoing);
  } catch (error) {
    entry.status = error instanceof Refusal ? error.httpStatus : 500;
    throw error;
  }
}

async function handle(
  exchange: Exchange,
  from: { request: IncomingMessage; url: URL; method: string; text: string; entry: LoggedRequest },
): Promise<Outgoing> {
  const { request, url, method, text, entry } = from;
  const quotaProject = request.headers['x-goog-user-project'];
  const incoming = {
    method,
    path: url.pathname,
    query: url.searchParams,
    bearer: bearerOf(request) ?? url.searchParams.get('access_token') ?? undefined,
    quotaProject: typeof quotaProject === 'string' && quotaProject !== '' ? quotaProject : undefined,
    contentType: request.headers['content-type'] ?? '',
    text,
    origin: originOf(request),
  };
  return answer(exchange, incoming, (principal) => {
    entry.principal = describePrincipal(principal);
  });
}

const bearerOf = ({ headers }: IncomingMessage): string | undefined =>
  /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1];
const originOf = ({ headers }: IncomingMessage): string => `http://${headers.host ?? '127.0.0.1'}`;

/** The whole body as text, unpacked if it was gzipped. */
async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: unknown = chunk;
    if (!Buffer.isBuffer(bytes)) continue;
    size += bytes.length;
    if (size > MOST_BYTES) throw invalidArgument('Request payload size exceeds the limit: 10485760 bytes.');
    chunks.push(bytes);
  }
  const whole = Buffer.concat(chunks);
  const packed = request.headers['content-encoding'] === 'gzip' && whole.length > 0;
  if (!packed) return whole.toString('utf8');
  const unpacked = await unzip(whole, { maxOutputLength: MOST_BYTES }).catch(() => undefined);
  if (!unpacked) throw invalidArgument('Request contains an invalid argument.');
  return unpacked.toString('utf8');
}

/** Sends JSON under the headers that Google's front end sends (recorded), dated by the simulator's clock. */
function send(exchange: Exchange, response: ServerResponse, { status, headers, body }: Outgoing): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=UTF-8',
    Vary: 'Origin, X-Origin, Referer',
    'Cache-Control': 'private',
    Server: 'ESF',
    Date: new Date(exchange.world.clock.now()).toUTCString(),
    ...headers,
  });
  response.end(shownJson(body));
}
