import type { Key } from '../google/keys.ts';
import type { WantedKey } from './key-wanted.ts';

const DAY_MS = 86_400_000;

/**
 * A key with what is wrong with it by now, if anything: its time is over, or it is older than the profile allows. `old`: it
 * works all the same.
 */
export type WornKey = Key & { worn?: string; old?: true };

/** @param now of the server's clock */
export function wornKey(key: Key, { maxAgeDays }: Pick<WantedKey, 'maxAgeDays'>, now: Date): WornKey {
  const { validAfter, validBefore } = key;
  const days = Math.floor((now.getTime() - validAfter.getTime()) / DAY_MS);
  if (validBefore <= now) return { ...key, worn: `expired on ${validBefore.toISOString().slice(0, 10)}` };
  if (maxAgeDays === undefined || days <= maxAgeDays) return key;
  return { ...key, worn: `is ${days} days old; the profile allows ${maxAgeDays}`, old: true };
}
