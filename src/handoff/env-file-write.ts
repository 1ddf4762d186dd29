import writeFileAtomic from 'write-file-atomic';
import { standingAt, type Standing } from './env-file-read.ts';
import type { EnvTrouble } from './env-trouble.ts';

/** Somebody else has written the file since it was read. */
export class Changed extends Error {}

/** What is told where that goes on. */
export const keepsChanging: EnvTrouble = {
  kind: 'changed',
  what: 'another program keeps changing it',
  next: 'close what else writes it, then run this again',
};

/**
 * Gives a file another text, whole or not at all.
 * @param how - what stood there when it was read, and the permission bits that it gets
 * @throws Changed if it is another one by now; else the error of the system
 */
export async function putText(
  file: string,
  text: string,
  { before, mode }: { before: Standing; mode: number },
): Promise<void> {
  await writeFileAtomic(file, text, {
    mode,
    tmpfileCreated() {
      if (!isSame(before, standingAt(file))) throw new Changed();
    },
  });
}

function isSame(before: Standing, now: Standing): boolean {
  if (before === undefined || now === undefined) return before === now;
  return before.mode === now.mode && before.bytes.equals(now.bytes);
}
