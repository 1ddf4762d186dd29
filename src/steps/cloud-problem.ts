import { CloudError, isCloudError } from '../google/errors.ts';
import { CredentialsError } from '../google/credentials.ts';
import { clockWords, setTheClock } from './clock-words.ts';
import { credentialsProblem } from './credentials-problem.ts';
import type { FailedCall, Problem } from '../wizard/problem.ts';

/** Where a failure happened, in words that fit the sentences below. */
export interface Scene {
  project: string;
  /** What was being done: "look at the role RemotionSA". */
  doing: string;
}

/** What a failed call means to a person. Everything that is not the cloud's is a bug of ours. */
export function cloudProblem(error: unknown, { project, doing }: Scene): Problem {
  if (error instanceof CredentialsError) return credentialsProblem(error);
  if (!(error instanceof CloudError))
    return {
      mover: 'us',
      what: `a bug of ours stopped this: could not ${doing}`,
      why: error instanceof Error ? error.message : String(error),
      next: 'run again with --debug and report what it prints',
      exit: 'bug',
    };
  const call = failedCall(error);
  const said = error.message;
  const proxy = error.proxy ? `, the proxy ${error.proxy}` : '';
  switch (error.kind) {
    case 'denied': {
      const permission = error.metadata['permission'];
      const missing = permission === undefined ? [] : [permission];
      return {
        mover: 'person',
        what: `you may not ${doing}`,
        why: said,
        next: `ask an owner of ${project} for a role that allows it`,
        exit: 'blocked',
        call,
        missing,
      };
    }
    case 'service-disabled': {
      const service = error.metadata['service'] ?? 'an API';
      return {
        mover: 'person',
        what: `${service} is off in ${error.metadata['consumer']?.replace('projects/', '') ?? project}`,
        next: `turn it on: gcloud services enable ${service} --project=${project}`,
        exit: 'blocked',
        call,
      };
    }
    case 'unauthenticated':
    case 'invalid-grant': {
      const clock = clockWords(error);
      return {
        mover: 'person',
        what: clock
          ? `Google does not accept the credentials, and ${clock}`
          : 'Google does not accept the credentials: they are wrong or have expired',
        why: said,
        next: clock
          ? setTheClock
          : 'sign in again (gcloud auth login), or make a fresh token, then run this again',
        exit: 'blocked',
        call,
      };
    }
    case 'conflict':
      return cloudFault(
        `could not ${doing}: someone else kept changing it`,
        'wait a moment, then run this again',
      );
    case 'quota':
      return cloudFault(
        `could not ${doing}: a quota of Google's is used up`,
        'wait a minute, then run this again',
      );
    case 'timeout':
      return cloudFault(
        `could not ${doing}: no answer from ${error.host}`,
        `check the network${proxy} and --endpoint, then run this again`,
      );
    case 'unreachable':
      return cloudFault(
        `could not ${doing}: ${error.host} cannot be reached`,
        `check the network${proxy} and --endpoint, then run this again`,
      );
    case 'garbled':
      return cloudFault(
        `could not ${doing}: ${error.host} does not answer as Google does`,
        `check --endpoint and ${error.proxy ? `the proxy ${error.proxy}` : 'any proxy in between'}, then run this again`,
      );
    case 'unavailable':
    case 'not-found':
    case 'exists':
    case 'precondition':
    case 'invalid':
    case 'cancelled':
      return cloudFault(`could not ${doing}`, 'run this again; if it stays, ask Google about this call');
  }

  function cloudFault(what: string, next: string): Problem {
    return { mover: 'cloud', what, why: said, next, exit: 'cloud', call };
  }
}

/**
 * True for an answer that only means "not known everywhere yet": something that an earlier step of this run made, or
 * a service that it turned on (a service that stays off has stopped the run before anything acts).
 */
export function isNotKnownYet(error: unknown, acted: ReadonlySet<string>): boolean {
  return isCloudError(error, 'service-disabled') || (isCloudError(error, 'not-found') && acted.size > 0);
}

/** What stands for something that cannot be seen while a service is off that this run is going to turn on. */
export const unseen = 'unseen';

/** The answer of a read, or `unseen`. @throws CloudError for every other failure, and for a service that stays off. */
export async function seenOr<T>(read: Promise<T>, turnedOn: readonly string[]): Promise<T | typeof unseen> {
  try {
    return await read;
  } catch (error) {
    if (isCloudError(error, 'service-disabled') && turnedOn.includes(error.metadata['service'] ?? ''))
      return unseen;
    throw error;
  }
}

function failedCall(error: CloudError): FailedCall {
  const { api, method, httpStatus, status, reason } = error;
  return { api, method, httpStatus, status, reason };
}
