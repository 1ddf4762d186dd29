import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

/** An answer on its way back. */
export interface Answer {
  status: number;
  type: string;
  text: string;
}

/** A call as it passed. */
export interface Passed {
  method: string;
  path: string;
  authorization: string;
  body: string;
}

/** Gives another answer in place of the cloud's; nothing: lets it pass. */
type Twist = (call: Passed, answer: Answer) => Answer | undefined;

const Issued = z.object({ access_token: z.string() });
const Generated = z.object({ accessToken: z.string() });
const MadeKey = z.object({ privateKeyData: z.string() });
const KeyFile = z.object({ private_key: z.string(), private_key_id: z.string() });

/**
 * Stands between the program and a cloud, and remembers every secret that passes: bearers, signed assertions, tokens of
 * workflows, issued tokens and private keys, in each form in which they could turn up again.
 */
export async function startRecorder(cloud: string) {
  const secrets = new Map<string, string>();
  let twist: Twist = () => undefined;

  const note = (what: string, secret: string | undefined): void => {
    if (secret !== undefined && secret.length >= 8 && !secrets.has(secret)) secrets.set(secret, what);
  };
  const noteJwt = (what: string, jwt: string): void => {
    note(what, jwt);
    for (const part of jwt.split('.')) note(`a part of ${what}`, part);
  };
  const noteKey = (data: string): void => {
    const text = Buffer.from(data, 'base64').toString('utf8');
    note('a private key, as Google sends it', data.slice(200, 280));
    const { private_key: pem } = KeyFile.parse(JSON.parse(text));
    for (const line of pem.split('\n').filter((part) => part.length > 40)) {
      note('a line of a private key', line);
      note('a line of a private key, in base64', Buffer.from(line).toString('base64').slice(4, -4));
    }
  };

  async function pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const authorization = incoming.headers.authorization ?? '';
    const call = { method: incoming.method ?? '', path: incoming.url ?? '', authorization, body };
    note('a bearer', /^Bearer (.+)$/.exec(authorization)?.[1]);
    const assertion = new URLSearchParams(body).get('assertion');
    if (assertion !== null) noteJwt('a signed assertion', assertion);
    const subject = new URLSearchParams(body).get('subject_token');
    if (subject !== null) noteJwt('a token of a workflow', subject);

    const onward = request(`${cloud}${call.path}`, { method: call.method, headers: incoming.headers });
    onward.end(body);
    onward.on('error', () => incoming.socket.resetAndDestroy());
    const [came] = z.tuple([z.custom<IncomingMessage>()]).parse(await once(onward, 'response'));
    const text = await textOf(came);
    const json = parsed(text);
    const issued = Issued.safeParse(json);
    const exchanged = call.path === '/v1/token';
    if (issued.success)
      note(exchanged ? 'a token of the exchange' : 'an issued token', issued.data.access_token);
    const generated = Generated.safeParse(json);
    if (generated.success) note('a token to act as the account', generated.data.accessToken);
    const made = MadeKey.safeParse(json);
    if (made.success) noteKey(made.data.privateKeyData);

    const answer = { status: came.statusCode ?? 0, type: came.headers['content-type'] ?? '', text };
    const sent = twist(call, answer) ?? answer;
    response
      .writeHead(sent.status, { 'content-type': sent.type, date: came.headers.date ?? '' })
      .end(sent.text);
  }

  const server = createServer((incoming, response) => {
    pass(incoming, response).catch(() => incoming.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What to look for, and what each is. */
    secrets: secrets as ReadonlyMap<string, string>,
    /** Has it look for a secret that never passes, too. */
    note,
    twist(next: Twist): void {
      twist = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
