import type { IncomingMessage, ServerResponse } from 'node:http';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as a test server saw it. */
export interface Seen {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A real HTTP server of a test: what came in, and where it listens. */
export interface TestServer {
  url: string;
  seen: Seen[];
  /** Requests being answered now, and the most that ever were. */
  inFlight: { now: number; most: number };
}

type Handler = (
  request: Seen,
  response: ServerResponse,
  nth: number,
  raw: IncomingMessage,
) => void | Promise<void>;

/** Starts a server on loopback that ends with the test. `nth` counts requests from 1. */
export async function startServer(handler: Handler): Promise<TestServer> {
  const seen: Seen[] = [];
  const inFlight = { now: 0, most: 0 };
  const server = http.createServer((raw, response) => {
    inFlight.now += 1;
    inFlight.most = Math.max(inFlight.most, inFlight.now);
    response.on('close', () => (inFlight.now -= 1));
    const chunks: Buffer[] = [];
    raw.on('data', (chunk: Buffer) => chunks.push(chunk));
    raw.on('end', () => {
      const request = {
        method: raw.method ?? '',
        path: raw.url ?? '',
        headers: raw.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      void handler(request, response, seen.push(request), raw);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, inFlight };
}

/** Answers with JSON. */
export function answer(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
