import { createHash } from 'node:crypto';
import type { EnvFormat } from '../handoff/env-form.ts';
import type { EnvOutcome } from '../handoff/env-file.ts';
import { envValues, factsOfKey } from '../handoff/env-values.ts';
import type { EnvNames } from '../profile/profile.ts';
import type { LocalKey } from './key-file.ts';
import type { WantedKey } from './key-wanted.ts';

/** Which variables of which env file are to hold what the key file holds. */
export interface WantedEnv {
  key: WantedKey;
  /** Absolute path of the env file. */
  file: string;
  format: EnvFormat;
  source: string;
  names: EnvNames;
}

/** What stands in the env file, held against the key file. Holds no value. */
export interface SeenEnv {
  /** Why the key that is to go into it is not the one in the key file now; undefined if it is. */
  awaits: string | undefined;
  /** What would be written. */
  outcome: EnvOutcome;
  /** What is kept from being published by git; else only its mode keeps it. */
  ignored: boolean;
  digests: string;
}

/** Stands for a key that is not there yet: whatever a file is refused for shows with it, too. */
const noKeyYet = JSON.stringify({
  type: 'service_account',
  project_id: '-',
  private_key_id: '-',
  private_key: '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n',
  client_email: '-',
});

/** The variables with what goes into each. The values are secret. */
export function variablesOf(
  { names, key }: Pick<WantedEnv, 'names' | 'key'>,
  local: LocalKey,
): Record<string, string> {
  const text = local.kind === 'key' && local.email === key.email ? local.text : noKeyYet;
  return envValues(names, { ...factsOfKey(text), keyFile: key.file });
}

/** By which a later run knows the values again that this one has written: "NAME:HASH NAME:HASH". Tells nothing of a value. */
export function digestsOf(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}:${digestOf(value)}`)
    .join(' ');
}

/** The digest of one value. */
export function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 32);
}
