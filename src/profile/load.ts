import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { catalogFolder } from './catalog-folder.ts';
import { isAddress } from './fetch-profile.ts';
import { nearest } from './nearest.ts';
import { printable } from './printable.ts';
import { ProfileError } from './profile-error.ts';
import type { Profile } from './profile.ts';
import { readText } from './read-text.ts';

const ending = /\.ya?ml$/iu;

/**
 * Loads and checks a profile.
 * @param nameOrPath - the name of a built-in profile, or a path: what contains a slash or ends in .yaml or .yml.
 *   Only files that end so are ever opened, so no other file of the machine can be read through a name.
 * @throws ProfileError when there is no such profile, or it cannot be read, or is not valid.
 */
export async function loadProfile(nameOrPath: string): Promise<Profile> {
  return (await findProfile(nameOrPath))();
}

/**
 * Finds a profile, and gives what loads it: whoever has something to wait for meanwhile can start that in between.
 * @throws ProfileError when there is no built-in profile of that name; all else is told on loading.
 */
export async function findProfile(nameOrPath: string): Promise<() => Promise<Profile>> {
  if (isAddress(nameOrPath)) throw anAddress(nameOrPath);
  if (ending.test(nameOrPath)) return () => load(nameOrPath, nameOrPath);
  if (/[/\\]/u.test(nameOrPath)) throw notYaml(nameOrPath);
  const names = await builtInNames();
  if (!names.includes(nameOrPath)) throw unknown(nameOrPath, names);
  return () => loadBuiltIn(nameOrPath);
}

/**
 * All built-in profiles: what most people come for, then the others by name, and last what is not supported any more.
 * @throws ProfileError as `loadProfile`.
 */
export async function listProfiles(): Promise<Profile[]> {
  const profiles = await Promise.all((await builtInNames()).map(loadBuiltIn));
  const rank = ({ name, status }: Profile): number =>
    status.stage === 'deprecated' ? 2 : name === 'remotion-cloudrun' ? 0 : 1;
  return profiles.toSorted((a, b) => rank(a) - rank(b));
}

const folder = () => path.join(catalogFolder(), 'profiles');

async function builtInNames(): Promise<string[]> {
  const files = await readdir(folder());
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

function loadBuiltIn(name: string): Promise<Profile> {
  const file = path.join(folder(), `${name}.yaml`);
  return load(file, file, true);
}

async function load(file: string, shown: string, isOurs = false): Promise<Profile> {
  // YAML and zod cost more to load than the file to read; whoever imports this module may never get here.
  const reading = readText(file, shown);
  const [text, { readProfile }] = await Promise.all([reading, import('./read-profile.ts')]);
  return readProfile(text, shown, isOurs);
}

function unknown(name: string, names: readonly string[]): ProfileError {
  const meant = nearest(name, names);
  const known = names.join(', ');
  return new ProfileError({
    kind: 'unknown',
    message: `there is no profile "${printable(name)}"; known: ${known}`,
    found: `"${printable(name)}"`,
    expected: `one of ${known}, or the path of a .yaml file`,
    remedy: meant === undefined ? `Choose one of ${known}.` : `Write "${meant}" if that was meant.`,
  });
}

function anAddress(given: string): ProfileError {
  const file = printable(given, 200);
  return new ProfileError({
    kind: 'unreadable',
    message: `${file} is an address, and only a file of this machine is read here`,
    file,
    found: `"${file}"`,
    expected: 'a built-in name, or a path that ends in .yaml or .yml',
    remedy: 'Give it to a command, which shows and keeps it: iamready --profile=ADDRESS.',
  });
}

function notYaml(given: string): ProfileError {
  const file = printable(given, 200);
  return new ProfileError({
    kind: 'unreadable',
    message: `${file} does not end in .yaml or .yml, so it was not read as a profile`,
    file,
    found: `"${file}"`,
    expected: 'a built-in name, or a path that ends in .yaml or .yml',
    remedy: 'Name the YAML file of the profile.',
  });
}
