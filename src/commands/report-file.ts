import { readFile } from 'node:fs/promises';
import { isReport } from '../handoff/report/marker.ts';
import { ProblemError } from '../wizard/problem.ts';
import { writeWhole } from '../wizard/write-whole.ts';
import { shown } from './shown.ts';

/** Refuses a place where something else stands than a report of ours. @throws ProblemError naming it */
export async function refuseForeign(file: string, flag: string): Promise<void> {
  const found = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw notWritten(file, flag, error);
  });
  // An empty one is what a shell or mktemp leaves.
  if (found === undefined || found === '' || isReport(found)) return;
  throw new ProblemError({
    mover: 'person',
    what: `${flag}: ${shown(file)} is there already, and is no report of iamready`,
    next: 'name another file, or move that one away',
    exit: 'blocked',
  });
}

/** Writes a report whole or not at all, for its owner only. @throws ProblemError naming the place and what is wrong with it */
export async function writeReport(file: string, flag: string, text: string): Promise<void> {
  await refuseForeign(file, flag);
  await writeWhole(file, text).catch((error: unknown) => {
    throw notWritten(file, flag, error);
  });
}

function notWritten(file: string, flag: string, error: unknown): ProblemError {
  const code = codeOf(error) ?? 'unknown error';
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new ProblemError(
    {
      mover: 'person',
      what: `${flag}: ${shown(file)} cannot be written (${code})`,
      next: full ? 'free some space, then run this again' : 'name a file in a folder that is there and yours',
      exit: 'blocked',
    },
    { cause: error },
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
