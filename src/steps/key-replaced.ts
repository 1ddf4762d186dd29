import type { Made } from '../wizard/step.ts';
import type { SeenKey, WantedKey } from './key-wanted.ts';

/**
 * What the journal remembers of a key that works and that a new one takes the place of, because it is too old or its file is
 * lost: nothing here deletes it, as something may still sign in with it.
 */
export function keysReplaced({ email, file }: WantedKey, { local, listed, put }: SeenKey): Made[] {
  const id = local.kind === 'key' ? local.id : put;
  const works = listed.some((key) => key.id === id && !key.disabled && (key.worn === undefined || key.old));
  if (id === undefined || !works) return [];
  return [{ what: 'key', did: 'replaced', name: email, evidence: { id, file } }];
}
