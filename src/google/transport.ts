import type { GaxiosOptions } from 'gaxios';
import pLimit from 'p-limit';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { attemptOnce, type Attempt } from './attempt.ts';
import { openClients, type Clients } from './clients.ts';
import { isLoopback } from './endpoint.ts';
import { CloudError, type CloudErrorKind } from './errors.ts';
import { retryDelayMs } from './retry.ts';
import { ServerClock } from './server-clock.ts';
import type { Tokens } from './tokens.ts';

/** One request, as the log has it: no body, no header, no token. */
export interface CallLog {
  at: Date;
  api: string;
  method: string;
  httpStatus?: number;
  /** Absent when it went well. */
  kind?: CloudErrorKind;
  /** From sending to the whole answer. */
  ms: number;
  /** From 1. */
  attempt: number;
}

/** How one call is sent and its answer read. */
export interface Call<T> {
  api: string;
  method: string;
  /** A read, or another call that changes nothing when it is sent twice. */
  repeatable: boolean;
  /** Never sent again by itself once it may have arrived, whatever the answer says: only its caller can look what it did. */
  once?: boolean;
  /** A refusal for the rate is told at once: its caller waits for the next minute, and says so. */
  quotaTold?: boolean;
  /** The answer holds a key or token: no part of it may reach an error. */
  secretAnswer?: boolean;
  /** `oauth` for token endpoints; `google` when absent. */
  errorForm?: 'google' | 'oauth';
  /** Exact strings, besides the token, that the request holds and no error may quote. */
  secrets?: readonly string[];
  schema: z.ZodType<T>;
}

/** Forms the request with Google's clients and sends it with the options given; what it returns is not looked at. */
export type Send = (options: GaxiosOptions, google: Clients) => Promise<unknown>;

/** Settings of a transport; times in ms. */
export interface TransportOptions {
  endpoint: string | undefined;
  log: ((entry: CallLog) => void) | undefined;
  signal: AbortSignal | undefined;
  deadlineMs: number;
  maxInFlight: number;
  retries: number;
}

/**
 * As long as nothing was ever answered, a call waits no longer than this (ms): an endpoint may be none. Nor does the first
 * attempt of what may be repeated: a lost connection is told by nothing but silence, and another one may serve.
 */
const FIRST_DEADLINE_MS = 10_000;

/** Sends every call: a deadline on each attempt, cancellation, retries on what is safe to repeat, so many in flight. */
export class Transport {
  readonly clock = new ServerClock();
  readonly options: TransportOptions;
  readonly #limit: <T>(run: () => Promise<T>) => Promise<T>;
  readonly #loopback: boolean;
  #clients: Promise<Clients> | undefined;
  /** Something was answered, whatever it was. */
  #heard = false;
  readonly #sent = Promise.withResolvers<undefined>();

  constructor(options: TransportOptions) {
    this.options = options;
    this.#limit = pLimit(options.maxInFlight);
    this.#loopback = options.endpoint !== undefined && isLoopback(new URL(options.endpoint).hostname);
  }

  /** Loads Google's libraries, so that the next call is sent at once. */
  async ready(): Promise<void> {
    await (this.#clients ??= openClients(this.options.endpoint));
  }

  /** Resolves when the first request of all was handed to the network. */
  get sent(): Promise<undefined> {
    return this.#sent.promise;
  }

  /**
   * Makes one call, again where that is safe, and with a fresh token when Google refuses the first.
   * @param tokens whose call it is; absent for calls that carry their own proof, such as a token exchange
   * @throws {CloudError} what went wrong with the call
   * @throws {CredentialsError} no token was to be had
   */
  async call<T>(call: Call<T>, send: Send, tokens?: Tokens): Promise<T> {
    this.#clients ??= openClients(this.options.endpoint);
    const started = performance.now();
    let refusedToken: string | undefined;
    for (let attempt = 1; ; attempt++) {
      const [google, token] = await Promise.all([this.#clients, this.#token(call, attempt - 1, tokens)]);
      const outcome = await this.#limit(() => this.#attempt(call, send, google, attempt, token, tokens));
      if ('value' in outcome) return outcome.value;
      const { error } = outcome;
      if (error.kind === 'unauthenticated' && token !== undefined && refusedToken === undefined) {
        // 401 means that nothing was done, so that even a write may go again, once, with another token.
        refusedToken = token;
        tokens?.refused(token);
        if (!call.once && (await this.#token(call, attempt, tokens)) !== token) continue;
      }
      const wait = retryDelayMs(error, {
        attempt,
        elapsedMs: performance.now() - started,
        retries: this.options.retries,
        // Who has never answered and lets us wait is not asked to do so again.
        repeatable: call.repeatable && (this.#heard || error.kind !== 'timeout'),
        once: call.once ?? false,
        quotaTold: call.quotaTold ?? false,
        loopback: this.#loopback,
      });
      if (wait === undefined) throw error;
      await this.#wait(wait, call, error);
    }
  }

  /** A token, if the call needs one; a source of tokens that was cut short is told as a cancelled call. */
  async #token(
    call: Call<unknown>,
    attempts: number,
    tokens: Tokens | undefined,
  ): Promise<string | undefined> {
    try {
      return await tokens?.current();
    } catch (error) {
      throw this.options.signal?.aborted ? cancelled(call, attempts) : error;
    }
  }

  async #attempt<T>(
    call: Call<T>,
    send: Send,
    google: Clients,
    attempt: number,
    token: string | undefined,
    tokens: Tokens | undefined,
  ): Promise<Attempt<T>> {
    const at = new Date();
    const started = performance.now();
    const { deadlineMs } = this.options;
    const patient = this.#heard && (attempt > 1 || !call.repeatable);
    const outcome = await attemptOnce({
      call,
      send: (options) => send(options, google),
      attempt,
      token,
      quotaProject: tokens?.quotaProject,
      deadlineMs: patient ? deadlineMs : Math.min(deadlineMs, FIRST_DEADLINE_MS),
      signal: this.options.signal,
      clock: this.clock,
      direct: this.#loopback,
      onSent: () => this.#sent.resolve(undefined),
    });
    this.#heard ||= outcome.httpStatus !== undefined;
    this.options.log?.({
      at,
      api: call.api,
      method: call.method,
      ...(outcome.httpStatus === undefined ? {} : { httpStatus: outcome.httpStatus }),
      ...('error' in outcome ? { kind: outcome.error.kind } : {}),
      ms: performance.now() - started,
      attempt,
    });
    return outcome;
  }

  async #wait(ms: number, call: Call<unknown>, error: CloudError): Promise<void> {
    const { signal } = this.options;
    try {
      await sleep(ms, undefined, signal ? { signal } : {});
    } catch {
      throw cancelled(call, error.attempts);
    }
  }
}

function cancelled(call: Call<unknown>, attempts: number): CloudError {
  return new CloudError(
    { api: call.api, method: call.method, attempts },
    { kind: 'cancelled', message: 'cancelled' },
  );
}
