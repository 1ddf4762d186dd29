import { isAbsolute, join, relative, resolve, sep } from 'node:path';

/** A path as people read it: below the current folder `./…`, below the home folder `~/…`, else whole. */
export function readablePath(path: string, { home, cwd }: { home: string; cwd: string }): string {
  const here = below(path, cwd);
  if (here !== undefined) return `.${sep}${here}`;
  const atHome = below(path, home);
  return atHome === undefined ? path : `~${sep}${atHome}`;
}

/**
 * A path as people type it, or as a terminal types it for a file that was dropped on it: spaces around it, quotes, `~`.
 * @returns an absolute path
 */
export function typedPath(text: string, { home, cwd }: { home: string; cwd: string }): string {
  const bare = text.trim().replace(/^(["'])(.*)\1$/u, '$2');
  if (bare === '~') return home;
  return /^~[/\\]/u.test(bare) ? join(home, bare.slice(2)) : resolve(cwd, bare);
}

function below(path: string, folder: string): string | undefined {
  const rest = relative(folder, path);
  return rest === '' || rest.startsWith('..') || isAbsolute(rest) ? undefined : rest;
}
