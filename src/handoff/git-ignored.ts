import { access, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';

/**
 * Where a file stands to git: outside any work tree, ignored in one, one `git add` away from being published, or published
 * with the next commit: what git tracks already, it goes on tracking, ignored or not.
 */
export type GitStanding =
  | { kind: 'outside' }
  | { kind: 'ignored' }
  | { kind: 'exposed'; workTree: string; line: string }
  | { kind: 'tracked'; workTree: string; path: string };

/** Finds out, without asking git where there is no work tree above. A missing git counts as exposed. */
export async function gitStanding(file: string): Promise<GitStanding> {
  const folder = await nearestFolder(dirname(file));
  const workTree = await workTreeOf(folder);
  if (workTree === undefined) return { kind: 'outside' };
  // Loaded where it is needed: most keys go to a folder that git does not know.
  const { execa } = await import('execa');
  const git = execa({ cwd: folder, reject: false, stdin: 'ignore', timeout: 5000 });
  const ignored = await git('git', ['check-ignore', '--quiet', '--no-index', '--', file]);
  const inTree = join(await realpath(folder), relative(folder, dirname(file)), basename(file));
  const path = relative(workTree, inTree);
  if (ignored.exitCode !== 0) return { kind: 'exposed', workTree, line: `/${path}` };
  const tracked = await git('git', ['--literal-pathspecs', 'ls-files', '--error-unmatch', '--', file]);
  return tracked.exitCode === 0 ? { kind: 'tracked', workTree, path } : { kind: 'ignored' };
}

/** True if the file lies, or would lie, in a git work tree. Asks no git. */
export async function isInWorkTree(file: string): Promise<boolean> {
  return (await workTreeOf(await nearestFolder(dirname(file)))) !== undefined;
}

async function nearestFolder(folder: string): Promise<string> {
  return (await exists(folder)) || folder === dirname(folder) ? folder : nearestFolder(dirname(folder));
}

async function workTreeOf(folder: string): Promise<string | undefined> {
  for (let at = await realpath(folder); ; at = dirname(at)) {
    if (await exists(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
