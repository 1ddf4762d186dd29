import { openEnvFile } from '../handoff/env-file-read.ts';
import type { EnvFormat } from '../handoff/env-form.ts';
import { valueOf } from '../handoff/assignment.ts';
import { readAsDocker } from '../handoff/read-as-docker.ts';
import { readAsDotenv } from '../handoff/read-as-dotenv.ts';
import { CredentialsError } from '../google/credentials.ts';

/** Variables, wherever they stand. Values may be secret, and are never part of an error. */
export interface Variables {
  /** What comes after the name of one: "in .env", "of the environment". */
  place: string;
  /** What reads the file, if it is one, so that a remedy can say how to write a value. */
  format: EnvFormat | 'environment';
  read: (name: string) => string | undefined;
  names: () => readonly string[];
}

/** The variables of a process. */
export function environmentVariables(env: Readonly<Record<string, string | undefined>>): Variables {
  return {
    place: 'of the environment',
    format: 'environment',
    read: (name) => env[name],
    names: () => Object.keys(env),
  };
}

/**
 * The variables of an env file, as the npm package dotenv reads them; in a file for Docker, as Docker does.
 * @throws CredentialsError (`unreadable`) when it is not there, cannot be read or is no text
 */
export async function envFileVariables(file: string, format: EnvFormat = 'dotenv'): Promise<Variables> {
  const opened = await openEnvFile(file, false);
  if (opened.kind === 'refused') throw unreadable(file, opened.trouble.what, opened.trouble.next);
  if (opened.before === undefined)
    throw unreadable(
      file,
      `there is no file ${file}`,
      'check the path; it is read from the folder you are in',
    );
  const reading = format === 'docker' ? readAsDocker(opened.text) : readAsDotenv(opened.text);
  return {
    place: `in ${file}`,
    format,
    read: (name) => valueOf(name, reading),
    names: () => reading.found.map(({ name }) => name),
  };
}

function unreadable(place: string, message: string, remedy: string): CredentialsError {
  return new CredentialsError({ kind: 'unreadable', place, remedy, message });
}
