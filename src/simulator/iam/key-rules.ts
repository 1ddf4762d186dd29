import type { Call } from '../call.ts';
import { failedPrecondition, notFound, preconditionFailure } from '../errors.ts';
import { accountResource } from '../resources.ts';
import type { ServiceAccount } from '../world.ts';
import { accountName } from './account-show.ts';
import { enforcedConstraint } from './organization-policy.ts';

const MAX_KEYS = 10;

/** The 404 for a key that is not there (recorded). */
export const keyNotFound = (id: string) => notFound(`Service account key ${id} does not exist.`);

/** Ten user-managed keys at most: the refusal says no more than this (pasted in public reports). */
export function checkRoom(call: Call, account: ServiceAccount): void {
  const keys = [...call.world.keys.values()].filter(
    (key) => key.account === account.uniqueId && key.type === 'USER_MANAGED',
  );
  if (keys.length >= MAX_KEYS) throw failedPrecondition('Precondition check failed.');
}

/** Refuses new keys where an organization policy forbids to create or upload them (pasted in public reports). */
export function checkKeyConstraint(call: Call, account: ServiceAccount, how: 'Creation' | 'Upload'): void {
  const constraint = enforcedConstraint(
    call,
    accountResource(call.world, account),
    `iam.disableServiceAccountKey${how}`,
    `iam.managed.disableServiceAccountKey${how}`,
  );
  if (!constraint) return;
  const type = `constraints/${constraint}`;
  const description =
    how === 'Creation'
      ? 'Key creation is not allowed on this service account.'
      : `Constraint \`${type}\` violated for service account ${accountName(account)} attempting to upload public key.`;
  const subject = `${accountName(account)}?configvalue=${encodeURIComponent(account.email)}`;
  // [U] the message of a refused upload: only its details are known.
  throw failedPrecondition(description, [preconditionFailure({ type, subject, description })]);
}
