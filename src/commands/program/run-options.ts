import { Option, type Command } from 'commander';
import { keylessWays, type RunFlags } from '../run-flags.ts';
import { notOurs } from './account-commands.ts';
import { signInOptions } from './sign-in-options.ts';

export function runOptions(command: Command): Command {
  const named = command
    .option(
      '--profile <name>',
      'what to get ready for: a built-in profile, a YAML file, or its https:// address',
    )
    .option('--profile-sha256 <hash>', 'of a profile at an address: the text that you have looked at')
    .addOption(new Option('--project <id>', 'the project').env('IAMREADY_PROJECT'));
  return signInOptions(named)
    .option('--key-file <file>', 'where the key goes, and is found')
    .addOption(new Option('--keyless <how>', 'do without a key; none goes back to one').choices(keylessWays))
    .option(
      '--impersonator <member>',
      'who may act as the account, such as user:you@example.com; you, if absent',
    )
    .option('--env <file>', 'an env file that gets the key, too, such as ./.env; none: not any more')
    .addOption(new Option('--env-file <file>').hideHelp().argParser(notOurs))
    .addOption(
      new Option(
        '--env-format <format>',
        'for whom the env file is: dotenv, shells and Node, or Docker',
      ).choices(['dotenv', 'docker']),
    )
    .option('--repository <owner/name>', 'the GitHub repository whose workflows may act as the account')
    .option('--pool <id>', 'another workload identity pool than iamready-github')
    .option('--provider <id>', 'another provider in that pool than the one named after the repository')
    .option('--subject-token-file <file>', "a workflow's own token, to prove its sign-in with")
    .option('--run-service <region/name>', 'the Cloud Run service that runs as the account')
    .option('--role-id <id>', "another ID than the profile's for the role")
    .option('--role-title <text>', "another title than the profile's for the role")
    .option('--account-id <id>', "another ID than the profile's for the account")
    .option('--account-name <text>', "another display name than the profile's for the account")
    .option(
      '--without <permissions>',
      'permissions that the role does without, separated by commas; none: all again',
    )
    .option('--state-dir <dir>', 'where the journal is kept')
    .option('--break-lock', 'go on although another run seems to be at work on this project')
    .option('--debug', 'print every call and, on a failure, where it came from');
}

export const partial = [
  '--partial',
  'where you may not do all of it, do what you may, and leave out the rest (exit 3)',
] as const;

/** What commands take whose plan somebody else may carry out, where the operator may not do all of it. */
export function handOverOptions(command: Command): Command {
  return command
    .option(...partial)
    .addOption(
      new Option(
        '--plan-out <file>',
        'write the plan to a file, for somebody who may carry it out (iamready apply), and change nothing',
      ).conflicts(['yes', 'dryRun', 'partial']),
    );
}

/** What commands take that change something: who says yes, and how they tell it. */
export function writeOptions(command: Command): Command {
  return runOptions(command)
    .option('--yes', 'do everything that the plan shows, without asking')
    .option('--dry-run', 'show the plan and change nothing (exit 2 if anything would change)')
    .option('--json', 'print events, one JSON object a line');
}

/** What commands take that hold a set-up against its profile. */
export function mendOptions(command: Command): Command {
  return command
    .option(
      '--remove-extra',
      'hold the role to the profile: what others added to it differs, and is taken away',
    )
    .addOption(
      new Option(
        '--tighten [account]',
        'act as this account only, in place of every one of the project; none: every one again (default: compute, the default account of Compute Engine)',
      ).preset('compute'),
    )
    .option(
      '--member <members>',
      'people who get what the profile grants to people, with commas: user:you@example.com, group:…, domain:…; none: nobody any more',
    );
}

/** The flags, where what was typed overrules who the environment says we are. */
export function chosen({ env, ...given }: RunFlags & { env?: string }, command: Command): RunFlags {
  const flags = env === undefined ? given : { ...given, envFile: env };
  const typed = flags.credentials !== undefined || flags.account !== undefined;
  if (!typed || command.getOptionValueSource('accessTokenFile') !== 'env') return flags;
  return { ...flags, accessTokenFile: undefined };
}
