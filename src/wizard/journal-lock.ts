import { link, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import * as z from 'zod';
import { isAlive } from './is-alive.ts';
import { ProblemError } from './problem.ts';
import { partOf, withPart } from './write-whole.ts';

const Lock = z.object({ pid: z.int().positive(), host: z.string(), at: z.iso.datetime() });
/** Who holds a lock, and since when. */
type Owner = z.infer<typeof Lock>;

/** What stands in the locks that this process holds. */
const held = new Set<string>();

/**
 * Takes the lock of a journal: a file that names its owner. A lock whose owner is gone from this machine is taken over.
 * Gives the function that lets go of it.
 * @param breakIt takes over any lock, whoever seems to hold it
 * @throws ProblemError if a live process or another machine holds it, or the file cannot be made.
 */
export async function lockJournal(file: string, breakIt = false): Promise<() => Promise<void>> {
  const owner: Owner = { pid: process.pid, host: hostname(), at: new Date().toISOString() };
  const text = JSON.stringify(owner);
  try {
    // Made whole under another name and then linked: a lock is never seen without its owner in it.
    await withPart(file, text, async (mine) => {
      for (let attempt = 0; attempt < 5; attempt++) {
        if (await linked(mine, file)) return;
        const found = await readLock(file);
        if (!breakIt && mayLive(found)) throw heldBy(found.owner);
        await clearStale(file, found.text);
      }
      throw heldBy((await readLock(file)).owner);
    });
  } catch (error) {
    throw error instanceof ProblemError ? error : notMade(file, error);
  }
  held.add(text);
  return async () => {
    await letGo(file, text);
    held.delete(text);
  };
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** A lock that somebody broke meanwhile is theirs, and stays. */
async function letGo(file: string, mine: string): Promise<void> {
  if ((await readLock(file)).text === mine) await rm(file, { force: true });
}

/** Removes a dead owner's lock, unless another run has just put its own in that place. */
async function clearStale(file: string, text: string): Promise<void> {
  const aside = partOf(file);
  await rename(file, aside).catch(() => undefined);
  if ((await readLock(aside)).text !== text) await linked(aside, file).catch(() => false);
  await rm(aside, { force: true });
}

async function readLock(file: string): Promise<{ text: string; owner?: Owner }> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return { text, owner: Lock.parse(JSON.parse(text)) };
  } catch {
    return { text };
  }
}

/** Of another machine's processes nothing can be known. Our own ID may have been another's, as in a container begun again. */
function mayLive({ owner, text }: Awaited<ReturnType<typeof readLock>>): boolean {
  if (owner === undefined) return false;
  if (owner.host !== hostname()) return true;
  return owner.pid === process.pid ? held.has(text) : isAlive(owner.pid);
}

/** Who holds a lock, for print; nothing where its owner is gone, or there is none. Takes nothing over. */
export async function lockState(file: string): Promise<string | undefined> {
  const found = await readLock(file);
  return mayLive(found) ? wordsFor(found.owner) : undefined;
}

function wordsFor(owner: Owner | undefined): string {
  if (owner === undefined) return 'an unknown process';
  const elsewhere = owner.host === hostname() ? '' : ` on ${owner.host}`;
  return `process ${owner.pid}${elsewhere}, since ${owner.at} (${ageOf(owner)})`;
}

function heldBy(owner: Owner | undefined): ProblemError {
  return new ProblemError({
    mover: 'person',
    what: `another run is at work on this project: ${wordsFor(owner)}`,
    why: 'two runs at once could each make a key',
    next: 'wait until it has ended; if you know that it is not there any more, add --break-lock',
    exit: 'blocked',
  });
}

function ageOf({ at }: Owner): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(at)) / 1000));
  if (seconds < 120) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}

function notMade(file: string, cause: unknown): ProblemError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  return new ProblemError(
    {
      mover: 'person',
      what: `the lock ${file} cannot be made (${code})`,
      why: code === 'ENOSPC' ? 'the disk is full' : undefined,
      next: code === 'ENOSPC' ? 'free some space, then run again' : 'give another folder with --state-dir',
      exit: 'blocked',
    },
    { cause },
  );
}
