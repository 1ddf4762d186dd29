import * as z from 'zod';
import type { Credentials, TokenContext } from './credentials.ts';
import { GOOGLE_TOKEN_URL } from './credentials/token-url.ts';
import { isGoogleEndpoint } from './endpoint.ts';
import { CloudError } from './errors.ts';
import { readStatus, type operationError } from './google-error.ts';
import { printable } from './printable.ts';
import { tokenEmail, tokenFacts, type TokenFacts } from './token-info.ts';
import { Tokens } from './tokens.ts';
import type { Call, Send, Transport } from './transport.ts';

/** A request as an API's reference describes it, without host and credentials. */
export interface PlainRequest {
  method?: 'GET' | 'PUT' | 'POST' | 'PATCH';
  /** From the slash on, percent-encoded. */
  path: string;
  /** What stands more than once is a list. */
  query?: Record<string, string | readonly string[]>;
  json?: object;
}

/** Calls Google as one principal. What every API file is given. */
export class Caller {
  readonly #transport: Transport;
  readonly #tokens: Tokens;
  readonly #context: TokenContext;

  constructor(transport: Transport, credentials: Credentials) {
    this.#transport = transport;
    this.#context = tokenContext(transport);
    this.#tokens = new Tokens(credentials, this.#context);
  }

  /**
   * The e-mail address that Google knows this principal by; nothing where it does not tell.
   * @throws {CloudError | CredentialsError} there is no token, or no answer
   */
  async email(): Promise<string | undefined> {
    return tokenEmail(this.#context, await this.#tokens.current());
  }

  /**
   * What Google says of the token that calls are made with; its end, where Google does not tell, as whoever made it says.
   * @throws {CloudError | CredentialsError} there is no token, no answer, or (`unauthenticated`) Google does not know the token
   */
  async token(): Promise<TokenFacts> {
    const bearer = await this.#tokens.current();
    const { expiresAt } = this.#tokens;
    return { ...(expiresAt && { expiresAt }), ...(await tokenFacts(this.#context, bearer)) };
  }

  /**
   * Makes one call with this principal's token.
   * @throws {CloudError | CredentialsError}
   */
  call<T>(call: Call<T>, send: Send): Promise<T> {
    return this.#transport.call(call, send, this.#tokens);
  }

  /**
   * Makes one call by a plain request, to an API that no library of Google's is here for.
   * @param form forms the request; what it throws becomes a CloudError of kind `invalid`
   * @throws {CloudError | CredentialsError}
   */
  request<T>(call: Call<T>, form: () => PlainRequest): Promise<T> {
    return this.call(call, this.plain(call.api, form));
  }

  /** How a plain request is sent, for what takes a `Send`. @param form as for `request` */
  plain(api: string, form: () => PlainRequest): Send {
    const base = this.#transport.options.endpoint ?? `https://${api}.googleapis.com`;
    return (options, { Gaxios }) => {
      const { method = 'GET', path, query = {}, json } = form();
      const url = new URL(path, base);
      for (const [name, value] of Object.entries(query))
        for (const each of [value].flat()) url.searchParams.append(name, each);
      return new Gaxios().request({ ...options, url, method, ...(json && { data: json }) });
    };
  }

  /** The caller's AbortSignal, for what waits between calls. */
  get signal(): AbortSignal | undefined {
    return this.#transport.options.signal;
  }

  /** The base URL for every API; absent: each API's own address. */
  get endpoint(): string | undefined {
    return this.#transport.options.endpoint;
  }

  /** The other end's time, learnt from its last answer; this machine's before the first. */
  serverTime(): Date {
    return this.#transport.clock.now();
  }

  /** The error of a long-running operation that ended badly. */
  operationFailure(call: { api: string; method: string }, error: z.infer<typeof operationError>): CloudError {
    return new CloudError({ ...call, attempts: 1 }, readStatus(error, printable));
  }
}

/** What credentials may use of a transport; their calls carry no token but their own proof. */
export function tokenContext(transport: Transport): TokenContext {
  const { endpoint, signal, deadlineMs } = transport.options;
  return {
    endpoint,
    isGoogle: isGoogleEndpoint(endpoint),
    now: () => transport.clock.now(),
    async clockSkewMs() {
      if (!transport.clock.isKnown) await askTheTime(transport).catch(() => undefined);
      return transport.clock.tellingSkewMs;
    },
    signal,
    deadlineMs,
    post: ({ url, form, json, bearer, ...request }) =>
      transport.call(
        { ...request, repeatable: true, secretAnswer: true, errorForm: form ? 'oauth' : 'google' },
        (options, { Gaxios }) =>
          new Gaxios().request({
            ...options,
            url,
            method: 'POST',
            data: form ? new URLSearchParams(form) : json,
            headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
          }),
      ),
  };
}

/** A call that grants nothing, for the `Date` of its refusal. @throws {CloudError} always */
function askTheTime(transport: Transport): Promise<never> {
  const { endpoint } = transport.options;
  const url = isGoogleEndpoint(endpoint) ? GOOGLE_TOKEN_URL : `${endpoint ?? ''}/token`;
  return transport.call(
    { api: 'oauth2', method: 'token', repeatable: false, errorForm: 'oauth', schema: z.never() },
    (options, { Gaxios }) =>
      new Gaxios().request({ ...options, url, method: 'POST', data: new URLSearchParams() }),
  );
}
