import { randomBytes } from 'node:crypto';
import { open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAlive } from './is-alive.ts';

const pattern = /\.part-(?<pid>\d+)-[0-9a-f]{12}$/;
/** Parts that this process is writing; another one of its ID may have left some, as in a container that is started again. */
const mine = new Set<string>();

/**
 * Writes a file whole or not at all, for its owner only (0600): beside its place, flushed to the disk, then renamed. Where a
 * link stands, what it leads to is replaced.
 * @throws the error of the system; then nothing is left beside it
 */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const place = await realpath(file).catch(() => file);
  await withPart(place, content, (part) => rename(part, place));
}

/** A name beside a file that nobody else has, and that tells whose it is. */
export const partOf = (file: string): string =>
  `${file}.part-${process.pid}-${randomBytes(6).toString('hex')}`;

/**
 * Writes a part, of which nothing is left afterwards unless `use` has moved it. Its name tells whose it is: what a process
 * leaves that is killed can be removed (`removeLeftBehind`).
 */
export async function withPart<T>(
  file: string,
  content: string | Uint8Array,
  use: (part: string) => Promise<T>,
): Promise<T> {
  const part = partOf(file);
  mine.add(part);
  try {
    // Never into what lies there already: somebody may have laid it there to read along.
    const handle = await open(part, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await use(part);
  } finally {
    await rm(part, { force: true }).catch(() => undefined);
    mine.delete(part);
  }
}

/** Removes what processes that are gone have left beside a file, or beside its lock. What cannot be removed stays. */
export async function removeLeftBehind(file: string): Promise<void> {
  const place = await realpath(file).catch(() => file);
  const names = await readdir(dirname(place)).catch(() => []);
  for (const name of names) {
    const pid = name.startsWith(`${basename(place)}.`) ? pattern.exec(name)?.groups?.['pid'] : undefined;
    const part = join(dirname(place), name);
    const isTheirs = Number(pid) === process.pid ? !mine.has(part) : !isAlive(Number(pid));
    if (pid !== undefined && isTheirs) await rm(part, { force: true }).catch(() => undefined);
  }
}
