import { access, chmod, constants, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { SecretFile } from '../google/secret-file.ts';
import { isSound } from '../google/sound-key.ts';
import { makeFolder } from '../wizard/make-folder.ts';
import { ProblemError } from '../wizard/problem.ts';
import { removeLeftBehind, withPart, writeWhole } from '../wizard/write-whole.ts';

const KeyFile = z.object({
  type: z.literal('service_account'),
  private_key_id: z.string().min(1),
  private_key: z.string().min(1),
  client_email: z.string().min(1),
});

/** Credentials that act as an account by a person's login, without a key (google-auth-library, impersonated credentials). */
const ActingFile = z.object({
  type: z.literal('impersonated_service_account'),
  service_account_impersonation_url: z.string(),
});
const actsAs = /\/serviceAccounts\/(?<email>[^/:]+):generateAccessToken$/;

/** What stands at the place of the key file. `text` is the secret: it goes to the sign-in and nowhere else. */
export type LocalKey =
  | { kind: 'none' }
  | {
      kind: 'key';
      id: string;
      email: string;
      text: string;
      /** Nobody can sign in with it. */
      damaged: boolean;
      openToOthers: boolean;
      closedToOwner: boolean;
    }
  /** It is ours, and its mode lets not even us read it. */
  | { kind: 'closed' }
  /** No key, but credentials with which a person acts as this account. */
  | { kind: 'acting'; email: string; text: string; openToOthers: boolean }
  | { kind: 'other'; found: string };

/** Reads the key file. Gives "other" for anything that is not a service account key; @throws ProblemError if it cannot be read. */
export async function readKeyFile(file: string): Promise<LocalKey> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return { kind: 'none' };
    if (code === 'EISDIR') return { kind: 'other', found: 'a directory' };
    if (code === 'EACCES' && (await isClosedByMode(file))) return { kind: 'closed' };
    throw unwritable(file, error);
  }
  const json = asJson(text);
  const { mode } = await stat(file);
  // Windows keeps access lists instead of these bits. Who may read everything still has programs that may not.
  const hasBits = process.platform !== 'win32';
  const acting = ActingFile.safeParse(json).data?.service_account_impersonation_url;
  const actedAs = acting && actsAs.exec(acting)?.groups?.['email'];
  if (actedAs) return { kind: 'acting', email: actedAs, text, openToOthers: hasBits && (mode & 0o077) !== 0 };
  const parsed = KeyFile.safeParse(json);
  if (!parsed.success) return { kind: 'other', found: 'a file that is not a service account key' };
  return {
    kind: 'key',
    id: parsed.data.private_key_id,
    email: parsed.data.client_email,
    text,
    damaged: !isSound(parsed.data.private_key),
    openToOthers: hasBits && (mode & 0o077) !== 0,
    closedToOwner: hasBits && (mode & 0o400) === 0,
  };
}

/** True if we own the file, and only its mode keeps us from reading it. */
async function isClosedByMode(file: string): Promise<boolean> {
  return stat(file).then(
    ({ mode, uid }) => (mode & 0o400) === 0 && uid === process.getuid?.(),
    () => false,
  );
}

/**
 * Refuses a place that is closed to us, seen before anything is made: the nearest folder that is there must let us write.
 * @throws ProblemError naming the file and the cause.
 */
export async function refuseClosed(file: string): Promise<void> {
  for (let folder = dirname(file); ; folder = dirname(folder))
    try {
      await access(folder, constants.W_OK | constants.X_OK);
      return;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || folder === dirname(folder)) throw unwritable(file, error);
    }
}

/**
 * Shows that a key file can be written, before a key is made that nobody could keep: makes the folder (0700) and
 * writes as much as a key takes to a file beside it. What a killed run left of a key is removed.
 * @throws ProblemError naming the file and the cause.
 */
export async function proveWritable(file: string): Promise<void> {
  try {
    await makeFolder(dirname(file));
    await removeLeftBehind(file);
    await withPart(file, Buffer.alloc(4096, 0x20), () => Promise.resolve());
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** Writes the secret: whole or not at all, for its owner only (0600). @throws ProblemError naming the file. */
export async function writeKeyFile(file: string, key: SecretFile): Promise<void> {
  try {
    await writeWhole(file, key.text());
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** Lets its owner, and nobody else, read and write the key file. @throws ProblemError naming the file. */
export async function closeToOthers(file: string): Promise<void> {
  try {
    await chmod(file, 0o600);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

function unwritable(file: string, error: unknown): ProblemError {
  const code = codeOf(error);
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new ProblemError(
    {
      mover: 'person',
      what: `the key file ${file} cannot be used (${code})`,
      why: full ? 'the disk is full' : undefined,
      next: full ? 'free some space, then run this again' : 'give another place with --key-file',
      exit: 'blocked',
    },
    { cause: error },
  );
}
