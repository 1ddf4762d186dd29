import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { lockJournal } from './journal-lock.ts';
import { makeFolder } from './make-folder.ts';
import { ProblemError } from './problem.ts';
import type { Evidence } from './step.ts';

const Entry = z.strictObject({ at: z.iso.datetime(), evidence: z.record(z.string(), z.string()) });
const JournalFile = z.strictObject({
  v: z.literal(1),
  answers: z.record(z.string(), z.string()),
  intents: z.record(z.string(), Entry),
  receipts: z.record(z.string(), Entry),
});
type JournalData = z.infer<typeof JournalFile>;

/** What earlier runs did, for recognising stale reads and unfinished acts. Never a position, never a secret. */
export interface Journal {
  readonly answers: Readonly<Record<string, string>>;
  /** What the last finished act of this step left behind. */
  receipt(step: string): Evidence | undefined;
  /** What an act was about to do that never reported back. */
  intent(step: string): Evidence | undefined;
  /** Writes down, durably, what is about to be done; required before an act that cannot be repeated safely. */
  intend(step: string, evidence: Evidence): Promise<void>;
  /** Takes an intent back: what it was about did certainly not happen, or was undone. */
  withdraw(step: string): Promise<void>;
  /** Writes down what was done; the step's intent is settled by it. */
  record(step: string, evidence: Evidence): Promise<void>;
  answer(answers: Record<string, string>): Promise<void>;
  /** Gives up the lock. Safe to call twice. */
  close(): Promise<void>;
}

/** Opens the journal for a run that may write: one run at a time. @throws ProblemError if locked, unreadable or not a journal. */
export async function openJournal(file: string): Promise<Journal> {
  try {
    await makeFolder(dirname(file));
  } catch (error) {
    throw unusable(file, error);
  }
  const unlock = await lockJournal(`${file}.lock`);
  try {
    return journal(await read(file), (data) => write(file, data), unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Reads the journal for a run that only looks: no lock, nothing written. @throws ProblemError as openJournal. */
export async function readJournal(file: string): Promise<Journal> {
  const refuse = (): Promise<void> =>
    Promise.reject(new Error('a journal opened for reading was written to'));
  return journal(await read(file), refuse, () => Promise.resolve());
}

function journal(
  start: JournalData,
  save: (data: JournalData) => Promise<void>,
  close: () => Promise<void>,
): Journal {
  let data = start;
  // Writes go out one after another, or the later of two branches could be overtaken by the earlier.
  let queue: Promise<void> = Promise.resolve();
  const put = (change: (data: JournalData) => JournalData): Promise<void> => {
    data = change(data);
    const written = queue.then(() => save(data));
    queue = written.catch(() => undefined);
    return written;
  };
  const entry = (evidence: Evidence) => ({ at: new Date().toISOString(), evidence: { ...evidence } });
  return {
    get answers() {
      return data.answers;
    },
    receipt: (step) => data.receipts[step]?.evidence,
    intent: (step) => data.intents[step]?.evidence,
    intend: (step, evidence) =>
      put((now) => ({ ...now, intents: { ...now.intents, [step]: entry(evidence) } })),
    withdraw: (step) => put((now) => ({ ...now, intents: without(now.intents, step) })),
    record: (step, evidence) =>
      put((now) => ({
        ...now,
        intents: without(now.intents, step),
        receipts: { ...now.receipts, [step]: entry(evidence) },
      })),
    answer: (answers) => put((now) => ({ ...now, answers })),
    close: () => queue.then(close),
  };
}

function without<T>(entries: Record<string, T>, step: string): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([id]) => id !== step));
}

async function read(file: string): Promise<JournalData> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { v: 1, answers: {}, intents: {}, receipts: {} };
    throw unusable(file, error);
  }
  try {
    return JournalFile.parse(JSON.parse(text));
  } catch (error) {
    throw new ProblemError(
      {
        mover: 'person',
        what: `the journal ${file} is not one that this version can read`,
        why:
          error instanceof z.ZodError
            ? `${error.issues[0]?.path.join('.') || 'the file'}: ${error.issues[0]?.message ?? ''}`
            : `it is not JSON (${text.length} bytes); it may have been cut short or edited`,
        next: 'move it away and run again: the cloud is looked at afresh, and only the memory of a half-made key is lost',
        exit: 'blocked',
      },
      { cause: error },
    );
  }
}

async function write(file: string, data: JournalData): Promise<void> {
  try {
    await writeFileAtomic(file, `${JSON.stringify(data, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    throw unusable(file, error);
  }
}

function unusable(file: string, error: unknown): ProblemError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new ProblemError(
    {
      mover: 'person',
      what: `the journal ${file} cannot be used (${code})`,
      why: full
        ? 'the disk is full'
        : 'a run writes down what it is about to do, so that it can be taken up again',
      next: full ? 'free some space, then run again' : 'give another folder with --state-dir',
      exit: 'blocked',
    },
    { cause: error },
  );
}
