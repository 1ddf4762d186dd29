import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Where state goes: `$XDG_STATE_HOME/iamready` on Linux, and what takes its place on macOS and Windows. */
export function stateFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'iamready');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'iamready');
  return join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'iamready');
}

/** Where keys go when no place is given: `$XDG_CONFIG_HOME/iamready/keys` on Linux. */
export function keysFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32')
    return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'iamready', 'keys');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'iamready', 'keys');
  return join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'iamready', 'keys');
}

/** Where is kept what can be made again: `$XDG_CACHE_HOME/iamready` on Linux. */
export function cacheFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), 'iamready', 'cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'iamready');
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'iamready');
}

/** What tells one project's files from another's: its ID, below the host where the cloud is not Google's. */
export function projectPath(project: string, endpoint: string | undefined): string {
  // A colon may not stand in a Windows file name.
  const host = endpoint === undefined ? [] : [new URL(endpoint).host.replaceAll(':', '_')];
  return join(...host, project.replaceAll(':', '_'));
}

/** `<state>/<project>/<profile>.json`. */
export function journalFile(state: string, project: string, profile: string, endpoint?: string): string {
  return join(resolve(state), projectPath(project, endpoint), `${profile}.json`);
}
