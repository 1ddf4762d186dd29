import type { PrivateKeyFile } from '../google/private-key-file.ts';
import type { Evidence, Made } from '../wizard/step.ts';
import type { SeenKey } from './key-wanted.ts';

/** A key that Google has made and that is in no file yet. It is in memory only, until Google accepts it. */
export interface FreshKey {
  id: string;
  file: PrivateKeyFile;
  /** What the journal is to remember once it is in its file. */
  evidence: Evidence;
  /** When it was made (ms, of this process's clock). */
  since: number;
  /** Google has refused it once: then replicas lag, and more of them must agree. */
  refused: boolean;
}

/** One rotation, from the key that is in the file to the next one; it lasts as long as its run. */
export interface Rotation {
  /** How long the old key is kept, disabled, in ms. */
  readonly graceMs: number;
  /** Who chose that, in words. */
  readonly graceSource: string;
  /** Programs sign in with a key, and not without one. */
  readonly hasKey: boolean;
  fresh?: FreshKey | undefined;
  /** The new key has taken the place of the old one in its file, in this run or in one that was interrupted. */
  replaced: boolean;
  /** From now on the account is tested: with the new key. */
  validating: boolean;
  /** Old keys that this run has put out of use. */
  retired: readonly string[];
}

/** What a look at the keys found, with the key that is to be replaced now, if one is. */
export interface SeenRotation extends SeenKey {
  replaces: string | undefined;
}

/**
 * The key that is to be replaced now; none where that is done. What an interrupted run has begun is finished before anything
 * else is.
 */
export function replacedNext(rotation: Rotation, seen: SeenKey): string | undefined {
  const { retired, listed, local, delivered } = seen;
  const held = local.kind === 'key' ? local.id : undefined;
  rotation.replaced ||=
    delivered.some(isReplacement) ||
    retired.some(({ id, did }) => did === 'replaced' && id !== held && listed.some((key) => key.id === id));
  return rotation.replaced ? undefined : held;
}

const isReplacement = ({ what, did }: Made): boolean => what === 'key' && did === 'replaced';

/** The keys that are to be disabled: those that were taken out of their files, and the one that is about to be. */
export function replacedIds({ retired, delivered, replaces, local }: SeenRotation): string[] {
  const held = local.kind === 'key' ? local.id : undefined;
  const ids = [
    ...retired.filter(({ did }) => did === 'replaced').map(({ id }) => id),
    ...delivered.filter(isReplacement).map(({ evidence }) => evidence['id'] ?? ''),
    ...(replaces === undefined ? [] : [replaces]),
  ];
  return [...new Set(ids)].filter((id) => id === replaces || id !== held);
}
