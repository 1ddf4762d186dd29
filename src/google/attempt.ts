import type { GaxiosOptions } from 'gaxios';
import { readAnswer } from './answer.ts';
import { CloudError, type FailureFacts } from './errors.ts';
import { exchange, ExchangeError, type Answer } from './exchange.ts';
import { noProxyRules } from './no-proxy.ts';
import { printable } from './printable.ts';
import type { ServerClock } from './server-clock.ts';
import type { Call } from './transport.ts';

/** What one attempt came to. */
export type Attempt<T> = { httpStatus?: number } & ({ value: T } | { error: CloudError });

/** One attempt, with all it needs. */
export interface AttemptRequest<T> {
  call: Call<T>;
  send: (options: GaxiosOptions) => Promise<unknown>;
  /** From 1. */
  attempt: number;
  token: string | undefined;
  quotaProject: string | undefined;
  deadlineMs: number;
  signal: AbortSignal | undefined;
  clock: ServerClock;
  /** Told when the request was handed to the network. */
  onSent?: () => void;
  /** No proxy, whatever the environment says: a proxy cannot reach this machine's loopback. */
  direct: boolean;
}

/** Node's codes for an answer that is not HTTP, not the encoding it claims, or without end. */
const GARBLED_CODES = /^(HPE_|Z_|ERR_BUFFER_TOO_LARGE|ANSWER_TOO_LONG)/;

/**
 * Sends a call once. Never throws: gaxios's errors hold the request with its bearer token, so whatever is thrown is dropped
 * here, and the error is made anew from what was seen on the wire.
 */
export async function attemptOnce<T>(request: AttemptRequest<T>): Promise<Attempt<T>> {
  const { call, token, clock } = request;
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), request.deadlineMs);
  const signal = request.signal ? AbortSignal.any([deadline.signal, request.signal]) : deadline.signal;
  const wire: { answer?: Answer; broken?: ExchangeError } = {};
  let thrown: unknown;
  try {
    await request.send({
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(request.quotaProject ? { 'x-goog-user-project': request.quotaProject } : {}),
      },
      signal,
      fetchImplementation: (url, init) => observedFetch(url, init, wire, request),
      validateStatus: () => true,
      responseType: 'text',
      retry: false,
      noProxy: request.direct ? [/^/] : noProxyRules(process.env),
    });
  } catch (error) {
    thrown = error ?? new Error('nothing was thrown');
  } finally {
    clearTimeout(timer);
  }

  const { answer, broken } = wire;
  const { host, proxy } = answer ?? broken ?? {};
  const fail = (facts: FailureFacts): Attempt<T> => ({
    ...(facts.httpStatus === undefined ? {} : { httpStatus: facts.httpStatus }),
    error: new CloudError(
      {
        api: call.api,
        method: call.method,
        attempts: request.attempt,
        ...(host ? { host } : {}),
        ...(proxy ? { proxy } : {}),
      },
      facts.kind === 'invalid-grant' ? withSkew(facts, clock) : facts,
    ),
  });
  const secrets = [...(token === undefined ? [] : [token]), ...(call.secrets ?? [])];
  if (answer) {
    const reading = readAnswer(answer, {
      schema: call.schema,
      secretAnswer: call.secretAnswer ?? false,
      errorForm: call.errorForm ?? 'google',
      secrets,
      now: clock.now(),
    });
    return 'value' in reading ? { value: reading.value, httpStatus: answer.status } : fail(reading.failure);
  }
  if (request.signal?.aborted) return fail({ kind: 'cancelled', message: 'cancelled' });
  if (deadline.signal.aborted)
    return fail({ kind: 'timeout', message: `no whole answer within ${request.deadlineMs / 1000} s` });
  return fail(withoutAnswer(broken, thrown, secrets));
}

/** A fetch for gaxios that keeps what it saw: the library's own view of it (and its errors) is not needed. */
async function observedFetch(
  url: Parameters<typeof fetch>[0],
  init: Parameters<typeof fetch>[1],
  wire: { answer?: Answer; broken?: ExchangeError },
  { clock, onSent }: Pick<AttemptRequest<unknown>, 'clock' | 'onSent'>,
): Promise<Response> {
  delete wire.answer;
  delete wire.broken;
  try {
    const target = url instanceof Request ? url.url : url;
    wire.answer = await exchange(new URL(target), init ?? {}, onSent);
  } catch (error) {
    if (error instanceof ExchangeError) wire.broken = error;
    throw error;
  }
  clock.observe(wire.answer.headers['date']);
  // What gaxios makes of the answer is dropped. A Response with a body costs several times as much: a stream is made and read.
  return new Response(null, { status: wire.answer.status });
}

function withSkew(facts: FailureFacts, { tellingSkewMs }: ServerClock): FailureFacts {
  return tellingSkewMs === undefined ? facts : { ...facts, clockSkewMs: tellingSkewMs };
}

function withoutAnswer(broken: ExchangeError | undefined, thrown: unknown, secrets: string[]): FailureFacts {
  if (broken && GARBLED_CODES.test(broken.code))
    return { kind: 'garbled', message: `the answer cannot be read (${broken.code})`, code: broken.code };
  if (broken)
    return {
      kind: 'unreachable',
      message: `no answer from ${broken.host}${broken.proxy ? ` through the proxy ${broken.proxy}` : ''} (${broken.code})`,
      code: broken.code,
    };
  const why = printable(messageOf(thrown), secrets, 300);
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (typeof code === 'string')
    return { kind: 'unreachable', message: `the request could not be sent: ${why} (${code})`, code };
  return { kind: 'invalid', message: `the request could not be formed: ${why}` };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : 'unknown';
}
