import { AsyncLocalStorage } from 'node:async_hooks';
import type { GaxiosOptions } from 'gaxios';
import type { Caller } from './caller.ts';
import type { Clients } from './clients.ts';
import { isCloudError } from './errors.ts';
import type { IamPoliciesClients } from './iam-policies-library.ts';
import { untilNextMinute, type OnQuotaWait } from './quota-wait.ts';
import type { Call } from './transport.ts';

/** One call of Google's client of IAM v2 or v3. Each is a read: nothing here writes. */
export interface IamPoliciesCall<T> extends Pick<Call<T>, 'method' | 'schema'> {
  /** Each version has a quota of its own. */
  version: 'v2' | 'v3';
  /** Calls a method of a client with the options given. */
  form: (clients: IamPoliciesClients, options: OneRequest) => Promise<unknown>;
}

/** Neither retries nor pages by itself: the transport decides when a call is sent, and each page is one call. */
export interface OneRequest {
  retry: null;
  autoPaginate: false;
}

/** How the request that is being formed is to be sent: its headers, deadline, proxy and witness. */
interface Sending {
  options: GaxiosOptions;
  Gaxios: Clients['Gaxios'];
}

/** A minute's reads are gone at most so many times in a row: others may read, too. */
const MOST_WAITS = 3;

/**
 * Calls IAM v2 and v3 by Google's client (`@google-cloud/iam`), through the transport like every other call: the client forms
 * the request, and the answer is read from the wire. What the client makes of it is not looked at, nor are its errors.
 */
export class IamPolicies {
  readonly #caller: Caller;
  readonly #sending = new AsyncLocalStorage<Sending>();
  #clients: Promise<IamPoliciesClients> | undefined;
  /** The end of each version's line of calls. */
  readonly #last: Record<'v2' | 'v3', Promise<unknown>> = { v2: Promise.resolve(), v3: Promise.resolve() };

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Makes one call. Google allows 5 reads a minute (IAM quotas): when they are used up it waits, for as long as Google says
   * or until the next minute, and goes on. One call of a version at a time, so that no two find that out.
   * @param onWait told before each wait
   * @throws {CloudError} `quota`: others use up each minute's reads; and all else that a call throws
   * @throws {CredentialsError}
   */
  call<T>(call: IamPoliciesCall<T>, onWait?: OnQuotaWait): Promise<T> {
    const result = this.#last[call.version].then(() => this.#patiently(call, onWait));
    this.#last[call.version] = result.catch(() => undefined);
    return result;
  }

  async #patiently<T>(call: IamPoliciesCall<T>, onWait: OnQuotaWait | undefined): Promise<T> {
    for (let waits = 0; ; waits++)
      try {
        return await this.#once(call);
      } catch (error) {
        if (!isCloudError(error, 'quota') || waits === MOST_WAITS) throw error;
        await untilNextMinute(this.#caller, error, onWait);
      }
  }

  async #once<T>({ form, method, schema }: IamPoliciesCall<T>): Promise<T> {
    const clients = await (this.#clients ??= this.#open());
    return this.#caller.call(
      { method, schema, api: 'iam', repeatable: true, quotaTold: true },
      (options, { Gaxios }) =>
        this.#sending.run({ options, Gaxios }, () => form(clients, { retry: null, autoPaginate: false })),
    );
  }

  async #open(): Promise<IamPoliciesClients> {
    const { openIamPolicies } = await import('./iam-policies-library.ts');
    return openIamPolicies(
      this.#caller.endpoint ?? 'https://iam.googleapis.com',
      <T>(url: string, init: { method: 'GET'; headers: Headers }) => {
        const sending = this.#sending.getStore();
        if (!sending) throw new Error('a request was formed that nobody asked for');
        const headers = new Headers(init.headers);
        for (const [name, value] of new Headers(sending.options.headers)) headers.set(name, value);
        return new sending.Gaxios().request<T>({ ...sending.options, url, method: init.method, headers });
      },
    );
  }
}
