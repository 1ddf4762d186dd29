import type { Key } from '../google/keys.ts';
import type { Journal } from '../wizard/journal.ts';
import type { Change, Made } from '../wizard/step.ts';
import { cannotSignIn } from './breaks.ts';
import type { Answer } from './goal.ts';
import type { WornKey } from './key-worn.ts';
import type { LocalKey } from './key-file.ts';
import type { GoingKey } from './key-going.ts';
import type { Retired } from './key-retired.ts';

/** Where the key belongs, and whose it is. */
export interface WantedKey {
  project: string;
  email: string;
  file: string;
  source: string;
  turnedOn: readonly string[];
  /** A key that is older is to be replaced (days). */
  maxAgeDays: number | undefined;
  /** The ID of a key that a person chose to delete. */
  deleteKey?: Answer | undefined;
}

/** `listed`: the account's user-managed keys. `orphans`: keys that an interrupted run made and nobody holds. */
export interface SeenKey {
  /** The list cannot be had while the IAM API is off; it is taken to be empty. */
  unseen: boolean;
  local: LocalKey;
  listed: readonly WornKey[];
  orphans: readonly Key[];
  /** Keys that appeared since an interrupted run, too many to tell which was its. */
  unsure: readonly Key[];
  /** The ID of the key that an earlier run put into the file. */
  put: string | undefined;
  /** Keys that are to be deleted, the orphans among them. */
  going: readonly GoingKey[];
  /** Keys that the last act of this step deleted. */
  deleted: readonly string[];
  /** Keys that were replaced by rotating, and wait for their end. */
  retired: readonly Retired[];
  /** What an interrupted run made whose key did reach the file. */
  delivered: readonly Made[];
}

/** Why the key at hand does not do; undefined if it does. */
export function troubleWith(local: LocalKey, listed: readonly WornKey[]): string | undefined {
  // It is opened before anything can be said of the key in it.
  if (local.kind === 'closed') return undefined;
  if (local.kind === 'acting') return 'credentials that act as the account, without a key';
  if (local.kind !== 'key') return 'no key file';
  if (local.damaged) return `the private key of key ${local.id} is damaged: it signs nothing that holds`;
  const key = listed.find(({ id }) => id === local.id);
  if (key === undefined) return `key ${local.id} is not a key of the account any more`;
  if (key.disabled) return `key ${local.id} is disabled`;
  return key.worn && `key ${local.id} ${key.worn}`;
}

/** The ID of the key that the last run of ours left in the file. */
export function putThere(journal: Journal, { file }: WantedKey): string | undefined {
  const receipt = journal.receipt('key');
  return receipt?.['file'] === file ? receipt['id'] : undefined;
}

/** What is wrong with the key at hand, and what that breaks. */
export function lossOf(
  { unseen, local, listed, put }: SeenKey,
  trouble: string,
): Pick<Change, 'from' | 'why'> {
  if (unseen || (local.kind !== 'key' && put === undefined))
    return { from: trouble, why: 'the account signs in with it' };
  if (local.kind !== 'key') return { from: `${trouble}; key ${put ?? ''} was in it`, why: cannotSignIn };
  const key = listed.find(({ id }) => id === local.id);
  return {
    from: trouble,
    why: key?.old
      ? 'whoever has copied it can use it; iamready rotate also takes the old one away'
      : cannotSignIn,
  };
}
