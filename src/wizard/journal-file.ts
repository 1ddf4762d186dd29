import { readFile, rename } from 'node:fs/promises';
import * as z from 'zod';
import { ProblemError } from './problem.ts';
import { writeWhole } from './write-whole.ts';

/** The version that this program writes. */
const VERSION = 2;

const Evidence = z.record(z.string(), z.string());
const Made = z.strictObject({ what: z.string(), did: z.string(), name: z.string(), evidence: Evidence });
const at = z.iso.datetime();
/** Who ran it, as Google knows them; absent where nobody tells, and in journals that were begun before it was kept. */
const by = z.string().optional();
const Receipt = z.strictObject({ at, by, evidence: Evidence });

const Entry = z.strictObject({ step: z.string(), at, by, ...Made.shape });

const Version1 = z.strictObject({
  v: z.literal(1),
  answers: Evidence,
  intents: z.record(z.string(), Receipt),
  receipts: z.record(z.string(), Receipt),
});

const Version2 = z.strictObject({
  v: z.literal(VERSION),
  answers: Evidence,
  intents: z.record(z.string(), z.strictObject({ at, by, evidence: Evidence, making: z.array(Made) })),
  receipts: z.record(z.string(), Receipt),
  made: z.array(Entry),
  /** What was made and is not there any more, or not ours any more: when that was known, and by whose run. */
  gone: z.array(z.strictObject({ ...Entry.shape, gone: at, goneBy: by })).optional(),
  /** Steps that acted under version 1, which did not tell what they made. */
  untold: z.array(z.string()).optional(),
});

/** All that a journal holds. */
export type JournalData = z.infer<typeof Version2>;

/** A journal of a project that nobody has begun with. */
export const emptyJournal: JournalData = { v: VERSION, answers: {}, intents: {}, receipts: {}, made: [] };

/** What was read, and what to tell of a file that could not be. */
export interface ReadJournal {
  data: JournalData;
  notice?: string;
}

/**
 * Reads a journal of this version or an older one. One that is cut short or is none counts for empty: the cloud is looked at
 * afresh in any case.
 * @param setAside moves such a file out of the way, so that nothing of it is lost
 * @throws ProblemError if it cannot be read, or is of a newer version
 */
export async function readJournalFile(file: string, setAside: boolean): Promise<ReadJournal> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { data: emptyJournal };
    throw unusable(file, error);
  }
  const json = asJson(text);
  const version = z.object({ v: z.int().min(VERSION + 1) }).safeParse(json);
  if (version.success) throw newer(file, version.data.v);
  const read = z.union([Version2, Version1]).safeParse(json);
  if (read.success) return { data: migrated(read.data) };
  const why = json === undefined ? `it is not JSON (${text.length} bytes)` : 'it is not of the form of one';
  const found = `the journal ${file} cannot be read: ${why}`;
  const so = 'what earlier runs made is not remembered, and the cloud is looked at afresh';
  if (!setAside) return { data: emptyJournal, notice: `${found}; ${so}` };
  const aside = `${file}.unreadable-${new Date().toISOString().replaceAll(':', '')}`;
  await rename(file, aside).catch((error: unknown) => {
    throw unusable(file, error);
  });
  return { data: emptyJournal, notice: `${found}; it was moved to ${aside}; ${so}` };
}

/** Writes it whole, durably, and for its owner only. @throws ProblemError naming the file and the cause */
export async function writeJournalFile(file: string, data: JournalData): Promise<void> {
  try {
    await writeWhole(file, `${JSON.stringify(data, null, 2)}\n`);
  } catch (error) {
    throw unusable(file, error);
  }
}

/** What version 1 made cannot be told from what it found, so nothing of it is claimed. */
function migrated(data: JournalData | z.infer<typeof Version1>): JournalData {
  if (data.v === VERSION) return data;
  const intents: JournalData['intents'] = {};
  for (const [step, intent] of Object.entries(data.intents)) intents[step] = { ...intent, making: [] };
  const untold = [...new Set([...Object.keys(data.receipts), ...Object.keys(data.intents)])];
  return { ...data, v: VERSION, intents, made: [], untold };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function newer(file: string, version: number): ProblemError {
  return new ProblemError({
    mover: 'person',
    what: `the journal ${file} was written by a newer version of iamready (format ${version}; this one knows ${VERSION})`,
    why: 'what it remembers would be lost',
    next: 'install the newer version: npm install --global iamready@latest',
    exit: 'blocked',
  });
}

/** The problem of a journal that the file system does not let us use. */
export function unusable(file: string, error: unknown): ProblemError {
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
