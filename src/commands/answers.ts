import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Profile } from '../profile/profile.ts';
import type { Answer, Answers } from '../steps/goal.ts';
import { keysFolder, projectPath } from './folders.ts';
import type { RunFlags } from './run-flags.ts';
import { unanswered, usage } from './usage.ts';

// Resource Manager: 6 to 30 lower-case letters, digits and hyphens; old ones carry a domain before a colon.
const projectId = /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
// IAM: custom role IDs, and the first part of a service account's email.
const roleId = /^[a-zA-Z0-9_.]{3,64}$/;
const accountId = /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/;

/** The project that a run is for. @throws ProblemError if none was given, or it cannot be a project ID. */
export function projectAnswer({ project }: RunFlags): string {
  if (project === undefined)
    throw unanswered('which project?', 'name it: --project=ID (gcloud projects list shows what you have)');
  if (!projectId.test(project))
    throw usage(
      `--project: ${shown(project)} is not a project ID`,
      'a project ID has 6 to 30 lower-case letters, digits and hyphens, and begins with a letter: --project=my-project',
    );
  return project;
}

/** All answers, from the flags and the profile. @throws ProblemError for one that Google would refuse. */
export function answersFrom(flags: RunFlags, profile: Profile, endpoint: string | undefined): Answers {
  const project = projectAnswer(flags);
  const asked = 'asked by the profile';
  const role =
    flags.roleId === undefined
      ? { value: profile.role.id, source: asked }
      : { value: flags.roleId, source: 'you gave --role-id' };
  const account =
    flags.accountId === undefined
      ? { value: profile.account.id, source: asked }
      : { value: flags.accountId, source: 'you gave --account-id' };
  if (!roleId.test(role.value))
    throw usage(
      `--role-id: ${shown(role.value)} cannot be a role ID`,
      'use 3 to 64 letters, digits, dots and underscores: --role-id=RemotionSA2',
    );
  if (!accountId.test(account.value))
    throw usage(
      `--account-id: ${shown(account.value)} cannot be an account ID`,
      'use 6 to 30 lower-case letters, digits and hyphens, beginning with a letter: --account-id=remotion-sa2',
    );
  const keyFile = keyFileAnswer(
    flags,
    join(keysFolder(process.env), projectPath(project, endpoint), `${account.value}.json`),
  );
  return { project, roleId: role, accountId: account, keyFile };
}

function keyFileAnswer({ keyFile }: RunFlags, usual: string): Answer {
  if (keyFile === undefined) return { value: usual, source: 'the usual place' };
  const file = resolve(keyFile);
  const found = whatStandsAt(file);
  if (keyFile === '' || /[/\\]$/.test(keyFile) || found === 'a folder')
    throw usage(
      `--key-file: ${shown(keyFile)} is a folder, and a key goes into a file`,
      `name the file in it: --key-file=${join(file, basename(usual))}`,
    );
  if (found === 'something else')
    throw usage(`--key-file: ${shown(keyFile)} is no regular file`, 'name a file: --key-file=./key.json');
  return { value: file, source: 'you gave --key-file' };
}

/** Looked at before anything else is: a device or a pipe would be read without end. What cannot be seen is told later. */
function whatStandsAt(file: string): 'nothing' | 'a file' | 'a folder' | 'something else' {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return 'nothing';
    if (found.isDirectory()) return 'a folder';
    return found.isFile() ? 'a file' : 'something else';
  } catch {
    return 'nothing';
  }
}

/** A value as it may be shown: within reason, and told from the words around it. */
export function shown(value: string): string {
  const short = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return JSON.stringify(short);
}
