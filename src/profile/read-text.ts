import { open, stat } from 'node:fs/promises';
import { printable } from './printable.ts';
import { ProfileError } from './profile-error.ts';

/** The largest profile file that is read, in bytes. 3,000 permissions with reasons take about half of it. */
export const largestFile = 1_048_576;

/**
 * Reads a file that must be UTF-8 text of at most 1 MB. A byte order mark is dropped.
 * @param file - the path to read
 * @param shown - the same path as the person named it
 * @throws ProfileError (`unreadable`) when it is missing, a folder, a device, forbidden, too large or not UTF-8.
 */
export async function readText(file: string, shown: string): Promise<string> {
  try {
    // Asked before opening: opening a pipe would wait for a writer for ever.
    const entry = await stat(file);
    if (!entry.isFile()) throw unreadable(shown, entry.isDirectory() ? 'a folder' : 'not a regular file');
    const bytes = await readAtMost(file, largestFile + 1);
    if (bytes.length > largestFile)
      throw unreadable(shown, 'larger than 1 MB', 'Keep reasons short, or split the profile in two.');
    return decode(bytes, shown);
  } catch (error) {
    if (error instanceof ProfileError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw unreadable(shown, causes[code]?.found ?? `not readable (${code})`, causes[code]?.remedy);
  }
}

const causes: Readonly<Record<string, { found: string; remedy: string }>> = {
  ENOENT: { found: 'not there', remedy: 'Check the path; it is read from the folder you are in.' },
  ENOTDIR: { found: 'not there: a part of its path is no folder', remedy: 'Check the path.' },
  EACCES: { found: 'not readable by you', remedy: 'Give yourself read permission on it.' },
  EPERM: { found: 'not readable by you', remedy: 'Give yourself read permission on it.' },
  ELOOP: { found: 'a link that leads to itself', remedy: 'Name the file it should lead to.' },
  ENAMETOOLONG: { found: 'too long a path', remedy: 'Check the path.' },
  ERR_INVALID_ARG_VALUE: { found: 'no path: it holds a NUL character', remedy: 'Check the path.' },
};

async function readAtMost(file: string, bytes: number): Promise<Buffer> {
  const handle = await open(file);
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of handle.createReadStream({ end: bytes - 1, autoClose: false }))
      chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}

function decode(bytes: Buffer, shown: string): string {
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    return strict.decode(bytes);
  } catch {
    const line = firstBadLine(bytes);
    throw unreadable(shown, 'not UTF-8 text', 'Save it as UTF-8.', line);
  }
}

/** A line break is never part of a longer UTF-8 sequence, so lines can be judged one by one. */
function firstBadLine(bytes: Buffer): number {
  const strict = new TextDecoder('utf-8', { fatal: true });
  for (let line = 1, start = 0; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    try {
      strict.decode(bytes.subarray(start, end === -1 ? undefined : end));
    } catch {
      return line;
    }
    if (end === -1) return line;
    start = end + 1;
  }
}

function unreadable(
  shown: string,
  found: string,
  remedy = 'Name a YAML file that describes a profile.',
  line?: number,
) {
  const file = printable(shown, 200);
  return new ProfileError({
    kind: 'unreadable',
    message: `${file}${line === undefined ? '' : `:${line}`} is ${found}`,
    file,
    line,
    found,
    expected: 'a readable YAML file of at most 1 MB in UTF-8',
    remedy,
  });
}
