import { describePrincipal, type Principal } from '../principals.ts';
import { Refusal } from '../errors.ts';

/** An error of the JSON API, which is of an older form than that of other APIs: no status and no details (JSON API docs). */
export function storageError(httpStatus: number, reason: string, message: string): Refusal {
  const errors = [{ message, domain: 'global', reason }];
  return new Refusal(message, httpStatus, { error: { code: httpStatus, message, errors } });
}

/** 404 for a bucket that is not there (pasted in public reports). */
export const absentBucket = () => storageError(404, 'notFound', 'The specified bucket does not exist.');

/** 403 (pasted in public reports). */
export function bucketDenied(principal: Principal, permission: string): Refusal {
  const who =
    principal.kind === 'user' || principal.kind === 'serviceAccount'
      ? principal.email
      : describePrincipal(principal);
  return storageError(
    403,
    'forbidden',
    `${who} does not have ${permission} access to the Google Cloud Storage bucket. Permission '${permission}' denied on resource (or it may not exist).`,
  );
}

/** 412 where the etag is not the policy's own (JSON API docs; [U] the text). */
export const preconditionNotMet = () =>
  storageError(412, 'conditionNotMet', 'At least one of the pre-conditions you specified did not hold.');
