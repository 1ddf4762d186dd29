import { Option, type Command } from 'commander';
import type { ApplyFlags } from '../apply.ts';
import { after, type Start } from './after.ts';
import { chosen, partial } from './run-options.ts';
import { signInOptions } from './sign-in-options.ts';

/** The command that carries out a plan that somebody else has made. */
export function addPlanCommands(iamready: Command, start: Start): void {
  const apply = signInOptions(
    iamready.command('apply').argument('<file>', 'a plan that --plan-out has written'),
  )
    .description(
      'carry out a plan that somebody else has made, with your own credentials; exit 3 if the cloud has changed since',
    )
    .option('--key-file <file>', 'where the key goes, if the plan makes one')
    .option('--state-dir <dir>', 'where the journal is kept')
    .option('--break-lock', 'go on although another run seems to be at work on this project')
    .option(...partial)
    .addOption(new Option('--yes', 'do everything that the plan shows, without asking'))
    .option('--dry-run', 'show the plan and change nothing (exit 2 if anything would change)')
    .option('--json', 'print events, one JSON object a line')
    .option('--debug', 'print every call and, on a failure, where it came from')
    .action((file: string, flags: ApplyFlags, command: Command) =>
      start(async (signal) => {
        await import('../schemas-as-data.ts');
        return (await import('../apply.ts')).apply(file, chosen(flags, command), signal);
      }),
    );
  after(apply, 'iamready apply my-project.plan.json', 'iamready apply my-project.plan.json --dry-run');
}
