import type { Command } from 'commander';
import { listProfiles } from '../profile/load.ts';
import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import { specOf } from './completion/spec.ts';
import { zshScript } from './completion/zsh.ts';

/** The shells there are scripts for. */
export type Shell = 'bash' | 'zsh' | 'fish';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** The embedded cloud's own worlds. */
const worlds = ['default', 'repair', 'blocked'];

/**
 * The script that completes commands, flags and their values in a shell: made from the command line itself, whole, so that a
 * press of Tab starts nothing. It is made again after an update.
 */
export async function completion(shell: Shell, root: Command): Promise<string> {
  const profiles = (await listProfiles()).map(({ name }) => name);
  return scripts[shell](specOf(root, 'wizard', { profiles, worlds }));
}
