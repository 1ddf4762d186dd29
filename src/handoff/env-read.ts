import { valueOf } from './assignment.ts';
import type { EnvFormat } from './env-form.ts';
import { readAsDotenv } from './read-as-dotenv.ts';
import { readAsDocker } from './read-as-docker.ts';
import { readAsNode } from './read-as-node.ts';
import { readAsShell } from './read-as-shell.ts';

/**
 * What a variable of an env file comes to. `split`: its readers do not agree; undefined stands for one that finds no value,
 * or one that depends on more than the file. A value may be a secret.
 */
export type EnvValue =
  | { kind: 'absent' }
  | { kind: 'value'; value: string }
  | {
      kind: 'split';
      dotenv: string | undefined;
      node: string | undefined;
      shell: string | undefined;
    };

/**
 * Reads one variable as dotenv, Node and a shell would: of several, the last. In a file for Docker line breaks are left as
 * they are written there, `\n`.
 */
export function readEnv(text: string, name: string, format: EnvFormat = 'dotenv'): EnvValue {
  if (format === 'docker') {
    const value = valueOf(name, readAsDocker(text));
    return value === undefined ? { kind: 'absent' } : { kind: 'value', value };
  }
  const readings = { dotenv: readAsDotenv(text), node: readAsNode(text), shell: readAsShell(text) };
  if (!Object.values(readings).some(({ found }) => found.some((each) => each.name === name)))
    return { kind: 'absent' };
  const dotenv = valueOf(name, readings.dotenv);
  const node = valueOf(name, readings.node);
  const shell = valueOf(name, readings.shell);
  if (dotenv !== undefined && dotenv === node && node === shell) return { kind: 'value', value: dotenv };
  return { kind: 'split', dotenv, node, shell };
}
