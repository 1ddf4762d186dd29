import type { Key } from '../google/keys.ts';
import type { LocalKey } from './key-file.ts';

/** Where the key belongs, and whose it is. */
export interface WantedKey {
  project: string;
  email: string;
  file: string;
  source: string;
  turnedOn: readonly string[];
}

/** `listed`: the account's user-managed keys. `orphans`: keys that an interrupted run made and nobody holds. */
export interface SeenKey {
  /** The list cannot be had while the IAM API is off; it is taken to be empty. */
  unseen: boolean;
  local: LocalKey;
  listed: readonly Key[];
  orphans: readonly Key[];
  /** Keys that appeared since an interrupted run, too many to tell which was its. */
  unsure: readonly Key[];
}

/** Why the key at hand does not do; undefined if it does. */
export function troubleWith(local: LocalKey, listed: readonly Key[]): string | undefined {
  if (local.kind !== 'key') return 'no key file';
  const key = listed.find(({ id }) => id === local.id);
  if (key === undefined) return `key ${local.id} is not a key of the account any more`;
  return key.disabled ? `key ${local.id} is disabled` : undefined;
}
