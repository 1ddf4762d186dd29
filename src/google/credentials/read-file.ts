import { open } from 'node:fs/promises';
import { printable } from '../printable.ts';
import { CredentialsError } from './credentials-error.ts';

/** A small text file. `renewable`: it can be read again (a pipe, as `<(command)` makes one, cannot). */
export interface SmallFile {
  text: string;
  renewable: boolean;
}

/**
 * Reads a file that holds credentials.
 * @param limit most bytes
 * @throws {CredentialsError} kind `unreadable`: absent, a directory, not permitted, too large
 */
export async function readSmallFile(path: string, limit: number): Promise<SmallFile> {
  const unreadable = (value: string) =>
    new CredentialsError({
      kind: 'unreadable',
      place: printable(path),
      value,
      remedy: 'name a readable file',
      message: `cannot read ${printable(path)}: ${value}`,
    });
  try {
    await using file = await open(path, 'r');
    const stat = await file.stat();
    if (stat.isDirectory()) throw unreadable('a directory');
    const buffer = Buffer.alloc(limit + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
      length += bytesRead;
      if (bytesRead === 0 || length > limit) break;
    }
    if (length > limit) throw unreadable(`more than ${limit} bytes`);
    return { text: buffer.toString('utf8', 0, length), renewable: stat.isFile() };
  } catch (error) {
    if (error instanceof CredentialsError) throw error;
    throw unreadable(error instanceof Error && 'code' in error ? String(error.code) : 'unknown');
  }
}
