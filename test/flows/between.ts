import { createServer, request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** One request on its way to the cloud. `pass` lets it through and gives the answer. */
export interface Passing {
  method: string;
  path: string;
  pass: () => Promise<Answer>;
}

/**
 * Stands between a run and the cloud, so that something can happen at an exact request: before it, after it, or instead.
 * @param meddle gives the answer to hand back, or nothing to cut the connection
 * @param atEnd is given what closes it, where no test is
 * @returns the endpoint to give to the run
 */
export async function standBetween(
  endpoint: string,
  meddle: (request: Passing) => Promise<Answer | undefined>,
  atEnd: (close: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const server = createServer((request, response) => {
    const handle = async (): Promise<void> => {
      const { method = '', url = '' } = request;
      const body = await buffer(request);
      const path = decodeURIComponent(new URL(url, endpoint).pathname);
      const answer = await meddle({ method, path, pass: () => forward(endpoint, request, body) });
      if (answer === undefined) response.destroy();
      else response.writeHead(answer.status, answer.headers).end(answer.body);
    };
    handle().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Sends a request on as it came, Host included: a signed assertion names the address that the run knows. */
async function forward(endpoint: string, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const { method, url = '', headers } = request;
  const onward = send(new URL(url, endpoint), { method, headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    onward.on('response', resolve).on('error', reject);
  });
  onward.end(body);
  const answer = await answered;
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: await buffer(answer) };
}
