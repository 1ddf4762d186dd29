import * as z from 'zod';
import { omitDefaults, readBody } from '../body.ts';
import type { Call } from '../call.ts';
import { ApiError, failedPrecondition, invalidArgument } from '../errors.ts';
import { findAccount } from '../resources.ts';
import type { ServiceAccount } from '../world.ts';
import { AccountBody, checkTexts } from './account-create.ts';
import { liveAccount, namedAccount } from './account-lookup.ts';
import { accountName, showAccount } from './account-show.ts';

const PatchServiceAccountRequest = z.strictObject({
  serviceAccount: AccountBody.nullish(),
  updateMask: z.string().nullish(),
});

function write(call: Call, account: ServiceAccount): ServiceAccount {
  call.world.accounts.set(account.uniqueId, account);
  return account;
}

/** Which of the two fields that can change a mask names; [U] that no mask means both. */
function fieldsOf(mask: string | null | undefined): ReadonlySet<string> {
  if (!mask) return new Set(['displayName', 'description']);
  const fields = mask
    .split(',')
    .map((field) => (field.trim() === 'display_name' ? 'displayName' : field.trim()));
  const wrong = fields.find((field) => !['displayName', 'description', 'etag', 'name'].includes(field));
  if (wrong !== undefined) throw invalidArgument(`Invalid field in update mask: ${wrong}`); // [U] the text.
  return new Set(fields);
}

/** PATCH of a service account: answers only its name and what was patched (recorded). */
export function patchAccount(call: Call): object {
  const account = liveAccount(call, 'iam.serviceAccounts.update');
  const { serviceAccount, updateMask } = readBody(call, PatchServiceAccountRequest);
  const mask = fieldsOf(updateMask);
  const displayName = mask.has('displayName') ? (serviceAccount?.displayName ?? undefined) : undefined;
  const description = mask.has('description') ? (serviceAccount?.description ?? undefined) : undefined;
  checkTexts(displayName, description);
  write(call, {
    ...account,
    ...(mask.has('displayName') && { displayName }),
    ...(mask.has('description') && { description }),
  });
  return omitDefaults({ name: accountName(account), displayName, description });
}

/** PUT of a service account, which PATCH has superseded: sets both texts. [U] that it answers the whole account. */
export function updateAccount(call: Call): object {
  const account = liveAccount(call, 'iam.serviceAccounts.update');
  const sent = readBody(call, AccountBody);
  const displayName = sent.displayName ?? undefined;
  const description = sent.description ?? undefined;
  checkTexts(displayName, description);
  return showAccount(write(call, { ...account, displayName, description }));
}

/** DELETE of a service account: policies go on naming it, as `deleted:serviceAccount:…` (recorded). Answers `{}`. */
export function deleteAccount(call: Call): object {
  write(call, { ...liveAccount(call, 'iam.serviceAccounts.delete'), deletedAt: call.world.clock.now() });
  return {};
}

/** :undelete by unique ID, for 30 days; its bindings count again (IAM docs). */
export function undeleteAccount(call: Call): object {
  const account = namedAccount(call, 'iam.serviceAccounts.undelete');
  // [U] the status and text of the two refusals.
  if (account.deletedAt === undefined) {
    throw failedPrecondition(`Service account ${account.uniqueId} is not deleted.`);
  }
  if (findAccount(call.world, account.email)) {
    throw new ApiError('ALREADY_EXISTS', `Service account ${account.email} already exists.`, {
      legacyReason: 'alreadyExists',
    });
  }
  return { restoredAccount: showAccount(write(call, { ...account, deletedAt: undefined })) };
}

/** :enable. Answers `{}` (recorded). */
export function enableAccount(call: Call): object {
  write(call, { ...liveAccount(call, 'iam.serviceAccounts.enable'), disabled: false });
  return {};
}

/** :disable. Answers `{}` (recorded). */
export function disableAccount(call: Call): object {
  write(call, { ...liveAccount(call, 'iam.serviceAccounts.disable'), disabled: true });
  return {};
}
