import { openEnvFile, refused, systemTrouble } from './env-file-read.ts';
import { Changed, keepsChanging, putText, removeAsRead } from './env-file-write.ts';
import type { EnvFormat } from './env-form.ts';
import { removeEnv } from './env-remove.ts';
import type { EnvTrouble } from './env-trouble.ts';

interface Options {
  format?: EnvFormat;
  /** The file goes, too, if nothing but blanks is left in it. */
  whenEmpty?: 'keep' | 'remove';
}

/**
 * Takes variables out of an env file, by `removeEnv`: whole or not at all. A file that is not there has none. Its rights stay.
 * @returns the variables that stood in it
 * @throws only what is a bug of ours; what is wrong with the file comes as `refused`
 */
export async function removeFromEnvFile(
  file: string,
  names: readonly string[],
  { format = 'dotenv', whenEmpty = 'keep' }: Options = {},
): Promise<{ kind: 'done'; removed: readonly string[] } | { kind: 'refused'; trouble: EnvTrouble }> {
  for (let attempt = 0; attempt < 2; attempt++) {
    const opened = await openEnvFile(file, false);
    if (opened.kind === 'refused') return opened;
    const { target, before, text } = opened;
    if (before === undefined) return { kind: 'done', removed: [] };
    const removal = removeEnv(text, names, format);
    if (removal.kind === 'refused') return refused(file, removal.trouble);
    const { removed } = removal;
    try {
      const goes = whenEmpty === 'remove' && removal.text.trim() === '';
      // In one move: of one that is emptied first, nobody would know that it was made for this.
      if (goes) await removeAsRead(target, before);
      else if (removed.length > 0) await putText(target, removal.text, { before, mode: before.mode & 0o777 });
      return { kind: 'done', removed };
    } catch (error) {
      if (!(error instanceof Changed)) return refused(file, systemTrouble(error));
    }
  }
  return refused(file, keepsChanging);
}
