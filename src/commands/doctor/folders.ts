import { access, constants, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lockState } from '../../wizard/journal-lock.ts';
import { readJournal } from '../../wizard/journal.ts';
import { ProblemError } from '../../wizard/problem.ts';
import { cacheFolder, keysFolder, stateFolder } from '../folders.ts';
import type { Check, Checks } from './check.ts';

/** The folders of this program, and what earlier runs left in them. */
export async function folders(env: NodeJS.ProcessEnv): Promise<Checks[]> {
  const state = stateFolder(env);
  return [
    {
      title: 'Folders',
      checks: await Promise.all([
        folderCheck('state', state, 'private'),
        folderCheck('keys', keysFolder(env), 'private'),
        folderCheck('cache', cacheFolder(env), 'open'),
      ]),
    },
    { title: 'Earlier runs', checks: await earlier(state) },
  ];
}

/** @param kind `private`: nobody else may look into it */
async function folderCheck(name: string, folder: string, kind: 'private' | 'open'): Promise<Check> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) {
    const parent = await nearest(folder);
    if (await writable(parent)) return { name, text: `${folder}, made when it is needed` };
    return { name, text: `${folder} cannot be made`, remedy: `let yourself write in ${parent}` };
  }
  if (!found.isDirectory()) return { name, text: `${folder} is a file`, remedy: 'move it away' };
  if (!(await writable(folder)))
    return { name, text: `${folder} is not yours to write`, remedy: `chmod u+rwx ${folder}` };
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
  if (process.platform === 'win32') return { name, text: folder };
  if (kind === 'private' && (found.mode & 0o022) !== 0)
    return { name, text: `${folder} (${mode}): others may write in it`, remedy: `chmod 700 ${folder}` };
  return { name, text: `${folder} (${mode})` };
}

async function nearest(folder: string): Promise<string> {
  const parent = dirname(folder);
  const found = await stat(parent).catch(() => undefined);
  return found !== undefined || parent === folder ? parent : nearest(parent);
}

async function writable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function earlier(state: string): Promise<Check[]> {
  const names = await readdir(state, { recursive: true }).catch(() => []);
  const journals = names.filter((name) => name.endsWith('.json'));
  const read = await Promise.all(journals.map((name) => unreadable(join(state, name))));
  const locks = names.filter((name) => name.endsWith('.json.lock'));
  const held = await Promise.all(locks.map((name) => lockCheck(join(state, name))));
  const bad = read.filter((check) => check !== undefined);
  return [
    { name: 'journals', text: `${journals.length}${journals.length === bad.length ? '' : ', readable'}` },
    ...bad,
    ...(locks.length === 0 ? [{ name: 'locks', text: 'none' }] : held),
  ];
}

async function unreadable(file: string): Promise<Check | undefined> {
  try {
    const { notice } = await readJournal(file);
    return notice === undefined ? undefined : { name: 'journal', text: notice };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { what, next } = error.problem;
    return { name: 'journal', text: what, remedy: next };
  }
}

async function lockCheck(file: string): Promise<Check> {
  const by = await lockState(file);
  if (by === undefined)
    return { name: 'lock', text: `${file}, of a run that is gone; the next one takes it over` };
  return {
    name: 'lock',
    text: `${file}, held by ${by}`,
    remedy: 'wait until that run has ended; if you know that it is not there any more, add --break-lock',
  };
}
