import type { BenchCloud, SeenRequest } from './cloud.ts';
import { accountId } from './errand.ts';

/** One call of a critical path. `P` stands for the project in the path, `A` for the account. */
export interface Link {
  /** Why it cannot be sent before the one above it was answered. */
  because: string;
  call: string;
}

/**
 * The longest chain of dependent calls of a setup of an untouched project. A call depends on another when it needs its answer,
 * or when its step needs that one's step to be ready first (src/steps). Where two branches are equally long (role and grant;
 * account and key), one is named. Three readings must agree before a step is ready; they are taken side by side.
 */
export const setupChain: readonly Link[] = [
  { because: 'the project must be seen before anything in it is asked for', call: 'GET /v3/projects/P' },
  { because: 'plan: what may a role hold here?', call: 'POST /v1/permissions:queryTestablePermissions' },
  {
    because: 'its next page: the token is in the first',
    call: 'POST /v1/permissions:queryTestablePermissions',
  },
  { because: 'the plan comes before the first write', call: 'POST /v1/projects/P/services:batchEnable' },
  { because: 'is it on, for three replicas?', call: 'GET /v1/projects/P/services:batchGet' },
  { because: 'with the IAM API on, the account can be seen', call: 'GET /v1/projects/P/serviceAccounts/A' },
  { because: 'there is none', call: 'POST /v1/projects/P/serviceAccounts' },
  { because: 'is it there, for three replicas?', call: 'GET /v1/projects/P/serviceAccounts/A' },
  { because: 'which keys does the account have?', call: 'GET /v1/projects/P/serviceAccounts/A/keys' },
  { because: 'those are in the journal', call: 'POST /v1/projects/P/serviceAccounts/A/keys' },
  { because: 'is it there, for three replicas?', call: 'GET /v1/projects/P/serviceAccounts/A/keys' },
  { because: 'key and grant are ready: sign in', call: 'POST /token' },
  { because: 'the token is there', call: 'POST /v3/projects/P:testIamPermissions' },
];

/** The same of a check where nothing differs. */
export const checkChain: readonly Link[] = [
  { because: 'the project must be seen before anything in it is asked for', call: 'GET /v3/projects/P' },
  { because: 'all steps are looked at together; the last one signs in', call: 'POST /token' },
  { because: 'the token is there', call: 'POST /v3/projects/P:testIamPermissions' },
];

/** The least time that a chain can take, in ms. */
export function leastMs(chain: readonly Link[], { latencyMs }: BenchCloud): number {
  return chain.length * latencyMs;
}

/** Ticks of a clock that shows whole milliseconds, and timers that fire a touch early. */
const TOLERANCE_MS = 2;

/**
 * Holds a chain against what a run really sent: each call must be there, sent no sooner than the answer to the one above it.
 * @throws Error naming the first call that is not: the chain, or the program, has changed.
 */
export async function holdChain(chain: readonly Link[], cloud: BenchCloud, project: string): Promise<void> {
  const answered = (await cloud.requests()).map((request) => ({
    ...request,
    call: callOf(request, project),
  }));
  let earliest = -Infinity;
  for (const [index, { call }] of chain.entries()) {
    const found = answered.find((request) => request.call === call && request.at >= earliest);
    if (found === undefined)
      throw new Error(`the critical path has changed: no ${call} (number ${index + 1}) where it should be`);
    earliest = found.at + cloud.latencyMs - TOLERANCE_MS;
  }
}

function callOf({ method, path }: SeenRequest, project: string): string {
  const account = `${accountId}@${project}.iam.gserviceaccount.com`;
  const general = decodeURIComponent(path)
    .replace(account, 'A')
    .replace(`/projects/${project}`, '/projects/P');
  return `${method} ${general}`;
}
