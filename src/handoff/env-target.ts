import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { EnvTrouble } from './env-trouble.ts';
import { gitStanding } from './git-ignored.ts';

/** The folder of an env file is not there. */
export class MissingFolder extends Error {
  readonly code = 'ENOENT';
  readonly folder: string;

  constructor(folder: string) {
    super('no such folder');
    this.folder = folder;
  }
}

/**
 * Where an env file really lies: links are followed, also one that leads to a file that is not there yet.
 * @throws MissingFolder, or another error of the system
 */
export async function targetOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  const folder = dirname(resolve(file));
  const real = await realpath(folder).catch((error: unknown) => {
    throw codeOf(error) === 'ENOENT' ? new MissingFolder(folder) : error;
  });
  const place = join(real, basename(file));
  const isLink = await lstat(place).then(
    (entry) => entry.isSymbolicLink(),
    () => false,
  );
  return isLink ? targetOf(resolve(dirname(place), await readlink(place))) : place;
}

/**
 * Why a place does not do for an env file: something else stands there; or, for one that is to hold a private key, git would
 * publish it. Undefined if it does.
 * @throws the error of the system
 */
export async function troubleAt(target: string, forKey: boolean): Promise<EnvTrouble | undefined> {
  const found = await kindOf(target);
  if (found !== 'absent' && found !== 'file')
    return { kind: 'not-a-file', what: `it is ${found}`, next: 'give the path of a file' };
  if (!forKey) return undefined;
  const git = await gitStanding(target);
  if (git.kind === 'exposed')
    return {
      kind: 'exposed',
      what: 'it would be one "git add" away from being published',
      why: `it lies in the git work tree ${git.workTree}, which does not ignore it`,
      next: `add this line to ${git.workTree}/.gitignore: ${git.line}`,
    };
  if (git.kind === 'tracked')
    return {
      kind: 'tracked',
      what: 'it would be published with the next commit',
      why: `git tracks it in ${git.workTree}, although it is ignored`,
      next: `take it out of git, which leaves the file: git rm --cached ${git.path}`,
    };
  return undefined;
}

async function kindOf(target: string): Promise<string> {
  try {
    const entry = await stat(target);
    if (entry.isFile()) return 'file';
    return entry.isDirectory() ? 'a directory' : 'a device or a pipe';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'absent';
    throw error;
  }
}

/** The code of a system's error, such as EACCES; undefined for any other. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
