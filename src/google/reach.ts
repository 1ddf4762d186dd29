import * as z from 'zod';
import { attemptOnce } from './attempt.ts';
import { openClients } from './clients.ts';
import { isLoopback } from './endpoint.ts';
import type { CloudError } from './errors.ts';
import { ServerClock } from './server-clock.ts';

/** Every API of Google's that iamready may call, by its host's name below googleapis.com. */
export const apis = [
  'cloudresourcemanager',
  'iam',
  'iamcredentials',
  'oauth2',
  'serviceusage',
  'cloudbilling',
  'orgpolicy',
  'policyanalyzer',
  'policytroubleshooter',
  'run',
  'storage',
  'sts',
] as const;

/** How one host was reached, or why not. */
export interface Reached {
  /** Host and port. */
  host: string;
  /** From sending to the whole answer. */
  ms: number;
  /** Any answer of a server is one; absent: there was none. */
  httpStatus?: number;
  /** Host and port of the proxy in between. */
  proxy?: string;
  /** Why there is no answer, fit for print: "no answer (ENOTFOUND)". */
  failure?: string;
}

/** How all hosts were reached. */
export interface Reach {
  hosts: readonly Reached[];
  /** How far this machine's clock is ahead of theirs (negative: behind), in ms; absent: nobody told the time. */
  skewMs?: number;
}

/**
 * Asks each API's host for its front page, all at once and without credentials: whatever answers is there. One host stands for
 * all where there is another endpoint. Never throws for what the network does.
 * @param deadlineMs the longest one may take
 */
export async function reach(
  endpoint: string | undefined,
  signal: AbortSignal,
  deadlineMs = 8_000,
): Promise<Reach> {
  const bases = endpoint === undefined ? apis.map((api) => `https://${api}.googleapis.com`) : [endpoint];
  const { Gaxios } = await openClients(endpoint);
  const clock = new ServerClock();
  const hosts = await Promise.all(
    bases.map(async (base): Promise<Reached> => {
      const { host, hostname } = new URL(base);
      const started = performance.now();
      const outcome = await attemptOnce({
        call: { api: hostname.split('.')[0] ?? '', method: 'GET /', repeatable: true, schema: z.unknown() },
        send: (options) => new Gaxios().request({ ...options, url: `${base}/` }),
        attempt: 1,
        token: undefined,
        quotaProject: undefined,
        deadlineMs,
        signal,
        clock,
        direct: isLoopback(hostname),
      });
      const ms = Math.round(performance.now() - started);
      const error = 'error' in outcome ? outcome.error : undefined;
      const httpStatus = outcome.httpStatus ?? error?.httpStatus;
      return {
        host,
        ms,
        ...(httpStatus !== undefined && { httpStatus }),
        ...(error?.proxy !== undefined && { proxy: error.proxy }),
        ...(httpStatus === undefined && { failure: failureOf(error) }),
      };
    }),
  );
  return { hosts, ...(clock.isKnown && { skewMs: clock.skewMs }) };
}

function failureOf(error: CloudError | undefined): string {
  if (error?.kind === 'timeout') return error.message;
  return error?.code === undefined ? 'no answer' : `no answer (${error.code})`;
}
