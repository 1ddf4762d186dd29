import { readFileSync, statSync } from 'node:fs';
import type { EnvFormat } from './env-form.ts';
import { readEnv, type EnvValue } from './env-read.ts';
import { codeOf, MissingFolder, targetOf, troubleAt } from './env-target.ts';
import { envText, largestEnvFile } from './env-text.ts';
import type { EnvTrouble } from './env-trouble.ts';

/** What stands at a place: the bytes, the permission bits and whose it is. Undefined: nothing. */
export type Standing = { bytes: Buffer; mode: number; uid: number; gid: number } | undefined;

/** An env file as it was read. `target`: where it lies, links followed. `text` is empty where there is none yet. */
export interface OpenedEnvFile {
  kind: 'opened';
  target: string;
  before: Standing;
  text: string;
}

/** Says which file a trouble is about. */
export function refused(file: string, trouble: EnvTrouble): { kind: 'refused'; trouble: EnvTrouble } {
  return { kind: 'refused', trouble: { ...trouble, what: `${file}: ${trouble.what}` } };
}

/**
 * Reads one variable of an env file, as `readEnv` does. A file that is not there has none.
 * @throws only what is a bug of ours
 */
export async function readEnvFile(
  file: string,
  name: string,
  format: EnvFormat = 'dotenv',
): Promise<EnvValue | { kind: 'refused'; trouble: EnvTrouble }> {
  const opened = await openEnvFile(file, false);
  return opened.kind === 'refused' ? opened : readEnv(opened.text, name, format);
}

/**
 * Finds and reads an env file. A file that is not there is an empty one, if its folder is.
 * @param forKey - a private key is to be written to it, so that git must not publish it
 * @throws only what is a bug of ours
 */
export async function openEnvFile(
  file: string,
  forKey: boolean,
): Promise<OpenedEnvFile | { kind: 'refused'; trouble: EnvTrouble }> {
  try {
    const target = await targetOf(file);
    const trouble = await troubleAt(target, forKey);
    if (trouble) return refused(file, trouble);
    const before = standingAt(target);
    const read = envText(before?.bytes ?? new Uint8Array());
    return read.kind === 'refused'
      ? refused(file, read.trouble)
      : { kind: 'opened', target, before, text: read.text };
  } catch (error) {
    return refused(file, systemTrouble(error));
  }
}

/** What stands at a place now; at once, so that little can happen before it is made use of. @throws the error of the system */
export function standingAt(target: string): Standing {
  try {
    const { mode, size, uid, gid } = statSync(target);
    // Enough to be told that it is too large.
    const bytes = size > largestEnvFile ? Buffer.alloc(largestEnvFile + 1) : readFileSync(target);
    return { bytes, mode, uid, gid };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** What the operating system refused. @throws the error itself where it is none of the system's */
export function systemTrouble(error: unknown): EnvTrouble {
  const code = codeOf(error);
  if (code === undefined) throw error;
  if (error instanceof MissingFolder)
    return {
      kind: 'no-folder',
      what: `there is no folder ${error.folder}`,
      next: 'make that folder, or give another place',
      code,
    };
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return {
    kind: 'system',
    what: `it cannot be used (${code})`,
    ...(full && { why: 'the disk is full' }),
    next: full
      ? 'free some space, then run this again'
      : 'give another place, or make this one yours to write',
    code,
  };
}
