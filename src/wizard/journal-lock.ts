import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { ProblemError } from './problem.ts';

/**
 * Takes the lock of a journal: a file that holds the process ID of its owner. A lock whose owner is gone is taken over.
 * Gives the function that lets go of it.
 * @throws ProblemError if another live process holds it, or the file cannot be made.
 */
export async function lockJournal(file: string): Promise<() => Promise<void>> {
  // Made whole under another name and then linked: a lock is never seen without its owner in it.
  const mine = `${file}.${process.pid}`;
  try {
    await writeFile(mine, String(process.pid), { mode: 0o600 });
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await linked(mine, file)) return () => rm(file, { force: true });
      const owner = await ownerOf(file);
      if (owner !== undefined && isAlive(owner)) throw heldBy(owner, file);
      await clearStale(file, owner);
    }
    throw heldBy(await ownerOf(file), file);
  } catch (error) {
    throw error instanceof ProblemError ? error : notMade(file, error);
  } finally {
    await rm(mine, { force: true });
  }
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

/** Removes a dead owner's lock, unless another run has just put its own in that place. */
async function clearStale(file: string, owner: number | undefined): Promise<void> {
  const aside = `${file}.${process.pid}.stale`;
  await rename(file, aside).catch(() => undefined);
  if ((await ownerOf(aside)) !== owner) await linked(aside, file).catch(() => false);
  await rm(aside, { force: true });
}

async function ownerOf(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function heldBy(pid: number | undefined, file: string): ProblemError {
  return new ProblemError({
    mover: 'person',
    what: `another run is at work on this project (process ${pid ?? 'unknown'})`,
    why: 'two runs at once could each make a key',
    next: `wait until it has ended; if it is not there any more, remove ${file}`,
    exit: 'blocked',
  });
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
