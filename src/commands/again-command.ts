import { resolve } from 'node:path';
import type { Command } from '../faces/face.ts';
import type { Journal } from '../wizard/journal.ts';
import { commandLine } from '../steps/shell.ts';
import { noEnvFile } from './env-file-answer.ts';
import type { RunFlags } from './run-flags.ts';

/** Flags without which another run would look elsewhere, or for something else. */
const telling = [
  ['keyFile', '--key-file'],
  ['envFile', '--env'],
  ['envFormat', '--env-format'],
  ['roleId', '--role-id'],
  ['roleTitle', '--role-title'],
  ['accountId', '--account-id'],
  ['accountName', '--account-name'],
  ['without', '--without'],
  ['keyless', '--keyless'],
  ['impersonator', '--impersonator'],
  ['repository', '--repository'],
  ['pool', '--pool'],
  ['provider', '--provider'],
  ['runService', '--run-service'],
  ['tighten', '--tighten'],
  ['member', '--member'],
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

/** The flag's value in the form in which the journal has it. */
function rememberedAs(key: string, value: string): string | undefined {
  if (key === 'envFile' && value === noEnvFile) return undefined;
  return key === 'keyFile' || key === 'envFile' ? resolve(value) : value;
}

/**
 * A command about the same again, as a shell takes it: "iamready check --profile=NAME --project=ID". What the journal
 * remembers by now is left out.
 */
export function againCommand(
  command: Command | 'report',
  flags: RunFlags,
  { profile, project, endpoint, remembered }: About,
): string {
  const isRemembered = (key: string, value: string): boolean => remembered[key] === rememberedAs(key, value);
  const mends = command === 'setup' || command === 'check' || command === 'repair';
  const said = [
    'iamready',
    command,
    `--profile=${flags.profile ?? profile}`,
    `--project=${project}`,
    ...(endpoint === undefined ? [] : [`--endpoint=${endpoint}`]),
    ...telling.flatMap(([key, flag]) => {
      const value = flags[key];
      return value === undefined || isRemembered(key, value) ? [] : [`${flag}=${value}`];
    }),
    ...(mends && flags.removeExtra === true ? ['--remove-extra'] : []),
  ];
  return commandLine(...said);
}
