import { chmod, chown, rename, rm } from 'node:fs/promises';
import { removeLeftBehind, withPart } from '../wizard/write-whole.ts';
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
 * Gives a file another text, whole or not at all. What a killed run left beside it goes: it may hold a key.
 * @param how - what stood there when it was read, whose owner stays, and the permission bits that it gets
 * @throws Changed if it is another one by now; else the error of the system
 */
export async function putText(
  file: string,
  text: string,
  { before, mode }: { before: Standing; mode: number },
): Promise<void> {
  await removeLeftBehind(file);
  await withPart(file, text, async (part) => {
    if (before !== undefined) await giveTo(part, before);
    await chmod(part, mode);
    refuseChanged(file, before);
    await rename(part, file);
  });
}

/** Removes a file. @throws Changed if it is another one by now; else the error of the system */
export async function removeAsRead(file: string, before: Standing): Promise<void> {
  await removeLeftBehind(file);
  refuseChanged(file, before);
  await rm(file, { force: true });
}

/** Who may not give files away keeps it, as one who copies it would. */
async function giveTo(part: string, { uid, gid }: NonNullable<Standing>): Promise<void> {
  await chown(part, uid, gid).catch((error: unknown) => {
    if (process.getuid?.() === 0) throw error;
  });
}

function refuseChanged(file: string, before: Standing): void {
  if (!isSame(before, standingAt(file))) throw new Changed();
}

function isSame(before: Standing, now: Standing): boolean {
  if (before === undefined || now === undefined) return before === now;
  return before.mode === now.mode && before.bytes.equals(now.bytes);
}
