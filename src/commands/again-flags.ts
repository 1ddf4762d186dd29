import { resolve } from 'node:path';
import type { Journal } from '../wizard/journal.ts';
import { commandLine } from '../steps/shell.ts';
import type { RunFlags } from './run-flags.ts';

/** Flags without which another run would look elsewhere, or for something else. */
const telling = [
  ['keyFile', '--key-file'],
  ['roleId', '--role-id'],
  ['roleTitle', '--role-title'],
  ['accountId', '--account-id'],
  ['accountName', '--account-name'],
  ['keyless', '--keyless'],
  ['impersonator', '--impersonator'],
  ['stateDir', '--state-dir'],
] as const satisfies readonly (readonly [keyof RunFlags, string])[];

interface About {
  profile: string;
  project: string;
  /** Set where the cloud at the other end is not Google's. */
  endpoint: string | undefined;
  /** What the next run is told by the journal. */
  remembered: Journal['answers'];
}

/**
 * The flags that say the same again, as a shell takes them: "--profile=NAME --project=ID".
 */
export function againFlags(flags: RunFlags, { profile, project, endpoint, remembered }: About): string {
  const isRemembered = (key: string, value: string): boolean =>
    remembered[key] === (key === 'keyFile' ? resolve(value) : value);
  const said = [
    `--profile=${flags.profile ?? profile}`,
    `--project=${project}`,
    ...(endpoint === undefined ? [] : [`--endpoint=${endpoint}`]),
    ...telling.flatMap(([key, flag]) => {
      const value = flags[key];
      return value === undefined || isRemembered(key, value) ? [] : [`${flag}=${value}`];
    }),
    ...(flags.removeExtra === true ? ['--remove-extra'] : []),
  ];
  return commandLine(...said);
}
