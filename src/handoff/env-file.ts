import { chmod } from 'node:fs/promises';
import { openEnvFile, refused, systemTrouble, type Standing } from './env-file-read.ts';
import { Changed, keepsChanging, putText } from './env-file-write.ts';
import type { EnvFormat } from './env-form.ts';
import { mergeEnv } from './env-merge.ts';
import type { EnvNote } from './env-note.ts';
import type { EnvTrouble } from './env-trouble.ts';

/** What is done to an env file, or would be. Holds no value. */
export interface EnvOutcome {
  kind: 'done';
  /** Where the file lies, links followed. */
  file: string;
  /** It was not there before. */
  made: boolean;
  /** Its text is another one than before. */
  changed: boolean;
  /** Others had a right to it, and lose it: it holds a private key. */
  closed: boolean;
  added: readonly string[];
  replaced: readonly string[];
  notes: readonly EnvNote[];
}

type Refused = { kind: 'refused'; trouble: EnvTrouble };
type Values = Readonly<Record<string, string>>;
interface Options {
  format?: EnvFormat;
}

interface Plan {
  kind: 'planned';
  outcome: EnvOutcome;
  before: Standing;
  text: string;
}

/**
 * What `writeEnvFile` would do, with nothing written: a file in sync is neither `made`, `changed` nor `closed`.
 * @throws only what is a bug of ours
 */
export async function seeEnvFile(
  file: string,
  values: Values,
  options: Options = {},
): Promise<EnvOutcome | Refused> {
  const plan = await planFor(file, values, options);
  return plan.kind === 'refused' ? plan : plan.outcome;
}

/**
 * Puts variables into an env file, by `mergeEnv`: whole or not at all. A new file is for its owner only (0600). One that is
 * there keeps its owner's rights; others lose theirs if it holds a private key now, and git must not be about to publish it.
 * A link stays a link. If somebody changes the file at the same moment, it is read and merged once more.
 * @throws only what is a bug of ours; what is wrong with the place, the file or the values comes as `refused`
 */
export async function writeEnvFile(
  file: string,
  values: Values,
  options: Options = {},
): Promise<EnvOutcome | Refused> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const plan = await planFor(file, values, options);
    if (plan.kind === 'refused') return plan;
    try {
      await carryOut(plan);
      return plan.outcome;
    } catch (error) {
      if (!(error instanceof Changed)) return refused(file, systemTrouble(error));
    }
  }
  return refused(file, keepsChanging);
}

async function planFor(
  file: string,
  values: Values,
  { format = 'dotenv' }: Options,
): Promise<Plan | Refused> {
  const holdsKey = Object.values(values).some((value) => value.includes('PRIVATE KEY-----'));
  const opened = await openEnvFile(file, holdsKey);
  if (opened.kind === 'refused') return opened;
  const { target, before, text: was } = opened;
  const merge = mergeEnv(was, values, format);
  if (merge.kind === 'refused') return refused(file, merge.trouble);
  const { changed, added, replaced, notes, text } = merge;
  // Windows keeps access lists instead of these bits.
  const isOpen = before !== undefined && process.platform !== 'win32' && (before.mode & 0o077) !== 0;
  const made = before === undefined;
  const outcome: EnvOutcome = {
    kind: 'done',
    file: target,
    ...{ made, changed, closed: holdsKey && isOpen, added, replaced, notes },
  };
  return { kind: 'planned', outcome, before, text };
}

/** @throws Changed if the file is another one by now; else the error of the system */
async function carryOut({ outcome, before, text }: Plan): Promise<void> {
  const { file, changed, closed } = outcome;
  const mode = before === undefined ? 0o600 : before.mode & (closed ? 0o700 : 0o777);
  if (changed) await putText(file, text, { before, mode });
  else if (closed) await chmod(file, mode);
}
