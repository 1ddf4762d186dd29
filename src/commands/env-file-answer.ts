import { join, resolve } from 'node:path';
import { namesIn } from '../handoff/env-values.ts';
import type { Profile } from '../profile/profile.ts';
import type { Access, EnvFile } from '../steps/goal.ts';
import type { Journal } from '../wizard/journal.ts';
import type { RunFlags } from './run-flags.ts';
import { shown } from './shown.ts';
import { usage } from './usage.ts';
import { whatStandsAt } from './what-stands-at.ts';

/** What stands for no env file; one of that name is written `./none`. */
export const noEnvFile = 'none';

/** What is known before the env file is. */
interface About {
  flags: RunFlags;
  profile: Profile;
  /** Of the journal. */
  earlier: Journal['answers'];
  /** What a person typed in the wizard. */
  typed: string | undefined;
  keyFile: string;
  access: Access;
}

/**
 * The env file that gets the key besides its own file: what was typed, else what the flag says, else what an earlier run was
 * told. Undefined where none was chosen.
 * @throws ProblemError where there is no key to put into one, the profile names no variables for one, or it cannot be a file
 */
export function envFileAnswer(about: About): EnvFile | undefined {
  const { flags, profile, earlier, typed, keyFile, access } = about;
  const given = typed ?? flags.envFile;
  const format = flags.envFormat ?? (earlier['envFormat'] === 'docker' ? 'docker' : 'dotenv');
  const names = namesIn(profile.env).length > 0;
  if (access.kind !== 'key') {
    if (flags.envFile === undefined || flags.envFile === noEnvFile) return undefined;
    throw usage(
      '--env: without a key there is nothing to put into one',
      'go without it, or give --keyless=none',
    );
  }
  if (given === undefined) {
    const before = earlier['envFile'];
    if (before !== undefined && names) return { path: before, format, source: 'you chose it before' };
    if (flags.envFormat === undefined) return undefined;
    throw usage(
      '--env-format: it says how an env file is written, and there is none',
      'name the file, too: --env=.env',
    );
  }
  if (given === noEnvFile) return undefined;
  const wrong = names ? wrongEnvFile(given, keyFile) : undefined;
  if (wrong !== undefined) throw usage(`--env: ${wrong.what}`, wrong.next);
  if (!names)
    throw usage(
      `--env: the profile ${profile.name} names no variables to put into one`,
      'go without it; or name variables in the profile, under env',
    );
  return {
    path: resolve(given),
    format,
    source: typed === undefined ? 'you gave --env' : 'you typed it',
  };
}

/** Why a path does not do for an env file, as far as that shows without reading it. */
export function wrongEnvFile(path: string, keyFile: string): { what: string; next: string } | undefined {
  const file = resolve(path);
  const found = whatStandsAt(file);
  if (path.trim() === '' || /[/\\]$/u.test(path) || found === 'a folder')
    return {
      what: `${shown(path)} is a folder, and variables go into a file`,
      next: `name the file in it: --env=${join(file, '.env')}`,
    };
  if (found === 'something else')
    return { what: `${shown(path)} is no regular file`, next: 'name a file: --env=./.env' };
  if (file === keyFile)
    return {
      what: `${shown(path)} is the key file, which holds the key alone`,
      next: 'name another file: --env=./.env',
    };
  return undefined;
}

/** What the journal remembers of it. */
export function rememberedEnvFile(envFile: EnvFile | undefined): Record<string, string> {
  return envFile === undefined ? {} : { envFile: envFile.path, envFormat: envFile.format };
}
