import type { Call } from '../call.ts';
import { param } from '../call.ts';
import { invalidArgument } from '../errors.ts';
import { systemKeyFacts } from '../system-keys.ts';
import type { AccountKey } from '../world.ts';
import { liveAccount } from './account-lookup.ts';
import { keyNotFound } from './key-rules.ts';

/** The user-managed key of a call at the primary. Google-managed keys are Google's to change ([U] the text). */
function existingKey(call: Call, permission: string): { name: string; key: AccountKey } {
  const account = liveAccount(call, permission);
  const id = param(call, 'key');
  if (id === systemKeyFacts(account).id) throw invalidArgument('System-managed keys cannot be changed.');
  const name = `${account.uniqueId}/${id}`;
  const key = call.world.keys.get(name);
  if (!key) throw keyNotFound(id);
  return { name, key };
}

/** DELETE of a key. Tokens that were issued for it live on (IAM docs). Answers `{}`. */
export function deleteKey(call: Call): object {
  call.world.keys.delete(existingKey(call, 'iam.serviceAccountKeys.delete').name);
  return {};
}

/** :enable of a key. Answers `{}`. */
export function enableKey(call: Call): object {
  const { name, key } = existingKey(call, 'iam.serviceAccountKeys.enable');
  call.world.keys.set(name, { ...key, disabled: false });
  return {};
}

/** :disable of a key. Answers `{}`. */
export function disableKey(call: Call): object {
  const { name, key } = existingKey(call, 'iam.serviceAccountKeys.disable');
  call.world.keys.set(name, { ...key, disabled: true });
  return {};
}
