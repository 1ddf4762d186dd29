import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Handover } from '../../handoff/export/handover.ts';
import { writeWhole } from '../../wizard/write-whole.ts';
import { shown } from '../shown.ts';
import { usage } from '../usage.ts';
import { whatStandsAt } from '../what-stands-at.ts';

/**
 * Writes an export into a file, whole or not at all. One that this command wrote before is replaced; anything else only
 * where `force` says so.
 * @throws ProblemError where something else stands there, or it cannot be written
 */
export async function writeOut(path: string, text: string, force: boolean): Promise<void> {
  const file = resolve(path);
  const found = whatStandsAt(file);
  if (path === '' || /[/\\]$/u.test(path) || found === 'a folder')
    throw usage(`--out: ${shown(path)} is a folder`, 'name a file in it');
  if (found === 'something else') throw usage(`--out: ${shown(path)} is no regular file`, 'name a file');
  try {
    if (found === 'a file' && !force && !isOurs(await readFile(file, 'utf8')))
      throw usage(
        `--out: ${shown(path)} is there, and was not written by iamready export`,
        'name another file, or add --force to replace it',
      );
    await writeWhole(file, text);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw usage(
      `--out: ${shown(path)} cannot be written (${String(error.code)})`,
      'name a file in a folder that is there and yours',
    );
  }
}

/** Each format says so in its first lines; JSON, which knows no comments, by its form. */
function isOurs(text: string): boolean {
  if (/; written by iamready export [a-z-]+\.$/mu.test(text.slice(0, 1000))) return true;
  try {
    return Handover.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
