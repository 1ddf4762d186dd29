import { dirname } from 'node:path';
import {
  readJournalFile,
  unusable,
  writeJournalFile,
  type JournalData,
  type ReadJournal,
} from './journal-file.ts';
import { lockJournal } from './journal-lock.ts';
import { makeFolder } from './make-folder.ts';
import type { Evidence, Made } from './step.ts';
import { removeLeftBehind } from './write-whole.ts';

/** Something that a run made or changed, when, and in which step. */
export type MadeEntry = Readonly<JournalData['made'][number]>;

/** Something that a run made and that is gone by now: since when that is known, and who ran what found it or took it away. */
export type GoneEntry = Readonly<NonNullable<JournalData['gone']>[number]>;

/** So many are remembered of what is gone: nothing hangs on it but what people read. */
const mostGone = 500;

/** What an act was about to do that never reported back. */
export interface Intent {
  /** When it was written down, by the clock of this machine. */
  at: string;
  evidence: Evidence;
  making: readonly Made[];
}

/** What earlier runs did, for recognising stale reads, unfinished acts, and what to take back. Never a position, never a secret. */
export interface Journal {
  readonly answers: Readonly<Record<string, string>>;
  /** All that runs made and that was not taken back, the oldest first. */
  readonly made: readonly MadeEntry[];
  /** What runs made and that is gone by now, in the order in which it went. */
  readonly gone: readonly GoneEntry[];
  /** Steps that were about to act and never reported back. */
  readonly intended: readonly string[];
  /** Steps that acted before a journal told what they made: an older version wrote it. */
  readonly untold: readonly string[];
  /** False for one that was opened only to be read. */
  readonly writable: boolean;
  /** What to tell of a journal that could not be read, and was set aside. */
  readonly notice?: string;
  /** Everything that is written from now on was done by them: an e-mail address. Writes nothing by itself. */
  sign(by: string): void;
  /** What the last finished act of this step left behind. */
  receipt(step: string): Evidence | undefined;
  /** What an act was about to do that never reported back. */
  intent(step: string): Intent | undefined;
  /** Writes down, durably, what is about to be done; required before an act that cannot be repeated safely. */
  intend(step: string, evidence: Evidence, making?: readonly Made[]): Promise<void>;
  /** Takes an intent back: what it was about did certainly not happen, or was undone. */
  withdraw(step: string): Promise<void>;
  /** Writes down what was done and made; the step's intent is settled by it. */
  record(step: string, evidence: Evidence, made?: readonly Made[]): Promise<void>;
  /**
   * Writes down that something is not there any more, or is not ours any more: entries of `made`, or of what an intent was
   * making. @param steps whose acts are undone by that: their receipts are not true any more
   */
  forget(entries: readonly Made[], steps?: readonly string[]): Promise<void>;
  answer(answers: Record<string, string>): Promise<void>;
  /** Gives up the lock. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens the journal for a run that may write: one run at a time. One that cannot be read is set aside, and told of.
 * @param breakLock takes it even if another run seems to hold it
 * @throws ProblemError if it is locked, cannot be used, or is of a newer version.
 */
export async function openJournal(file: string, { breakLock = false } = {}): Promise<Journal> {
  try {
    await makeFolder(dirname(file));
  } catch (error) {
    throw unusable(file, error);
  }
  const unlock = await lockJournal(`${file}.lock`, breakLock);
  try {
    await removeLeftBehind(file);
    const read = await readJournalFile(file, true);
    return journal(read, (data) => writeJournalFile(file, data), unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Reads the journal for a run that only looks: no lock, nothing written, nothing moved. @throws ProblemError as openJournal. */
export async function readJournal(file: string): Promise<Journal> {
  return journal(await readJournalFile(file, false));
}

function journal(
  { data: start, notice }: ReadJournal,
  save?: (data: JournalData) => Promise<void>,
  close: () => Promise<void> = () => Promise.resolve(),
): Journal {
  let data = start;
  let signature: { by?: string } = {};
  // Writes go out one after another, or the later of two branches could be overtaken by the earlier.
  let queue: Promise<void> = Promise.resolve();
  const put = (change: (data: JournalData) => JournalData): Promise<void> => {
    if (save === undefined) return Promise.reject(new Error('a journal opened for reading was written to'));
    data = change(data);
    const written = queue.then(() => save(data));
    queue = written.catch(() => undefined);
    return written;
  };
  const entry = (evidence: Evidence) => ({
    ...{ at: new Date().toISOString(), ...signature },
    evidence: { ...evidence },
  });
  const copies = (made: readonly Made[]) => made.map((each) => ({ ...each, evidence: { ...each.evidence } }));
  return {
    get answers() {
      return data.answers;
    },
    get made() {
      return data.made;
    },
    get gone() {
      return data.gone ?? [];
    },
    get intended() {
      return Object.keys(data.intents);
    },
    get untold() {
      return data.untold ?? [];
    },
    writable: save !== undefined,
    ...(notice !== undefined && { notice }),
    sign(by) {
      signature = { by };
    },
    receipt: (step) => data.receipts[step]?.evidence,
    intent: (step) => data.intents[step],
    intend: (step, evidence, making = []) =>
      put((now) => ({
        ...now,
        intents: { ...now.intents, [step]: { ...entry(evidence), making: copies(making) } },
      })),
    withdraw: (step) => put((now) => ({ ...now, intents: without(now.intents, step) })),
    record: (step, evidence, made = []) =>
      put((now) => {
        const receipt = entry(evidence);
        const added = copies(made).map((each) => ({ step, at: receipt.at, ...signature, ...each }));
        return {
          ...now,
          intents: without(now.intents, step),
          receipts: { ...now.receipts, [step]: receipt },
          made: [...now.made.filter((old) => !added.some((each) => replaces(each, old))), ...added],
        };
      }),
    forget: (entries, steps = []) =>
      put((now) => {
        const intents = Object.entries(now.intents).flatMap(([step, intent]) => {
          const making = intent.making.filter((each) => !entries.includes(each));
          return making.length === 0 && intent.making.length > 0
            ? []
            : [[step, { ...intent, making }] as const];
        });
        const at = new Date().toISOString();
        const gone = now.made
          .filter((each) => entries.includes(each))
          .map((each) => ({
            ...each,
            gone: at,
            ...(signature.by !== undefined && { goneBy: signature.by }),
          }));
        return {
          ...now,
          ...(gone.length > 0 && { gone: [...(now.gone ?? []), ...gone].slice(-mostGone) }),
          made: now.made.filter((each) => !entries.includes(each)),
          intents: Object.fromEntries(intents),
          receipts: steps.reduce(without, now.receipts),
        };
      }),
    answer: (answers) => put((now) => ({ ...now, answers })),
    close: () => queue.then(close),
  };
}

/** What was created under a name that we knew is another thing: the earlier one is gone, and all that was done to it. */
function replaces(made: Made, old: Made): boolean {
  return made.did === 'created' && made.what === old.what && made.name === old.name;
}

function without<T>(entries: Record<string, T>, step: string): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([id]) => id !== step));
}
