import {
  CredentialsError,
  type CredentialsErrorKind,
  type CredentialsFault,
} from '../google/credentials/credentials-error.ts';
import { EndpointError, type EndpointProblem } from '../google/endpoint.ts';
import { CloudError, type CloudErrorKind } from '../google/errors.ts';
import { ProfileError, type ProfileProblem } from '../profile/profile-error.ts';
import { cloudProblem } from '../steps/cloud-problem.ts';
import { NoProjectError } from './test-account.ts';

/**
 * What went wrong, for programs. `credentials/…`: of the account, by its fault where one value has one, else by the kind of
 * failure. `cloud/…`: a call to Google failed. `profile/…`, `endpoint/…` and `options/…`: what was given cannot be used.
 */
export type TestPermissionsErrorCode =
  | `credentials/${CredentialsFault | CredentialsErrorKind}`
  | `cloud/${CloudErrorKind}`
  | `endpoint/${EndpointProblem}`
  | `profile/${ProfileProblem['kind']}`
  | 'options/no-project'
  | 'options/nothing-to-test'
  | 'options/bad-permission';

/** The one error that `testPermissions` rejects with. Neither it nor its `cause` holds a secret. */
export class TestPermissionsError extends Error {
  override readonly name = 'TestPermissionsError';
  readonly code: TestPermissionsErrorCode;
  /** Where: a variable and its file, a file and its line, a call to Google, or an option. */
  readonly place: string;
  /** What to do about it. */
  readonly remedy: string;
  /** The variable whose value is wrong or missing, where it is one. */
  readonly variable: string | undefined;

  constructor(
    message: string,
    facts: {
      code: TestPermissionsErrorCode;
      place: string;
      remedy: string;
      variable?: string;
      cause?: unknown;
    },
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.place = facts.place;
    this.remedy = facts.remedy;
    this.variable = facts.variable;
  }
}

/** The error as the library throws it; one that is not known here is a bug of ours, and is given back as it is. */
export function asTestPermissionsError(cause: unknown, project: string | undefined): unknown {
  if (cause instanceof CredentialsError) {
    const { message, kind, fault, place, remedy, variable } = cause;
    const code = `credentials/${fault ?? kind}` as const;
    return new TestPermissionsError(message, { code, place, remedy, cause, ...(variable && { variable }) });
  }
  if (cause instanceof CloudError) {
    const { kind, api, method } = cause;
    const { what, why, next } = cloudProblem(cause, {
      project: project ?? 'the project',
      doing: `test permissions on ${project ?? 'the project'}`,
    });
    const message = why === undefined ? what : `${what}: ${why}`;
    return new TestPermissionsError(message, {
      ...{ code: `cloud/${kind}` as const, place: `${api} ${method}`, remedy: next, cause },
    });
  }
  if (cause instanceof ProfileError) {
    const { message, kind, file = 'profile', line, column, remedy } = cause;
    const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
    return new TestPermissionsError(message, { code: `profile/${kind}`, place, remedy, cause });
  }
  if (cause instanceof EndpointError)
    return new TestPermissionsError(cause.message, {
      ...{ code: `endpoint/${cause.problem}` as const, place: 'endpoint', cause },
      remedy: 'give it as scheme, host and port: http://127.0.0.1:8080',
    });
  if (cause instanceof NoProjectError)
    return new TestPermissionsError(cause.message, {
      ...{ code: 'options/no-project', place: 'project', remedy: 'name it: project: "my-project"', cause },
    });
  return cause;
}
