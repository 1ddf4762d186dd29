import type { Change } from '../wizard/step.ts';
import type { LocalKey } from './key-file.ts';
import type { WantedKey } from './key-wanted.ts';

/** What is to be mended about who can read the key file: its owner, and nobody else. */
export function accessChanges({ file, source }: WantedKey, local: LocalKey): Change[] {
  const change = (from: string, to: string, why: string): Change[] => [
    { sign: '~', what: 'key', name: file, from, to, why, source, requires: [] },
  ];
  const onlyYou = 'only you can read it';
  if (local.kind === 'closed')
    return change(
      'not even you can read it',
      `${onlyYou}; its key is kept if it works, else replaced by a new one`,
      'your program cannot read it, so it cannot sign in',
    );
  if (local.kind !== 'key') return [];
  if (local.openToOthers)
    return change('others on this machine can read it', onlyYou, 'whoever reads it is the account');
  if (local.closedToOwner)
    return change(
      'its mode lets nobody read it',
      onlyYou,
      'your program cannot read it, so it cannot sign in',
    );
  return [];
}
