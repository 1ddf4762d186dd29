import type { Reading } from './assignment.ts';
import type { EnvFormat } from './env-form.ts';
import { readAsDocker } from './read-as-docker.ts';
import { readAsDotenv } from './read-as-dotenv.ts';
import { readAsNode } from './read-as-node.ts';
import { readAsShell } from './read-as-shell.ts';

const readers = { dotenv: [readAsShell, readAsDotenv, readAsNode], docker: [readAsDocker] } as const;

/** What each reader of a format makes of a text. The shell comes first, since it alone finds what is left open. */
export function* readAs(format: EnvFormat, text: string): Generator<Reading> {
  for (const read of readers[format]) yield read(text);
}
