import { commandLine } from '../steps/shell.ts';
import type { RunFlags } from './run-flags.ts';

/** Flags without which another run would look elsewhere, or for something else. */
const telling = [
  ['keyFile', '--key-file'],
  ['roleId', '--role-id'],
  ['roleTitle', '--role-title'],
  ['accountId', '--account-id'],
  ['accountName', '--account-name'],
  ['stateDir', '--state-dir'],
] as const satisfies readonly (readonly [keyof RunFlags, string])[];

/**
 * The flags that say the same again, as a shell takes them: "--profile=NAME --project=ID".
 * @param endpoint set where the cloud at the other end is not Google's
 */
export function againFlags(
  flags: RunFlags,
  { profile, project, endpoint }: { profile: string; project: string; endpoint: string | undefined },
): string {
  const said = [
    `--profile=${flags.profile ?? profile}`,
    `--project=${project}`,
    ...(endpoint === undefined ? [] : [`--endpoint=${endpoint}`]),
    ...telling.flatMap(([key, flag]) => (flags[key] === undefined ? [] : [`${flag}=${flags[key]}`])),
    ...(flags.removeExtra === true ? ['--remove-extra'] : []),
  ];
  return commandLine(...said);
}
