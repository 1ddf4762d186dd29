import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import zlib from 'node:zlib';
import manifest from '../../package.json' with { type: 'json' };

// Imported, it would be read whole, `WebSocket` included, and that loads Node's fetch: 40 ms before anything is sent.
const http = process.getBuiltinModule('node:http');

/** A whole answer, as it arrived. Header names are in lower case. */
export interface Answer {
  host: string;
  /** Host and port of the proxy that it came through. */
  proxy?: string;
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  text: string;
}

/** The request cannot be sent, or its answer cannot be read whole; `code` is Node's (ECONNREFUSED, ECONNRESET, …). */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly code: string;
  readonly host: string;
  readonly proxy: string | undefined;
  constructor(code: string, host: string, proxy: string | undefined) {
    super(code);
    this.code = code;
    this.host = host;
    this.proxy = proxy;
  }
}

/** Most bytes of an answer that are read; Google's longest (a page of 1,000 permissions) is under 1 MB. */
const LONGEST_ANSWER = 16 * 1024 * 1024;

/** What `gaxios` hands to its `fetchImplementation`, as far as it is used here. `agent` is its proxy agent. */
interface Init {
  method?: string;
  headers?: RequestInit['headers'];
  body?: unknown;
  agent?: unknown;
  signal?: AbortSignal | null;
}

/**
 * Sends one HTTP request and reads the whole answer, with `node:http` alone: loading the fetch that gaxios would use costs
 * about 15 ms more before the first byte, and hides the error codes. Redirects are not followed: Google's APIs send none,
 * and a token must not travel to where a stranger points.
 * @param onSent told when all of the request was handed to the network
 * @throws {ExchangeError}
 */
export function exchange(url: URL, init: Init, onSent: () => void = () => undefined): Promise<Answer> {
  const headers = Object.fromEntries(new Headers(init.headers));
  headers['user-agent'] = `iamready/${manifest.version}`;
  if (init.body instanceof URLSearchParams)
    headers['content-type'] ??= 'application/x-www-form-urlencoded;charset=UTF-8';
  const proxy = proxyOf(init.agent);
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(new ExchangeError(codeOf(error), url.host, proxy));
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: init.method ?? 'GET',
      headers,
      ...(init.agent instanceof http.Agent ? { agent: init.agent } : {}),
      ...(init.signal ? { signal: init.signal } : {}),
    });
    request.on('error', fail);
    request.on('finish', onSent);
    // A request that still waits for a proxy's connection has no socket to destroy, and would not hear of the signal.
    init.signal?.addEventListener('abort', () => reject(new ExchangeError('ABORT_ERR', url.host, proxy)));
    request.on('response', (response) => {
      readBody(response).then(
        (text) =>
          resolve({
            host: url.host,
            ...(proxy === undefined ? {} : { proxy }),
            status: response.statusCode ?? 0,
            headers: singleHeaders(response),
            text,
          }),
        fail,
      );
    });
    request.end(typeof init.body === 'string' ? init.body : bodyText(init.body));
  });
}

/** Never the proxy's whole URL: it may hold a password. */
function proxyOf(agent: unknown): string | undefined {
  if (!(agent instanceof http.Agent) || !('proxy' in agent)) return undefined;
  return agent.proxy instanceof URL ? agent.proxy.host : undefined;
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) throw Object.assign(new Error('too long'), { code: 'ANSWER_TOO_LONG' });
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (response.headers['content-encoding'] !== 'gzip' || bytes.length === 0) return bytes.toString('utf8');
  return zlib.gunzipSync(bytes, { maxOutputLength: LONGEST_ANSWER }).toString('utf8');
}

function singleHeaders(response: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

function bodyText(body: unknown): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('a request body must be text');
}

function codeOf(error: NodeJS.ErrnoException): string {
  return typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
